/** @file Batches of rendered pictures that follow from a seed and the number of the step alone. */
import type { FormulaClasses } from './formula-classes.ts'
import { forkRandom, integer } from '../tensor/random.ts'

/** B pictures and their classes. */
export interface RenderedBatch {
  /** [B, R, R, 3], interleaved red, green, blue. */
  readonly pixels: Uint8Array<ArrayBuffer>
  /** [B] */
  readonly labels: Int32Array<ArrayBuffer>
}

/** The batch of a step: classes at random, no picture ever repeated; the same for the same seed and step. */
export function renderBatch(
  classes: FormulaClasses,
  seed: number,
  step: number,
  batchSize: number,
  resolution: number,
): RenderedBatch {
  const size = resolution * resolution * 3
  const pixels = new Uint8Array(batchSize * size)
  const labels = new Int32Array(batchSize)
  for (let index = 0; index < batchSize; index++) {
    const instance = forkRandom(seed, step, index)
    const label = integer(instance, classes.count)
    labels[index] = label
    classes.render(label, instance, pixels.subarray(index * size, (index + 1) * size), resolution)
  }
  return { pixels, labels }
}
