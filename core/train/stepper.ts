/** @file Performs optimisation steps on an engine, whole or in micro-batches; both give the same update. */
import { invariant } from '../errors.ts'
import type { Engine, Program, State } from '../engine/engine.ts'
import {
  byteTensor,
  filled,
  floatTensor,
  parameter,
  scalar,
  type FloatTensor,
  type Parameters,
  type Tensor,
} from '../tensor/tensor.ts'
import { at, sizeOf } from '../tensor/shape.ts'
import { parameterShapes } from '../vit/config.ts'
import {
  accumulateStep,
  applyStep,
  gradientSumName,
  momentumName,
  pixelShape,
  trainingStep,
  type ModelGraphs,
} from './graphs.ts'

/** Images and their classes: `pixels` uint8 [B, R, R, 3] and `labels` [B], of which the first `count` count. */
export interface LabelledImages {
  readonly pixels: Uint8Array
  readonly labels: ArrayLike<number>
  readonly count: number
}

/** The rates of one step. */
export interface Rates {
  readonly learningRate: number
  readonly momentum: number
  /** Largest global gradient norm. */
  readonly clip: number
}

export interface StepResult {
  /** Mean cross-entropy of the batch before the update, in nats. */
  readonly loss: number
  /** Share of the batch that was recognised before the update. */
  readonly accuracy: number
  /** Global gradient norm before clipping. */
  readonly gradientNorm: number
}

/** Runs training steps; the state it was made with holds the weights. */
export interface Stepper {
  step(batch: LabelledImages, rates: Rates): Promise<StepResult>
  dispose(): Promise<void>
}

/** How a batch is cut. */
export interface StepSizes {
  readonly batch: number
  readonly microBatch: number
}

/** Places weights and momentum (zero where not given) on the engine, and gradient sums where micro-batches need them. */
export async function createTrainingState(
  engine: Engine,
  parameters: Parameters,
  momentum: Parameters | null,
  { batch, microBatch }: StepSizes,
): Promise<State> {
  const values = new Map<string, FloatTensor>(parameters)
  for (const [name, { shape }] of parameters) {
    values.set(momentumName(name), momentum === null ? filled(shape, 0) : parameter(momentum, name))
    if (microBatch < batch) values.set(gradientSumName(name), filled(shape, 0))
  }
  return engine.createState(values)
}

/** Prepares the programs of a training step. */
export async function createStepper(
  engine: Engine,
  model: ModelGraphs,
  state: State,
  sizes: StepSizes,
): Promise<Stepper> {
  invariant(sizes.microBatch >= 1 && sizes.microBatch <= sizes.batch, () => `micro-batch ${sizes.microBatch}`)
  // Recomputing saves memory on the CPU; on a GPU it only adds kernel launches.
  const options = { recompute: engine.kind !== 'webgpu' }
  if (sizes.microBatch === sizes.batch) {
    const program = await engine.load(trainingStep(model, sizes.batch, options), state)
    return {
      step: (images, rates) => wholeStep(program, model, sizes, images, rates),
      dispose: () => program.dispose(),
    }
  }
  const accumulate = await engine.load(accumulateStep(model, sizes.microBatch, options), state)
  const apply = await engine.load(applyStep(model), state)
  return {
    step: (images, rates) => stepInParts(accumulate, apply, model, sizes, images, rates),
    dispose: async () => {
      await accumulate.dispose()
      await apply.dispose()
    },
  }
}

async function wholeStep(
  program: Program,
  model: ModelGraphs,
  { batch }: StepSizes,
  images: LabelledImages,
  rates: Rates,
): Promise<StepResult> {
  const { count } = images
  const feeds = new Map([...imageFeeds(model, images, 0, batch), ...rateFeeds(rates)])
  const outputs = await program.run(feeds)
  return {
    loss: scalarOf(outputs, 'loss'),
    accuracy: scalarOf(outputs, 'correct') / count,
    gradientNorm: scalarOf(outputs, 'gradientNorm'),
  }
}

async function stepInParts(
  accumulate: Program,
  apply: Program,
  model: ModelGraphs,
  { microBatch }: StepSizes,
  images: LabelledImages,
  rates: Rates,
): Promise<StepResult> {
  const { count } = images
  let loss = 0
  let correct = 0
  for (let start = 0; start < count; start += microBatch) {
    const feeds = imageFeeds(model, images, start, microBatch)
    const outputs = await accumulate.run(new Map([...feeds, ['keep', scalar(start === 0 ? 0 : 1)]]))
    loss += scalarOf(outputs, 'loss')
    correct += scalarOf(outputs, 'correct')
  }
  const outputs = await apply.run(rateFeeds(rates))
  return { loss, accuracy: correct / count, gradientNorm: scalarOf(outputs, 'gradientNorm') }
}

/** Feeds of images start … start + size; what is missing at the end is filled up with rows that do not count. */
function imageFeeds(
  { config }: ModelGraphs,
  { pixels, labels, count }: LabelledImages,
  start: number,
  size: number,
): Map<string, Tensor> {
  const shape = pixelShape(config, size)
  const perImage = sizeOf(shape) / size
  const targets = new Float32Array(size * config.classes)
  const rows = Math.min(size, count - start)
  for (let row = 0; row < rows; row++) targets[row * config.classes + at(labels, start + row)] = 1
  return new Map<string, Tensor>([
    ['pixels', byteTensor(shape, window(pixels, start * perImage, size * perImage))],
    ['targets', floatTensor([size, config.classes], targets)],
    ['weight', scalar(1 / count)],
  ])
}

/** `length` bytes from `start`, without copying where they are all there. */
export function window(bytes: Uint8Array, start: number, length: number): Uint8Array<ArrayBuffer> {
  if (start + length <= bytes.length) return bytes.subarray(start, start + length) as Uint8Array<ArrayBuffer>
  const filledUp = new Uint8Array(length)
  filledUp.set(bytes.subarray(start))
  return filledUp
}

function rateFeeds({ learningRate, momentum, clip }: Rates): Map<string, FloatTensor> {
  return new Map([
    ['learningRate', scalar(learningRate)],
    ['momentum', scalar(momentum)],
    ['clip', scalar(clip)],
  ])
}

/** The single number of an output. */
export function scalarOf(outputs: ReadonlyMap<string, FloatTensor>, name: string): number {
  const tensor = outputs.get(name)
  invariant(tensor !== undefined, () => `no output named ${name}`)
  return at(tensor.data, 0)
}

/** The trained weights, copied from the device. */
export async function readWeights(state: State, { config }: ModelGraphs): Promise<Map<string, FloatTensor>> {
  return state.read(parameterShapes(config).keys())
}

/** The momentum by parameter name, copied from the device. */
export async function readMomentum(state: State, { config }: ModelGraphs): Promise<Map<string, FloatTensor>> {
  const names = [...parameterShapes(config).keys()]
  const values = await state.read(names.map(momentumName))
  return new Map(names.map((name) => [name, parameter(values, momentumName(name))]))
}
