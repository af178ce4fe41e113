/** @file Begins a run: reads the checkpoint, checks the images, makes every choice, and writes the run folder. */
import { resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { augmentations, type Augment } from '../data/augmentation.ts'
import { checkData, requireTwoClasses, type CheckedData } from '../data/check.ts'
import type { Correction } from '../data/correction.ts'
import type { CheckProgress } from '../data/examine.ts'
import { sentencesOf } from '../data/finding-sentences.ts'
import type { CheckedImage } from '../data/load.ts'
import { splitImages } from '../data/split.ts'
import type { EngineKind } from '../engine/engine.ts'
import type { CheckpointOverrides, Pretrained } from '../files/checkpoint.ts'
import type { Parameters } from '../tensor/tensor.ts'
import type { PositionResize, VitConfig } from '../vit/config.ts'
import { openModel, preprocessingOf } from './open-model.ts'
import { availableMemory, chooseMicroBatch } from './memory.ts'
import { atGrid, gridOf, withZeroHead, type Model } from './prepare.ts'
import { chooseRecipe, type ImageCounts, type RecipeRequest } from './recipe.ts'
import {
  createRunFolder,
  isRunFolder,
  readRecord,
  readRunData,
  requireNoRun,
  requireRun,
  whileNobodyTrains,
} from './run-folder.ts'
import { missingSteps } from './history.ts'
import { recoverCheckpoint } from './checkpoint-files.ts'
import { identityOf, sumOfWeights } from './run-identity.ts'
import type { RunNote } from './run-note.ts'
import type { Progress, RunData, RunRecord, RunSettings } from './run-record.ts'
import type { RunToTrain } from './trainer.ts'

/** What a person asks for; what is left out is chosen. */
export interface FineTuneRequest extends RecipeRequest {
  /** A checkpoint, an export or an earlier run. */
  readonly model: string
  /** What is set against what is recognised of a checkpoint. */
  readonly overrides?: CheckpointOverrides | undefined
  readonly data: string
  readonly validation?: string | undefined
  /** Labels that count more than the folders the images lie in. */
  readonly corrections?: readonly Correction[] | undefined
  /** Share of each class that is held out where there is no validation folder; 0 trains on all images. */
  readonly validationSplit: number
  readonly out: string
  readonly resolution?: number | undefined
  readonly microBatch?: number | undefined
  readonly momentum: number
  readonly clip: number
  readonly augment: Augment
  readonly positionResize: PositionResize | 'auto'
  readonly seed: number
}

/** What beginning a run needs besides. */
export interface StartTools {
  readonly engine: EngineKind
  /** Memory of that device in MB, where it is known. */
  readonly memoryMB?: number | null | undefined
  readonly cacheDirectory?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: CheckProgress) => void) | undefined
}

/**
 * Makes the run folder of a new run.
 *
 * @throws AppError for anything in the request that cannot be done, before anything is written
 */
export async function startRun(request: FineTuneRequest, tools: StartTools): Promise<RunToTrain> {
  requireNoRun(request.out)
  const pretrained = await openModel(request.model, overridesOf(request))
  const { patch } = pretrained.config
  const { resolution: side } = request
  const grid = side === undefined ? pretrained.config.grid : gridOf(side, patch)
  const checked = await checkData(request.data, {
    ...tools,
    validationDirectory: request.validation,
    corrections: request.corrections,
    resolution: patch * Math.min(grid.rows, grid.columns),
  })
  requireTwoClasses(checked)
  const data = divide(checked, request)
  const rule = request.positionResize === 'auto' ? pretrained.positionResize : request.positionResize
  const model = withZeroHead(atGrid(pretrained, grid, rule), checked.classes.length)
  const record: RunRecord = {
    format: 1,
    createdAt: new Date().toISOString(),
    status: 'running',
    settings: decide(request, tools, model.config, {
      training: data.training.length,
      validation: data.validation.length,
    }),
    model: describe(pretrained, request.model, model, rule),
    classes: [...checked.classes],
    preprocessing: preprocessingOf({ ...model, normalisation: pretrained.normalisation }),
    augmentation: { ...augmentations[request.augment] },
    result: null,
  }
  const { parameters } = model
  const identified = { ...record, identity: identityOf(record, data, parameters) }
  await createRunFolder(request.out, identified, data)
  return { directory: request.out, record: identified, data, parameters, ...notBegun }
}

const notBegun = { momentum: null, progress: { step: 0, best: null, evaluation: null }, notes: [] } as const

