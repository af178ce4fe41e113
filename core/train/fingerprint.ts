/**
 * @file Identifies what a model computes, or a part of it: by architecture, preparation and weights, not by where they
 * are stored.
 */
import { createHash } from 'node:crypto'

import type { Parameters } from '../tensor/tensor.ts'
import type { ModelGraphs } from './step/graphs.ts'

/** SHA-256 of a model without the parameters whose names `matters` refuses. The number of classes never counts. */
export function fingerprintOf(
  { config, normalisation }: ModelGraphs,
  parameters: Parameters,
  matters: (name: string) => boolean,
): string {
  const { mean, std } = normalisation
  const hash = createHash('sha256').update(
    JSON.stringify([
      { ...config, classes: 0 },
      { mean, std },
    ]),
  )
  for (const [name, { data }] of parameters) {
    if (!matters(name)) continue
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
  }
  return hash.digest('hex')
}
