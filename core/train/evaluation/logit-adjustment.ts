/**
 * @file What is done to a model's logits after training, without training again: z / T − τ · ln π. The temperature T
 * makes probabilities honest; τ > 0 is fair to rare classes, whose share π of the training images the model has learned
 * to expect (Menon et al. 2021). A linear head takes both into its weights, so that every program computes the same.
 */
import type { Balance } from '../../data/balance.ts'
import { invariant } from '../../errors.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor, type Parameters } from '../../tensor/tensor.ts'

/** z / temperature + shift. */
export interface LogitAdjustment {
  readonly temperature: number
  /** [K] */
  readonly shift: Float64Array
}

/**
 * The adjustment for classes that were trained on with these counts, weighted by `fairness` τ: 0 leaves shares as they
 * were learned, 1 treats all classes alike. A class without images counts as one with a single image.
 */
export function logitAdjustment(
  temperature: number,
  fairness: number,
  counts: readonly number[],
): LogitAdjustment {
  const seen = counts.map((count) => Math.max(1, count))
  const total = seen.reduce((sum, count) => sum + count, 0)
  const shift = Float64Array.from(seen, (count) => -fairness * Math.log(count / total))
  return { temperature, shift }
}

/** The adjustment for K = `classes` classes that leaves their shares as they were learned. */
export function temperatureAlone(
  { temperature }: { readonly temperature: number },
  classes: number,
): LogitAdjustment {
  return { temperature, shift: new Float64Array(classes) }
}

/** How often training drew each class, in proportion: as often as it has images, or more evenly where it was balanced. */
export function drawnCounts(labels: readonly number[], classes: number, balance: Balance): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const label of labels) counts[label] = at(counts, label) + 1
  const power = { none: 1, sqrt: 0.5, full: 0 }[balance]
  return counts.map((count) => count ** power)
}

/** Logits [n, K] after the adjustment. */
export function adjustLogits({ shape, data }: FloatTensor, adjustment: LogitAdjustment): FloatTensor {
  const { temperature, shift } = adjustment
  const classes = at(shape, -1)
  invariant(shift.length === classes, () => `${shift.length} shifts for ${classes} classes`)
  return floatTensor(
    shape,
    data.map((value, i) => value / temperature + at(shift, i % classes)),
  )
}

/** The parameters of a model whose linear head gives adjusted logits: W / T and b / T − τ · ln π. */
export function adjustHead(parameters: Parameters, adjustment: LogitAdjustment): Map<string, FloatTensor> {
  const weight = parameter(parameters, 'head.weight')
  const { temperature } = adjustment
  const cooled = floatTensor(
    weight.shape,
    weight.data.map((value) => value / temperature),
  )
  const bias = parameter(parameters, 'head.bias')
  return new Map([...parameters, ['head.weight', cooled], ['head.bias', adjustLogits(bias, adjustment)]])
}
