/** @file Performs optimisation steps on an engine, whole or in micro-batches; both give the same update. */
import { invariant } from '../../errors.ts'
import { makeOrDispose } from '../../engine/disposables.ts'
import type { Engine, Program, State } from '../../engine/engine.ts'
import {
  byteTensor,
  filled,
  floatTensor,
  parameter,
  scalar,
  type FloatTensor,
  type Parameters,
  type Tensor,
} from '../../tensor/tensor.ts'
import { at, sizeOf } from '../../tensor/shape.ts'
import { parameterShapes } from '../../vit/config.ts'
import type { Model } from '../model/prepare.ts'
import {
  accumulateStep,
  applyStep,
  gradientSumName,
  slotShapes,
  stepInput,
  trainedShapes,
  trainingStep,
  type ModelGraphs,
  type TrainingChoices,
} from './graphs.ts'

/** Pixels uint8 [B, R, R, 3], or behind a cut the front's output for them. */
type StepInput = { readonly pixels: Uint8Array } | { readonly front: Float32Array }

/** Images and their classes. */
export type LabelledImages = StepInput & {
  /** [B], of which the first `count` count; targets [B, K] instead if there is more to learn than a class. */
  readonly labels: ArrayLike<number>
  readonly targets?: Float32Array | undefined
  readonly count: number
}

/** The scalars of one step: `clip`, the largest global norm of the gradient, and those of the optimiser. */
export type StepScalars = Readonly<Record<string, number>>

export interface StepResult {
  /** Mean cross-entropy of the batch before the update, in nats. */
  readonly loss: number
  /** Share of the batch that was recognised before the update. */
  readonly accuracy: number
  /** Global gradient norm before clipping. */
  readonly gradientNorm: number
}

/** Runs training steps; the state it was created with holds the weights. */
export interface Stepper {
  step(batch: LabelledImages, scalars: StepScalars): Promise<StepResult>
  dispose(): Promise<void>
}

/** How a batch is divided, what is trained, and by which rule. */
export interface StepChoices extends TrainingChoices {
  readonly batch: number
  readonly microBatch: number
}

/**
 * Puts weights and what the optimiser keeps (by its names in the state; zero if not given) on the engine, and gradient
 * sums if micro-batches need them.
 */
export async function createTrainingState(
  engine: Engine,
  { config, parameters }: Model,
  slots: Parameters | null,
  choices: StepChoices,
): Promise<State> {
  const values = new Map<string, FloatTensor>(parameters)
  for (const [name, shape] of slotShapes(config, choices)) {
    values.set(name, slots === null ? filled(shape, 0) : parameter(slots, name))
  }
  if (choices.microBatch < choices.batch) {
    for (const [name, shape] of trainedShapes(config, choices.trained))
      values.set(gradientSumName(name), filled(shape, 0))
  }
  return engine.createState(values)
}

/** Prepares the programs of a training step. */
export async function createStepper(
  engine: Engine,
  model: ModelGraphs,
  state: State,
  choices: StepChoices,
): Promise<Stepper> {
  const { batch, microBatch } = choices
  invariant(microBatch >= 1 && microBatch <= batch, () => `micro-batch ${microBatch}`)
  // Recomputing saves memory on the CPU; on a GPU it only adds kernel launches.
  const options = { ...choices, recompute: engine.kind !== 'webgpu' }
  if (microBatch === batch) {
    const program = await engine.load(trainingStep(model, batch, options), state)
    return {
      step: (images, scalars) => wholeStep(program, model, choices, images, scalars),
      dispose: () => program.dispose(),
    }
  }
  return makeOrDispose(async ({ keep, dispose }) => {
    const accumulate = keep(await engine.load(accumulateStep(model, microBatch, options), state))
    const apply = keep(await engine.load(applyStep(model, choices), state))
    return {
      step: (images, scalars) => stepInParts(accumulate, apply, model, choices, images, scalars),
      dispose,
    }
  })
}

