/** @file One optimisation step of pretraining: its graph, its state on the engine, and what it is fed. */
import type { Engine, Program, State } from '../engine/engine.ts'
import { adamw } from '../optim/adamw.ts'
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
import { pixelShape, trainingStep, type ModelGraphs } from '../train/graphs.ts'
import { scalarOf } from '../train/stepper.ts'
import { parameterShapes } from '../vit/config.ts'
import type { RenderedBatch } from './batch.ts'

/** Weights and both running means of AdamW, by parameter name. */
export interface PretrainingState {
  readonly parameters: Parameters
  readonly first: Parameters
  readonly second: Parameters
}

/** The rates of one step; `step` counts from 1. */
export interface PretrainingRates {
  readonly step: number
  readonly learningRate: number
  readonly weightDecay: number
  readonly clip: number
  /** Share of the target that is spread evenly over all classes. */
  readonly labelSmoothing: number
}

/** Mean loss and share recognised of the batch before the update, and the gradient's norm before clipping. */
export interface PretrainingResult {
  readonly loss: number
  readonly accuracy: number
  readonly gradientNorm: number
}

const adam = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8 }

const firstName = (name: string): string => `first/${name}`
const secondName = (name: string): string => `second/${name}`

/** The running means before the first step: zero. */
export function untouchedState(parameters: Parameters): PretrainingState {
  const zeros = new Map([...parameters].map(([name, { shape }]) => [name, filled(shape, 0)]))
  return { parameters, first: zeros, second: zeros }
}

/** State tensors by the names they have on the engine and in a checkpoint. */
export function namedState({ parameters, first, second }: PretrainingState): Map<string, FloatTensor> {
  return new Map([
    ...parameters,
    ...[...first].map(([name, tensor]) => [firstName(name), tensor] as const),
    ...[...second].map(([name, tensor]) => [secondName(name), tensor] as const),
  ])
}

/** What `namedState` named. */
export function stateFrom(tensors: Parameters, { config }: ModelGraphs): PretrainingState {
  const names = [...parameterShapes(config).keys()]
  const part = (rename: (name: string) => string): Map<string, FloatTensor> =>
    new Map(names.map((name) => [name, parameter(tensors, rename(name))]))
  return { parameters: part((name) => name), first: part(firstName), second: part(secondName) }
}

/** Shapes of everything `namedState` holds. */
export function namedShapes({ config }: ModelGraphs): Map<string, readonly number[]> {
  const shapes = [...parameterShapes(config)]
  return new Map([
    ...shapes,
    ...shapes.map(([name, shape]) => [firstName(name), shape] as const),
    ...shapes.map(([name, shape]) => [secondName(name), shape] as const),
  ])
}

/** Runs pretraining steps on state that `namedState` named. */
export interface PretrainingStepper {
  step(batch: RenderedBatch, rates: PretrainingRates): Promise<PretrainingResult>
  dispose(): Promise<void>
}

/** Prepares the program of a step on batches of `batch` pictures. */
export async function createPretrainingStepper(
  engine: Engine,
  model: ModelGraphs,
  state: State,
  batch: number,
): Promise<PretrainingStepper> {
  // Memory is plentiful for networks this small, and recomputing costs time.
  const optimiser = adamw({ ...adam, weightDecay: 0 })
  const program = await engine.load(trainingStep(model, batch, { recompute: false, optimiser }), state)
  return {
    step: (pictures, rates) => runStep(program, model, pictures, rates),
    dispose: () => program.dispose(),
  }
}

async function runStep(
  program: Program,
  { config }: ModelGraphs,
  { pixels, labels }: RenderedBatch,
  rates: PretrainingRates,
): Promise<PretrainingResult> {
  const count = labels.length
  const { classes } = config
  const { learningRate, weightDecay, clip, labelSmoothing } = rates
  const scalars = adamw({ ...adam, weightDecay }).scalarsAt(rates.step, learningRate)
  const spread = labelSmoothing / classes
  const targets = new Float32Array(count * classes).fill(spread)
  labels.forEach((label, row) => {
    targets[row * classes + label] = 1 - labelSmoothing + spread
  })
  const feeds = new Map<string, Tensor>([
    ['pixels', byteTensor(pixelShape(config, count), pixels)],
    ['targets', floatTensor([count, classes], targets)],
    ['weight', scalar(1 / count)],
    ['clip', scalar(clip)],
    ...Object.entries(scalars).map(([name, value]) => [name, scalar(value)] as const),
  ])
  const outputs = await program.run(feeds)
  // `correct` weighs every picture's first guess by its target, which smoothing has made softer.
  const hits = (scalarOf(outputs, 'correct') / count - spread) / (1 - labelSmoothing)
  return {
    loss: scalarOf(outputs, 'loss'),
    accuracy: hits,
    gradientNorm: scalarOf(outputs, 'gradientNorm'),
  }
}
