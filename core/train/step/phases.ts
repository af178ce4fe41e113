/** @file The parts of training that differ in resolution: most steps at a lower one, the rest at the chosen one. */
import { preparedAt, type Preprocessing } from '../../data/preprocess.ts'
import { prefixRows, type Grid, type VitConfig } from '../../vit/config.ts'
import { resizePositions } from '../../vit/position-embedding.ts'
import { slotName } from '../../optim/optimiser.ts'
import { createOptimiser } from '../../optim/optimisers.ts'
import { parameter, type FloatTensor, type Parameters } from '../../tensor/tensor.ts'
import type { RunRecord } from '../run/run-record.ts'

/** What determines a run's resolutions. */
type Resolutions = Pick<RunRecord, 'model' | 'settings'>

/** Steps at one resolution. */
export interface Phase {
  readonly grid: Grid
  readonly microBatch: number
  /** Its last step. */
  readonly endStep: number
}

/** The phase of a step, counted from 1; step 0, before the first, belongs to the first phase. */
export function phaseAt({ settings, model }: Resolutions, step: number): Phase {
  const { progressive, microBatch, steps } = settings
  if (progressive !== null && step <= progressive.steps) {
    return { grid: progressive.grid, microBatch: progressive.microBatch, endStep: progressive.steps }
  }
  return { grid: model.config.grid, microBatch, endStep: steps }
}

/** The model as it is trained in a phase. */
export function configAt({ model }: Resolutions, { grid }: Phase): VitConfig {
  return { ...model.config, grid }
}

/** How images are prepared for the steps of a phase. */
export function preprocessingAt({ preprocessing, model }: RunRecord, { grid }: Phase): Preprocessing {
  const { patch } = model.config
  return preparedAt(preprocessing, { height: grid.rows * patch, width: grid.columns * patch })
}

/** Weights, and what the optimiser keeps, by its names in the state. */
export interface Tensors {
  readonly parameters: Parameters
  readonly slots: Parameters
}

/**
 * Weights and slots from one grid to another: position embeddings by the family's own rule, and what the optimiser
 * keeps for them by the same, which is linear as gradients are. Means of squares stay above zero.
 */
export function tensorsAt(record: RunRecord, { parameters, slots }: Tensors, from: Grid, to: Grid): Tensors {
  const { signed, positive } = slotsOfPositions(record)
  const resized = new Map<string, FloatTensor>(slots)
  for (const name of [...signed, ...positive]) {
    if (!slots.has(name)) continue
    const tensor = atGridOf(record, parameter(slots, name), from, to)
    resized.set(name, positive.includes(name) ? aboveZero(tensor) : tensor)
  }
  return { parameters: weightsAt(record, parameters, from, to), slots: resized }
}

/** Weights from one grid to another. */
export function weightsAt(record: Resolutions, parameters: Parameters, from: Grid, to: Grid): Parameters {
  const positions = atGridOf(record, parameter(parameters, 'positionEmbedding'), from, to)
  return new Map([...parameters, ['positionEmbedding', positions]])
}

function slotsOfPositions({ settings }: RunRecord): { signed: string[]; positive: string[] } {
  const { slots, positiveSlots } = createOptimiser(settings.optimiser)
  return {
    signed: slots.filter((slot) => !positiveSlots.includes(slot)).map(ofPositions),
    positive: positiveSlots.map(ofPositions),
  }
}

function ofPositions(slot: string): string {
  return slotName(slot, 'positionEmbedding')
}

function atGridOf({ model }: Resolutions, rows: FloatTensor, from: Grid, to: Grid): FloatTensor {
  return resizePositions(rows, from, to, prefixRows(model.config), model.positionResize)
}

function aboveZero({ shape, data, ...rest }: FloatTensor): FloatTensor {
  return { ...rest, shape, data: data.map((value) => Math.max(0, value)) }
}
