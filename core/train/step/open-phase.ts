/** @file What trains the steps of one phase: weights on the engine, the programs of a step, and the stream of batches. */
import type { ImageCache } from '../../data/cache.ts'
import type { SkippedFile } from '../../data/finding.ts'
import { makeOrDispose } from '../../engine/disposables.ts'
import type { Engine, State } from '../../engine/engine.ts'
import type { Optimiser } from '../../optim/optimiser.ts'
import { createOptimiser } from '../../optim/optimisers.ts'
import type { Parameters } from '../../tensor/tensor.ts'
import { frozenUpTo, trainableParameters } from '../../vit/trainable.ts'
import type { Cut } from '../../vit/model.ts'
import type { DataSource } from '../data-source.ts'
import { createClassifier, type Classifier } from '../model/classifier.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { createFront, type Front } from './front.ts'
import type { ModelGraphs, TrainingChoices } from './graphs.ts'
import { configAt, weightsAt, type Phase, type Tensors } from './phases.ts'
import type { RunRecord } from '../run/run-record.ts'
import {
  createStepper,
  createTrainingState,
  readSlots,
  readWeights,
  type LabelledImages,
  type Stepper,
} from './stepper.ts'

/** Which run, from which weights, with what. */
export interface PhaseRequest {
  readonly record: RunRecord
  readonly source: DataSource
  readonly phase: Phase
  /** For the grid of the phase; slots are zero if there are none. */
  readonly parameters: Parameters
  readonly slots: Parameters | null
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  /** Finished steps. */
  readonly step: number
  readonly onSkip: (file: SkippedFile) => void
}

/** A phase in training. */
export interface OpenPhase {
  readonly phase: Phase
  readonly optimiser: Optimiser
  readonly stepper: Stepper
  /** Classifies at the run's own resolution, whatever that of the phase. */
  readonly classifier: Classifier
  /** The images of the next step; the following ones are being prepared. */
  readonly next: () => Promise<LabelledImages>
  /** Current weights and slots, for the grid of the phase. */
  readonly tensors: () => Promise<Tensors>
  /** Current weights, for the run's own grid. */
  readonly weights: () => Promise<Parameters>
  readonly dispose: () => Promise<void>
}

/** @throws AppError `out_of_memory` if the model does not fit */
export async function openPhase(request: PhaseRequest): Promise<OpenPhase> {
  const { record, phase, engine, parameters, slots, source } = request
  const { settings, model, preprocessing } = record
  const config = configAt(record, phase)
  const graphs: ModelGraphs = { config, normalisation: preprocessing }
  const optimiser = createOptimiser(settings.optimiser)
  const cut = frozenUpTo(config, settings.train)
  const choices = { optimiser, trained: trainableParameters(config, settings.train), cut }
  const sizes = { batch: settings.batch, microBatch: phase.microBatch }
  return makeOrDispose(async ({ keep, dispose }) => {
    const state = keep(
      await createTrainingState(engine, { config, parameters }, slots, { ...choices, ...sizes }),
    )
    const stepper = keep(await createStepper(engine, graphs, state, { ...choices, ...sizes }))
    const classifier = keep(await createClassifier(engine, evaluated(record, phase), state, phase.microBatch))
    const front = cut === null ? null : keep(await openFront(request, graphs, state, cut))
    const named = front === null ? null : { front, fingerprint: nameOfFront(request, graphs) }
    const stream = keep(source.open({ ...request, front: named }))
    return {
      phase,
      optimiser,
      stepper,
      classifier,
      next: stream.next,
      tensors: () => readTensors(state, graphs, choices),
      weights: async () => weightsAt(record, await readWeights(state, graphs), phase.grid, model.config.grid),
      dispose,
    }
  })
}

/** The model at the run's own grid, over positions of the phase's. */
function evaluated({ model, preprocessing }: RunRecord, { grid }: Phase): ModelGraphs {
  const { config, positionResize: rule } = model
  const isElsewhere = grid.rows !== config.grid.rows || grid.columns !== config.grid.columns
  return { config, normalisation: preprocessing, ...(isElsewhere ? { positionsOf: { grid, rule } } : {}) }
}

async function openFront(
  { engine, phase }: PhaseRequest,
  graphs: ModelGraphs,
  state: State,
  cut: Cut,
): Promise<Front> {
  return createFront(engine, graphs, state, { cut, batch: phase.microBatch })
}

function nameOfFront({ record, parameters }: PhaseRequest, graphs: ModelGraphs): string {
  const trained = trainableParameters(graphs.config, record.settings.train)
  return fingerprintOf(graphs, parameters, (name) => !trained.has(name))
}

async function readTensors(state: State, graphs: ModelGraphs, choices: TrainingChoices): Promise<Tensors> {
  return { parameters: await readWeights(state, graphs), slots: await readSlots(state, graphs, choices) }
}
