/** @file The devices that compute. */
import * as z from 'zod'

import { call } from '../rpc.ts'
import { nothing } from './values.ts'
import { Sentence } from '../../sentence.ts'

/** A device: usable with its speed, or refused with the reason. */
export const Device = z.object({
  kind: z.string(),
  name: z.string(),
  memoryMB: z.number().nullable(),
  /** Speed of a matrix product; null where the device cannot be used. */
  gflops: z.number().nullable(),
  /** Why it cannot be used; null where it can. */
  reason: Sentence.nullable(),
})
export type Device = z.output<typeof Device>

/** Methods. */
export const devices = {
  list: call(nothing, z.array(Device)),
} as const
