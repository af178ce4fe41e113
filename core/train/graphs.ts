/** @file The graphs of fine-tuning: a whole step, a step in micro-batches, evaluation and features. */
import { add, feed, multiply, state } from '../graph/build.ts'
import { gradients, type GradientOptions } from '../graph/gradient.ts'
import type { Graph, Value } from '../graph/ir.ts'
import { simplify } from '../graph/simplify.ts'
import { invariant } from '../errors.ts'
import { countCorrect, crossEntropy } from '../optim/loss.ts'
import { globalNorm, sgdStep, type Slot } from '../optim/sgd.ts'
import { sizeOf, type Shape } from '../tensor/shape.ts'
import { parameterShapes, type Normalisation, type VitConfig } from '../vit/config.ts'
import { inputOfPixels, vit, type VitOptions, type VitOutputs } from '../vit/model.ts'

/** What the graphs of one model share. */
export interface ModelGraphs {
  readonly config: VitConfig
  readonly normalisation: Normalisation
}

/** State names beside the parameters' own. */
export const momentumName = (parameter: string): string => `momentum/${parameter}`
export const gradientSumName = (parameter: string): string => `gradient/${parameter}`

/**
 * A whole training step on one batch.
 *
 * Feeds: `pixels` uint8 [B, R, R, 3], `targets` [B, K] one-hot (a zero row leaves the image out), scalars `weight`
 * (1 / images in the batch), `learningRate`, `momentum`, `clip`.
 * Outputs: `loss`, `correct` (images), `gradientNorm` (before clipping).
 */
export function trainingStep(model: ModelGraphs, batch: number, options: GradientOptions): Graph {
  const { parameters, loss, correct, gradientValues } = differentiatedLoss(model, batch, options)
  const slots = [...parameters].map(([name, weight], index) => ({
    weight,
    momentum: state(momentumName(name), weight.shape),
    gradient: present(gradientValues[index]),
  }))
  const norm = globalNorm(slots.map((slot) => slot.gradient))
  const outputs = new Map([
    ['loss', loss],
    ['correct', correct],
    ['gradientNorm', norm],
  ])
  return simplify({ outputs, updates: sgdUpdates([...parameters.keys()], slots, norm) })
}

/**
 * The gradient of one micro-batch, added to the sums in the state. Feeds as `trainingStep`, with `weight` still
 * 1 / images in the whole batch, and `keep`: 0 for the first micro-batch of a step, 1 for the others.
 * Outputs: `loss` and `correct`, to be added up over the micro-batches.
 */
export function accumulateStep(model: ModelGraphs, microBatch: number, options: GradientOptions): Graph {
  const { parameters, loss, correct, gradientValues } = differentiatedLoss(model, microBatch, options)
  const keep = feed('keep', [])
  const updates = new Map(
    [...parameters].map(([name, { shape }], index) => {
      const sum = state(gradientSumName(name), shape)
      return [gradientSumName(name), add(multiply(sum, keep), present(gradientValues[index]))]
    }),
  )
  return simplify({
    outputs: new Map([
      ['loss', loss],
      ['correct', correct],
    ]),
    updates,
  })
}

/** Updates the weights from the summed gradients. Feeds `learningRate`, `momentum`, `clip`; output `gradientNorm`. */
export function applyStep({ config }: ModelGraphs): Graph {
  const shapes = parameterShapes(config)
  const slots = [...shapes].map(([name, shape]) => ({
    weight: state(name, shape),
    momentum: state(momentumName(name), shape),
    gradient: state(gradientSumName(name), shape),
  }))
  const norm = globalNorm(slots.map((slot) => slot.gradient))
  return simplify({
    outputs: new Map([['gradientNorm', norm]]),
    updates: sgdUpdates([...shapes.keys()], slots, norm),
  })
}

/** Options of `inferenceGraph`. */
export interface InferenceOptions extends VitOptions {
  readonly outputs: readonly ('logits' | 'features' | 'attentions')[]
}

/**
 * The forward pass. Feed `pixels`; outputs `logits` [B, K], `features` [B, D], `attention/i` [B, H, N, N] of block i,
 * and with attention pooling `attention/pooling` [B, H, 1, patches].
 */
export function inferenceGraph(model: ModelGraphs, batch: number, options: InferenceOptions): Graph {
  const wanted = new Set(options.outputs)
  const { logits, features, attentions, poolingAttention } = forward(model, batch, options).result
  const outputs = new Map<string, Value>()
  if (wanted.has('logits')) outputs.set('logits', present(logits ?? undefined))
  if (wanted.has('features')) outputs.set('features', features)
  if (wanted.has('attentions')) {
    attentions.forEach((value, index) => outputs.set(`attention/${index}`, value))
    if (poolingAttention !== null) outputs.set('attention/pooling', poolingAttention)
  }
  return simplify({ outputs, updates: new Map() })
}

/** [B, rows·P, columns·P, 3]: the shape of the `pixels` feed. */
export function pixelShape({ grid, patch }: VitConfig, batch: number): Shape {
  return [batch, grid.rows * patch, grid.columns * patch, 3]
}

function forward(
  { config, normalisation }: ModelGraphs,
  batch: number,
  options: VitOptions,
): { parameters: Map<string, Value>; result: VitOutputs } {
  const shapes = parameterShapes(config)
  if (options.distillationHead === true) {
    // The second head is shaped like the first.
    for (const part of ['weight', 'bias'])
      shapes.set(`headDistillation.${part}`, present(shapes.get(`head.${part}`)))
  }
  const parameters = new Map([...shapes].map(([name, shape]) => [name, state(name, shape)]))
  const pixels = feed('pixels', pixelShape(config, batch), 'uint8')
  const named = (name: string): Value => present(parameters.get(name))
  return { parameters, result: vit(inputOfPixels(pixels, config, normalisation), config, named, options) }
}

/** The mean loss of a batch and its derivatives, in the order of the parameters. Feeds as `trainingStep`. */
export function differentiatedLoss(
  model: ModelGraphs,
  batch: number,
  options: GradientOptions,
): { parameters: Map<string, Value>; loss: Value; correct: Value; gradientValues: Value[] } {
  const { parameters, result } = forward(model, batch, {})
  const logits = present(result.logits ?? undefined)
  const targets = feed('targets', [batch, model.config.classes])
  const loss = crossEntropy(logits, targets, feed('weight', []))
  const gradientValues = gradients(loss, [...parameters.values()], options)
  return { parameters, loss, correct: countCorrect(logits, targets), gradientValues }
}

function sgdUpdates(names: readonly string[], slots: readonly Slot[], norm: Value): Map<string, Value> {
  const rates = {
    learningRate: feed('learningRate', []),
    momentum: feed('momentum', []),
    clip: feed('clip', []),
  }
  const updates = new Map<string, Value>()
  sgdStep(slots, norm, rates).forEach((updated, index) => {
    const name = present(names[index])
    updates.set(name, updated.weight)
    updates.set(momentumName(name), updated.momentum)
  })
  return updates
}

function present<T>(value: T | undefined): T {
  invariant(value !== undefined, () => 'a graph value is missing')
  return value
}

/** Number of weights of a model. */
export function parameterCount(config: VitConfig): number {
  return [...parameterShapes(config).values()].reduce((total, shape) => total + sizeOf(shape), 0)
}
