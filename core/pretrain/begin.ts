/**
 * @file Begins a pretraining, from nothing or from what an earlier one learned, and continues one. A pretraining is a run as
 * a fine-tuning is, whose data are pictures that are rendered on the way.
 */
import { resolve } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { augmentations } from '../data/augmentation.ts'
import type { EngineKind } from '../engine/engine.ts'
import { createOptimiser, optimiserSettings } from '../optim/optimisers.ts'
import { sameShape } from '../tensor/shape.ts'
import type { FloatTensor, Parameters } from '../tensor/tensor.ts'
import { readBest } from '../train/run/checkpoint-files.ts'
import { availableMemory, chooseMicroBatch } from '../train/step/memory.ts'
import { preprocessingOf } from '../train/model/open-model.ts'
import { atGrid } from '../train/model/prepare.ts'
import {
  createRunFolder,
  readFormulaData,
  readRecord,
  requireNoRun,
  requireRun,
  whileNobodyTrains,
  writeRecord,
} from '../train/run/run-folder.ts'
import { identityOf } from '../train/run/run-identity.ts'
import {
  noProgress,
  notBegun,
  type FormulaData,
  type RunRecord,
  type RunSettings,
} from '../train/run/run-record.ts'
import { whereLeft, type Start } from '../train/start.ts'
import { withNotes } from '../train/run/run-note.ts'
import type { RunToTrain } from '../train/session.ts'
import { parameterShapes } from '../vit/config.ts'
import { formulaSource, type Renderer } from './formula-source.ts'
import { initialWeights } from './initial-weights.ts'
import { networkOf, pictureNormalisation, type NetworkSizes } from './network.ts'

/** What a person asks for. */
export interface PretrainRequest extends NetworkSizes {
  readonly out: string
  /**
   * Folder of an earlier pretraining whose weights are the start: of the same network, at any resolution and with any number
   * of classes (the head is kept where the classes are the same).
   */
  readonly from?: string | undefined
  /** Seed of the formulas. */
  readonly classSeed: number
  readonly steps: number
  readonly batch: number
  /** Peak rate. */
  readonly learningRate: number
  readonly warmup: number
  readonly weightDecay: number
  readonly clip: number
  readonly labelSmoothing: number
  /** Of the initial weights and of the pictures. */
  readonly seed: number
}

/** What a pretraining needs besides. */
export interface PretrainTools {
  readonly engine: EngineKind
  /** Memory of that device in MB, where it is known. */
  readonly memoryMB?: number | null | undefined
  readonly renderer: Renderer
}

/**
 * A new pretraining.
 *
 * @throws AppError `invalid_input` when the folder is taken, the sizes do not fit together or the networks differ
 */
export async function beginPretraining(request: PretrainRequest, tools: PretrainTools): Promise<RunToTrain> {
  requireNoRun(request.out)
  const config = networkOf(request)
  const data: FormulaData = {
    formulas: { classSeed: request.classSeed, labelSmoothing: request.labelSmoothing },
  }
  const record: RunRecord = {
    format: 1,
    createdAt: new Date().toISOString(),
    status: 'running',
    settings: settingsOf(request, tools),
    model: {
      source: request.from === undefined ? '' : resolve(request.from),
      family: 'plain ViT, pretrained on formulas',
      config: { ...config, grid: { ...config.grid } },
      positionResize: 'timm',
      notes: [],
    },
    classes: Array.from({ length: request.classes }, (_, index) => `formula ${index + 1}`),
    preprocessing: preprocessingOf({ config, normalisation: pictureNormalisation }),
    augmentation: { ...augmentations.none },
    ...notBegun(),
  }
  const start = await startOf(record, data)
  const identified = { ...record, identity: identityOf(record, data, start.parameters) }
  await createRunFolder(request.out, identified, data)
  const source = formulaSource(identified, data, tools.renderer)
  return { directory: request.out, record: identified, source, ...start, notes: [], networkBefore: null }
}

function settingsOf(request: PretrainRequest, { engine, memoryMB = null }: PretrainTools): RunSettings {
  const { steps, batch, learningRate, warmup, weightDecay, clip, seed } = request
  const available = availableMemory({ kind: engine, memoryMB })
  // The second running mean forgets sooner than is usual, because every picture is new.
  const optimiser = optimiserSettings('adamw', { beta2: 0.98, weightDecay })
  const memory = { optimiser: createOptimiser(optimiser) }
  return {
    steps,
    batch,
    microBatch: chooseMicroBatch(networkOf(request), batch, available, memory),
    learningRate,
    warmup,
    optimiser,
    clip,
    train: { part: 'everything' },
    views: 0,
    balance: 'none',
    progressive: null,
    seed,
    evaluateEvery: steps,
    engine,
    head: 'zero',
  }
}

/**
 * A pretraining as it was left; `steps` changes its planned length, also of one that is finished.
 *
 * @throws AppError `not_found` when there is none, `invalid_input` when it has done its steps, `busy` while a process trains it
 */
export async function resumePretraining(
  directory: string,
  steps: number | undefined,
  { renderer }: Pick<PretrainTools, 'renderer'>,
): Promise<RunToTrain> {
  requireRun(directory)
  return whileNobodyTrains(directory, async () => {
    const stored = await readRecord(directory)
    const data = await readFormulaData(directory)
    const left = await whereLeft(directory, stored, async () => startOf(stored, data))
    const total = steps ?? stored.settings.steps
    if (left.progress.step >= total) {
      throw new AppError(
        'invalid_input',
        say`The pretraining in ${directory} has done ${left.progress.step} of ${total} steps. Ask for more with --steps.`,
      )
    }
    const warmup = Math.min(stored.settings.warmup, total - 1)
    const settings = { ...stored.settings, steps: total, warmup, evaluateEvery: total }
    const recovery = withNotes(stored.recovery, left.notes)
    const record: RunRecord = { ...stored, settings, recovery, status: 'stopped', result: null }
    await writeRecord(directory, record)
    return { directory, record, source: formulaSource(record, data, renderer), ...left, networkBefore: null }
  })
}

async function startOf(record: RunRecord, data: FormulaData): Promise<Start> {
  const fresh = initialWeights(record.model.config, record.settings.seed)
  const parameters = record.model.source === '' ? fresh : await continued(record, data, fresh)
  return { parameters, slots: null, probeFrom: null, progress: noProgress }
}

/** The weights of an earlier pretraining for this network. */
async function continued(
  record: RunRecord,
  { formulas }: FormulaData,
  fresh: Parameters,
): Promise<Parameters> {
  const { source: from, config, positionResize } = record.model
  const earlier = await readRecord(from)
  const { formulas: earlierFormulas } = await readFormulaData(from)
  const best = await readBest(from, earlier)
  const learned = { config: earlier.model.config, parameters: best.parameters }
  const { parameters } = atGrid(learned, config.grid, positionResize)
  const hasSameClasses =
    earlier.classes.length === config.classes && earlierFormulas.classSeed === formulas.classSeed
  const entries = [...parameterShapes(config)].map(([name, shape]): [string, FloatTensor] => {
    const isNew = name.startsWith('head.') && !hasSameClasses
    const tensor = (isNew ? fresh : parameters).get(name)
    if (tensor !== undefined && sameShape(tensor.shape, shape)) return [name, tensor]
    throw new AppError(
      'invalid_input',
      say`The network of ${from} is not the one asked for: they differ in “${name}”. Give the same width, depth, heads and patch.`,
    )
  })
  return new Map(entries)
}