/**
 * A run as it was left.
 *
 * @throws AppError `not_found` when there is no run, `invalid_input` when it is finished or its model has gone, `busy`
 *   while a process trains it
 */
export async function resumeRun(directory: string): Promise<RunToTrain> {
  requireRun(directory)
  return whileNobodyTrains(directory, async () => readRun(directory))
}

async function readRun(directory: string): Promise<RunToTrain> {
  const record = await readRecord(directory)
  const data = await readRunData(directory)
  if (record.status === 'finished') {
    throw new AppError(
      'invalid_input',
      `The run in ${directory} is finished. Start a new one to train further.`,
    )
  }
  const { checkpoint, notes } = await recoverCheckpoint(directory, record)
  if (checkpoint !== null) {
    const gap = await historyNotes(directory, checkpoint.progress)
    return { directory, record, data, ...checkpoint, notes: [...notes, ...gap] }
  }
  // Nothing was saved yet: the run starts over, from the same model to the same numbers.
  const { config, positionResize } = record.model
  const pretrained = await openModel(record.model.source, overridesAsRecorded(record))
  const { parameters } = withZeroHead(atGrid(pretrained, config.grid, positionResize), config.classes)
  requireSameWeights(record, parameters)
  return { directory, record, data, parameters, ...notBegun, notes }
}

async function historyNotes(directory: string, { step, history }: Progress): Promise<RunNote[]> {
  const steps = await missingSteps(directory, step, history)
  return steps === 0 ? [] : [{ type: 'historyGap', steps }]
}

/** A model that was replaced since the run began would give other numbers than the run says. */
function requireSameWeights({ identity, model }: RunRecord, parameters: Parameters): void {
  if (identity === undefined || sumOfWeights(parameters) === identity.weights) return
  throw new AppError(
    'invalid_input',
    `The model in ${model.source} is not the one that this run began with. Put it back, or start a new run.`,
    { path: model.source },
  )
}

function overridesOf({ model, overrides, positionResize }: FineTuneRequest): CheckpointOverrides {
  // A run's own rule is not overruled: its positions are resized once more, by the rule asked for.
  const isChosen = positionResize !== 'auto' && !isRunFolder(model)
  return isChosen ? { ...overrides, positionResize } : { ...overrides }
}

/** The checkpoint read as it was when the run began, whatever lies beside it by now. */
function overridesAsRecorded({ model, preprocessing }: RunRecord): CheckpointOverrides {
  if (isRunFolder(model.source)) return {}
  const { heads, gelu, layerNormEpsilon, pooling } = model.config
  const { mean, std } = preprocessing
  return { heads, gelu, layerNormEpsilon, pooling, normalisation: { mean, std } }
}

function describe(
  pretrained: Pretrained,
  source: string,
  { config }: Model,
  positionResize: PositionResize,
): RunRecord['model'] {
  const { family, notes } = pretrained
  return {
    source: resolve(source),
    family,
    config: { ...config, grid: { ...config.grid } },
    positionResize,
    notes: [...notes],
  }
}

/** Which images are trained on and which are held out. */
function divide(checked: CheckedData, request: FineTuneRequest): RunData {
  const { root, images, validation, bad, findings } = checked
  const given = validation?.images ?? (request.validationSplit === 0 ? [] : undefined)
  const split =
    given === undefined
      ? splitImages(images, request.validationSplit, request.seed)
      : { training: images, validation: given }
  return {
    trainingRoot: root,
    validationRoot: validation?.root ?? root,
    training: split.training.map(toRecord),
    validation: split.validation.map(toRecord),
    skipped: [...bad, ...(validation?.bad ?? [])],
    warnings: sentencesOf(findings),
  }
}

/** What a run keeps of an image: once the images are divided, groups have done their work. */
function toRecord(image: CheckedImage): RunData['training'][number] {
  const { group: _, ...kept } = image
  return kept
}

function decide(
  request: FineTuneRequest,
  { engine, memoryMB = null }: StartTools,
  config: VitConfig,
  images: ImageCounts,
): RunSettings {
  const recipe = chooseRecipe(request, images)
  const { batch } = recipe
  const available = availableMemory({ kind: engine, memoryMB })
  const microBatch = Math.min(batch, request.microBatch ?? chooseMicroBatch(config, batch, available))
  const { momentum, clip, seed } = request
  return { ...recipe, microBatch, momentum, clip, seed, engine }
}
