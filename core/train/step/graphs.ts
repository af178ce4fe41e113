/** @file The graphs of fine-tuning: a whole step, a step in micro-batches, evaluation and features. */
import { add, concat, constant, feed, gemm, multiply, slice, state } from '../../graph/build.ts'
import { gradients, type GradientOptions } from '../../graph/gradient.ts'
import type { Graph, Value } from '../../graph/ir.ts'
import { simplify } from '../../graph/simplify.ts'
import { invariant } from '../../errors.ts'
import { clippedUpdates, type Trained } from '../../optim/clipped-updates.ts'
import { countCorrect, crossEntropy } from '../../optim/loss.ts'
import { slotName, type Optimiser } from '../../optim/optimiser.ts'
import { sgd } from '../../optim/sgd.ts'
import { at, sizeOf, type Shape } from '../../tensor/shape.ts'
import type { ParameterValues } from '../../vit/block.ts'
import {
  parameterShapes,
  prefixRows,
  type Grid,
  type Normalisation,
  type PositionResize,
  type VitConfig,
} from '../../vit/config.ts'
import {
  cutShape,
  inputOfPixels,
  vit,
  vitFrom,
  vitUpTo,
  type Cut,
  type VitOptions,
  type VitOutputs,
} from '../../vit/model.ts'
import { positionMatrix } from '../../vit/position-embedding.ts'

/** What the graphs of one model share. */
export interface ModelGraphs {
  readonly config: VitConfig
  readonly normalisation: Normalisation
  /** If the position embeddings in the state are those of another grid: resized to the config's as they are read. */
  readonly positionsOf?: { readonly grid: Grid; readonly rule: PositionResize } | undefined
}

/** What training changes, and by which rule. */
export interface TrainingChoices {
  /** The paper's if it is left out. */
  readonly optimiser?: Optimiser | undefined
  /** Names of the parameters that are trained, all if it is left out; the others stay as they are. */
  readonly trained?: ReadonlySet<string> | undefined
  /** Where the frozen front ends, which is computed separately; null or left out if a step starts with the pixels. */
  readonly cut?: Cut | null | undefined
}

type StepOptions = GradientOptions & TrainingChoices

/** The paper's optimiser. */
const paperOptimiser = sgd({ momentum: 0.9 })

/** State names beside the parameters' own. */
export const gradientSumName = (parameter: string): string => `gradient/${parameter}`

/**
 * A whole training step on one batch.
 *
 * Feeds: `pixels` uint8 [B, R, R, 3], or behind a cut `front` as `cutShape` says; `targets` [B, K] one-hot (a zero row
 * ignores the image), scalars `weight` (1 / images in the batch), `clip` and those of the optimiser: `learningRate` and
 * `momentum` of the paper's. Outputs: `loss`, `correct` (images), `gradientNorm` (before clipping).
 */
export function trainingStep(model: ModelGraphs, batch: number, options: StepOptions): Graph {
  const { loss, correct, trained } = differentiatedLoss(model, batch, options)
  const { norm, updates } = clippedUpdates(trained, options.optimiser ?? paperOptimiser)
  const outputs = new Map([
    ['loss', loss],
    ['correct', correct],
    ['gradientNorm', norm],
  ])
  return simplify({ outputs, updates })
}

/**
 * The gradient of one micro-batch, added to the sums in the state. Feeds as `trainingStep`, with `weight` still
 * 1 / images in the whole batch, and `keep`: 0 for the first micro-batch of a step, 1 for the others.
 * Outputs: `loss` and `correct`, to be added up over the micro-batches.
 */