async function wholeStep(
  program: Program,
  model: ModelGraphs,
  choices: StepChoices,
  images: LabelledImages,
  scalars: StepScalars,
): Promise<StepResult> {
  const { count } = images
  const feeds = new Map([...imageFeeds(model, choices, images, 0, choices.batch), ...scalarFeeds(scalars)])
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
  choices: StepChoices,
  images: LabelledImages,
  scalars: StepScalars,
): Promise<StepResult> {
  const { count } = images
  const { microBatch } = choices
  let loss = 0
  let correct = 0
  for (let start = 0; start < count; start += microBatch) {
    const feeds = imageFeeds(model, choices, images, start, microBatch)
    const outputs = await accumulate.run(new Map([...feeds, ['keep', scalar(start === 0 ? 0 : 1)]]))
    loss += scalarOf(outputs, 'loss')
    correct += scalarOf(outputs, 'correct')
  }
  const outputs = await apply.run(scalarFeeds(scalars))
  return { loss, accuracy: correct / count, gradientNorm: scalarOf(outputs, 'gradientNorm') }
}

/** Feeds of images start … start + size; what is missing at the end is padded with rows that do not count. */
function imageFeeds(
  model: ModelGraphs,
  { cut = null }: StepChoices,
  images: LabelledImages,
  start: number,
  size: number,
): Map<string, Tensor> {
  const { count } = images
  const { classes } = model.config
  const { name, shape } = stepInput(model, cut, size)
  const perImage = sizeOf(shape) / size
  const values = sliceOrPad(
    'front' in images ? images.front : images.pixels,
    start * perImage,
    size * perImage,
  )
  return new Map<string, Tensor>([
    [name, values instanceof Uint8Array ? byteTensor(shape, values) : floatTensor(shape, values)],
    ['targets', floatTensor([size, classes], targetsOf(images, start, size, classes))],
    ['weight', scalar(1 / count)],
  ])
}

/** [size, K]: the targets given, or one-hot rows; rows after the last image are zero. */
function targetsOf(
  { labels, targets, count }: LabelledImages,
  start: number,
  size: number,
  classes: number,
): Float32Array<ArrayBuffer> {
  const rows = Math.min(size, count - start)
  const found = new Float32Array(size * classes)
  if (targets !== undefined) found.set(targets.subarray(start * classes, (start + rows) * classes))
  else for (let row = 0; row < rows; row++) found[row * classes + at(labels, start + row)] = 1
  return found
}

/** `length` values from `start`, without copying if they are all there; zeros after their end. */
export function sliceOrPad<T extends Uint8Array | Float32Array>(
  values: T,
  start: number,
  length: number,
): T extends Uint8Array ? Uint8Array<ArrayBuffer> : Float32Array<ArrayBuffer>
export function sliceOrPad(
  values: Uint8Array | Float32Array,
  start: number,
  length: number,
): Uint8Array | Float32Array {
  if (start + length <= values.length) return values.subarray(start, start + length)
  const padded = values instanceof Uint8Array ? new Uint8Array(length) : new Float32Array(length)
  padded.set(values.subarray(start))
  return padded
}

function scalarFeeds(scalars: StepScalars): Map<string, FloatTensor> {
  return new Map(Object.entries(scalars).map(([name, value]) => [name, scalar(value)]))
}

/** The single number of an output. */
function scalarOf(outputs: ReadonlyMap<string, FloatTensor>, name: string): number {
  const tensor = outputs.get(name)
  invariant(tensor !== undefined, () => `no output named ${name}`)
  return at(tensor.data, 0)
}

/** All weights, copied from the device. */
export async function readWeights(state: State, { config }: ModelGraphs): Promise<Map<string, FloatTensor>> {
  return state.read(parameterShapes(config).keys())
}

/** What the optimiser keeps, by its names in the state, copied from the device. */
export async function readSlots(
  state: State,
  { config }: ModelGraphs,
  choices: TrainingChoices,
): Promise<Map<string, FloatTensor>> {
  return state.read(slotShapes(config, choices).keys())
}
