/** @file Which methods the engine answers: exactly those marked as computed, on both sides. */
import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { computed, engineSide } from '../../../core/api/placement.ts'
import { call, stream } from '../../../core/api/rpc.ts'

const contract = {
  lists: { all: call(z.void(), z.array(z.string())) },
  models: { list: call(z.void(), z.void()), look: computed(call(z.string(), z.number())) },
  predict: { folder: computed(stream(z.void(), z.int())) },
} as const

describe('the side of the engine', () => {
  it('has the methods that compute, and no subject without one', () => {
    const side = engineSide(contract)
    expect(side).toEqual({ models: { look: contract.models.look }, predict: contract.predict })
    expect(side.models.look).toMatchObject({ kind: 'call', engine: true })
    expect(side.predict.folder).toMatchObject({ kind: 'stream', engine: true })
  })
})