export function accumulateStep(model: ModelGraphs, microBatch: number, options: StepOptions): Graph {
  const { loss, correct, trained } = differentiatedLoss(model, microBatch, options)
  const keep = feed('keep', [])
  const updates = new Map(
    trained.map(({ name, weight, gradient }) => {
      const sum = state(gradientSumName(name), weight.shape)
      return [gradientSumName(name), add(multiply(sum, keep), gradient)]
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

/** Updates the weights from the summed gradients. Feeds `clip` and the optimiser's scalars; output `gradientNorm`. */
export function applyStep({ config }: ModelGraphs, { optimiser, trained }: TrainingChoices = {}): Graph {
  const parameters = [...trainedShapes(config, trained)].map(([name, shape]) => ({
    name,
    weight: state(name, shape),
    gradient: state(gradientSumName(name), shape),
  }))
  const { norm, updates } = clippedUpdates(parameters, optimiser ?? paperOptimiser)
  return simplify({ outputs: new Map([['gradientNorm', norm]]), updates })
}

/** The parameters that are trained, in the model's order. */
export function trainedShapes(
  config: VitConfig,
  trained: ReadonlySet<string> | undefined,
): Map<string, Shape> {
  return new Map([...parameterShapes(config)].filter(([name]) => trained?.has(name) ?? true))
}

/** Shapes of what an optimiser keeps for the trained parameters, by its name in the state. */
export function slotShapes(
  config: VitConfig,
  { optimiser = paperOptimiser, trained }: TrainingChoices,
): Map<string, Shape> {
  const shapes = [...trainedShapes(config, trained)]
  return new Map(
    optimiser.slots.flatMap((slot) => shapes.map(([name, shape]) => [slotName(slot, name), shape])),
  )
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
  const { logits, features, attentions, poolingAttention } = forward(model, batch, options)
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

/** The frozen front: feed `pixels`; output `front`, what passes the cut, as `cutShape` says. */
export function frontGraph(model: ModelGraphs, batch: number, cut: Cut): Graph {
  const { read } = stateOf(model, false)
  const { config, normalisation } = model
  const pixels = feed('pixels', pixelShape(config, batch), 'uint8')
  const front = vitUpTo(cut, inputOfPixels(pixels, config, normalisation), config, read)
  return simplify({ outputs: new Map([['front', front]]), updates: new Map() })
}

/** The name, shape and type of what a step is fed for `batch` images. */
export function stepInput(
  { config }: ModelGraphs,
  cut: Cut | null,
  batch: number,
): { readonly name: 'pixels' | 'front'; readonly shape: Shape } {
  if (cut === null) return { name: 'pixels', shape: pixelShape(config, batch) }
  return { name: 'front', shape: cutShape(config, cut, batch) }
}

function fedForward(model: ModelGraphs, batch: number, cut: Cut | null, read: ParameterValues): VitOutputs {
  const { config, normalisation } = model
  const { name, shape } = stepInput(model, cut, batch)
  if (cut !== null) return vitFrom(cut, feed(name, shape), config, read)
  return vit(inputOfPixels(feed(name, shape, 'uint8'), config, normalisation), config, read, {})
}

function forward(model: ModelGraphs, batch: number, options: VitOptions): VitOutputs {
  const { config, normalisation } = model
  const { read } = stateOf(model, options.distillationHead === true)
  const pixels = feed('pixels', pixelShape(config, batch), 'uint8')
  return vit(inputOfPixels(pixels, config, normalisation), config, read, options)
}

/** The parameters as they are in the state, and as the model reads them. */
function stateOf(
  { config, positionsOf }: ModelGraphs,
  withSecondHead: boolean,
): { parameters: Map<string, Value>; read: ParameterValues } {
  const shapes = parameterShapes(positionsOf === undefined ? config : { ...config, grid: positionsOf.grid })
  if (withSecondHead) {
    // The second head is shaped like the first.
    for (const part of ['weight', 'bias'])
      shapes.set(`headDistillation.${part}`, present(shapes.get(`head.${part}`)))
  }
  const parameters = new Map([...shapes].map(([name, shape]) => [name, state(name, shape)]))
  const read: ParameterValues = (name) => {
    const value = present(parameters.get(name))
    const isElsewhere = name === 'positionEmbedding' && positionsOf !== undefined
    return isElsewhere ? resizedPositions(value, config, positionsOf.grid, positionsOf.rule) : value
  }
  return { parameters, read }
}

/** Position embeddings for the grid of `config` from those for another, as `resizePositions` makes them. */
function resizedPositions(positions: Value, config: VitConfig, from: Grid, rule: PositionResize): Value {
  const prefix = prefixRows(config)
  const matrix = constant(positionMatrix(from, config.grid, rule))
  const patches = gemm(matrix, slice(positions, 0, prefix, at(positions.shape, 0)))
  return prefix === 0 ? patches : concat([slice(positions, 0, 0, prefix), patches], 0)
}

/** The mean loss of a batch and its derivatives. Feeds as `trainingStep`. */
export function differentiatedLoss(
  model: ModelGraphs,
  batch: number,
  options: StepOptions,
): { loss: Value; correct: Value; trained: Trained[] } {
  const { parameters, read } = stateOf(model, false)
  const logits = present(fedForward(model, batch, options.cut ?? null, read).logits ?? undefined)
  const targets = feed('targets', [batch, model.config.classes])
  const loss = crossEntropy(logits, targets, feed('weight', []))
  const names = [...trainedShapes(model.config, options.trained).keys()]
  const weights = names.map((name) => present(parameters.get(name)))
  const derivatives = gradients(loss, weights, options)
  const trained = names.map((name, index) => {
    return { name, weight: present(weights[index]), gradient: present(derivatives[index]) }
  })
  return { loss, correct: countCorrect(logits, targets), trained }
}

function present<T>(value: T | undefined): T {
  invariant(value !== undefined, () => 'a graph value is missing')
  return value
}

/** Number of weights of a model. */
export function parameterCount(config: VitConfig): number {
  return [...parameterShapes(config).values()].reduce((total, shape) => total + sizeOf(shape), 0)
}
