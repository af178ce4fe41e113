/** @file Starts a run: reads the checkpoint, checks the images, makes every choice, and writes the run folder. */
import { resolve } from 'node:path'
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { augmentations } from '../data/augmentation.ts'
import { compareWithFiles } from '../data/changed-images.ts'
import { checkData, requireTrainingImages, requireTwoClasses, type CheckedData } from '../data/check.ts'
import type { Labels } from '../data/labels.ts'
import type { CheckProgress } from '../data/examine.ts'
import { sentencesOf } from '../data/finding-sentences.ts'
import type { CheckedImage } from '../data/load.ts'
import { divideImages } from '../data/split.ts'
import type { Balance } from '../data/balance.ts'
import type { FramingChoice } from '../data/framing-choice.ts'
import type { EngineKind } from '../engine/engine.ts'
import type { CheckpointOverrides, Pretrained } from '../files/checkpoint.ts'
import { createOptimiser, type OptimiserSettings } from '../optim/optimisers.ts'
import { parameter, type Parameters } from '../tensor/tensor.ts'
import type { Grid, PositionResize, VitConfig } from '../vit/config.ts'
import { frozenUpTo, type Trainable } from '../vit/trainable.ts'
import { lowStepsOf, type Progressive } from './choices.ts'
import { viewsFor } from './step/front.ts'
import { imageSource } from './image-source.ts'
import { openModel, preprocessingOf } from './model/open-model.ts'
import { availableMemory, chooseMicroBatch } from './step/memory.ts'
import { atGrid, gridOf, withZeroHead, type Model } from './model/prepare.ts'
import { phaseAt } from './step/phases.ts'
import { chooseRecipe, type Recipe, type RecipeRequest } from './recipe.ts'
import {
  createRunFolder,
  isRunFolder,
  readRecord,
  readRunData,
  requireNoRun,
  requireRun,
  whileNobodyTrains,
} from './run/run-folder.ts'
import { withNotes } from './run/run-note.ts'
import { missingSteps } from './run/history.ts'
import { recoverCheckpoint } from './run/checkpoint-files.ts'
import { atOwnResolution } from './probe/run-probe.ts'
import { identityOf, sumOfWeights } from './run/run-identity.ts'
import type { RunNote } from './events.ts'
import {
  noProgress,
  notBegun,
  type Progress,
  type RunData,
  type RunRecord,
  type RunSettings,
} from './run/run-record.ts'
import { notesOfTrial } from './search/trial-folder.ts'
import type { RunToTrain } from './session.ts'

/** A run that learns from images of a folder. */
export interface FineTuneRun extends RunToTrain {
  readonly data: RunData
}

/** What a person asks for; what is left out is chosen automatically. */
export interface FineTuneRequest extends RecipeRequest {
  /** A checkpoint, an export or an earlier run. */
  readonly model: string
  /** Overrides of what is recognised in a checkpoint. */
  readonly overrides?: CheckpointOverrides | undefined
  readonly data: string
  readonly validation?: string | undefined
  /** What a person said of the images; with it, they need not be in class folders. */
  readonly labels?: Labels | undefined
  /** Share of each class that is held out if there is no validation folder; 0 trains on all images. */
  readonly validationSplit: number
  readonly out: string
  readonly resolution?: number | undefined
  readonly microBatch?: number | undefined
  readonly optimiser: OptimiserSettings
  readonly clip: number
  /** Which parameters are trained; everything if it is left out. */
  readonly train?: Trainable | undefined
  /** How many views of each image are cached behind a frozen front; 0 for always new ones, chosen if it is left out. */
  readonly cacheViews?: number | undefined
  readonly balance?: Balance | undefined
  /** How whole images meet the square; squashed if it is left out. */
  readonly framing?: FramingChoice | undefined
  readonly positionResize: PositionResize | 'auto'
  readonly seed: number
}

/** What else starting a run needs. */
export interface StartTools {
  readonly engine: EngineKind
  /** Memory of that device in MB, if known. */
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
export async function startRun(request: FineTuneRequest, tools: StartTools): Promise<FineTuneRun> {
  requireNoRun(request.out)
  const pretrained = await openModel(request.model, overridesOf(request))
  const { patch } = pretrained.config
  const { resolution: side } = request
  const grid = side === undefined ? pretrained.config.grid : gridOf(side, patch)
  const checked = await checkData(request.data, {
    ...tools,
    validationDirectory: request.validation,
    labels: request.labels,
    resolution: patch * Math.min(grid.rows, grid.columns),
  })
  requireTwoClasses(checked)
  const data = divide(checked, request)
  const rule = request.positionResize === 'auto' ? pretrained.positionResize : request.positionResize
  const model = withZeroHead(atGrid(pretrained, grid, rule), checked.classes.length)
  const counts = { training: data.training.length, validation: data.validation.length }
  const recipe = chooseRecipe(request, counts, model.config)
  const record: RunRecord = {
    format: 1,
    createdAt: new Date().toISOString(),
    status: 'running',
    settings: decide(request, recipe, tools, { config: model.config, training: counts.training }),
    model: describe(pretrained, request.model, model, rule),
    classes: [...checked.classes],
    preprocessing: preprocessingOf({ ...model, normalisation: pretrained.normalisation }, request.framing),
    augmentation: { ...augmentations[recipe.augment] },
    ...notBegun(),
    search: recipe.search,
  }
  const start = startOf(record, data, pretrained)
  const identified = { ...record, identity: identityOf(record, data, start.parameters) }
  await createRunFolder(request.out, identified, data)
  const source = imageSource(data)
  const before = mixedWith(identified, data)
  return {
    directory: request.out,
    record: identified,
    data,
    source,
    ...start,
    networkBefore: before,
    notes: [],
  }
}

/**
 * A run where it left off.
 *
 * @throws AppError `not_found` when there is no run, `invalid_input` if it is finished or its model is gone, `busy`
 *   while a process trains it
 */
export async function resumeRun(directory: string): Promise<FineTuneRun> {
  requireRun(directory)
  return whileNobodyTrains(directory, async () => readRun(directory))
}

async function readRun(directory: string): Promise<FineTuneRun> {
  const record = await readRecord(directory)
  const data = await readRunData(directory)
  if (record.status === 'finished') {
    throw new AppError(
      'invalid_input',
      say`The run in ${directory} is finished. Start a new one to train further.`,
    )
  }
  const left = await whereLeft(directory, record, async () => startAgain(record, data))
  const { data: now, notes } = await asItIsNow(data)
  const all = [...left.notes, ...(await notesOfTrial(directory, record)), ...notes]
  const before = mixedWith(record, data)
  return {
    directory,
    record: { ...record, recovery: withNotes(record.recovery, all) },
    data: now,
    source: imageSource(now),
    ...left,
    networkBefore: before,
    notes: all,
  }
}

/** The images with the files that are there now: what is made of a file is kept under what it is, not under what it was. */
async function asItIsNow(
  data: RunData,
): Promise<{ readonly data: RunData; readonly notes: readonly RunNote[] }> {
  const training = await compareWithFiles(data.trainingRoot, data.training)
  const validation = await compareWithFiles(data.validationRoot, data.validation)
  const changed = [...training.changed, ...validation.changed]
  const missing = [...training.missing, ...validation.missing]
  return {
    data: { ...data, training: [...training.images], validation: [...validation.images] },
    notes: [...noteOf('imagesChanged', changed), ...noteOf('imagesMissing', missing)],
  }
}

function noteOf(type: 'imagesChanged' | 'imagesMissing', paths: readonly string[]): RunNote[] {
  const [example] = paths
  return example === undefined ? [] : [{ type, images: paths.length, example }]
}

async function startAgain(record: RunRecord, data: RunData): Promise<Start> {
  return startOf(record, data, await openModel(record.model.source, overridesAsRecorded(record)))
}

/**
 * The network that a run began with, at the run's own resolution and with a head of zeros.
 *
 * @throws AppError where the model it came from has gone or was replaced
 */
export async function networkBefore(record: RunRecord, data: RunData): Promise<Parameters> {
  const { parameters, probeFrom } = await startAgain(record, data)
  requireSameWeights(record, parameters)
  return probeFrom === null ? parameters : atOwnResolution(parameters, probeFrom)
}

/** What the end of a run is mixed with; nothing where its head began with zeros. */
function mixedWith(record: RunRecord, data: RunData): RunToTrain['networkBefore'] {
  return record.settings.head === 'probe' ? async () => networkBefore(record, data) : null
}

/** Weights and slots, and how far they are. */
export type Start = Pick<RunToTrain, 'parameters' | 'slots' | 'progress' | 'probeFrom'>

/**
 * Where a run goes on: at its newest sound checkpoint, or where nothing was saved yet at its start, from the same weights
 * to the same numbers.
 *
 * @throws AppError `invalid_input` where the start has changed since, or a checkpoint is another run's
 */
export async function whereLeft(
  directory: string,
  record: RunRecord,
  start: () => Promise<Start>,
): Promise<Start & Pick<RunToTrain, 'notes'>> {
  const { checkpoint, notes } = await recoverCheckpoint(directory, record)
  if (checkpoint !== null) {
    const gap = await historyNotes(directory, checkpoint.progress)
    return { ...checkpoint, probeFrom: null, notes: [...notes, ...gap] }
  }
  const again = await start()
  requireSameWeights(record, again.parameters)
  return { ...again, notes }
}

async function historyNotes(directory: string, { step, history }: Progress): Promise<RunNote[]> {
  const steps = await missingSteps(directory, step, history)
  return steps === null ? [] : [{ type: 'historyGap', steps }]
}

/** A model that was replaced since the run started would give different numbers from those recorded. */
function requireSameWeights({ identity, model }: RunRecord, parameters: Parameters): void {
  if (identity === undefined || sumOfWeights(parameters) === identity.weights) return
  throw new AppError(
    'invalid_input',
    say`The model in ${model.source} is not the one that this run started with. Put it back, or start a new run.`,
    { path: model.source },
  )
}

/** The weights before the first step: at the resolution of that step, straight from the pretrained ones. */
function startOf(
  record: RunRecord,
  { trainingRoot: root, training: images }: RunData,
  pretrained: Pretrained,
): Start {
  const { config, positionResize } = record.model
  const at = (grid: Grid): Parameters => atGrid(pretrained, grid, positionResize).parameters
  const { parameters } = withZeroHead({ config, parameters: at(phaseAt(record, 0).grid) }, config.classes)
  const probeFrom = { training: { root, images }, positions: parameter(at(config.grid), 'positionEmbedding') }
  return { parameters, slots: null, probeFrom, progress: noProgress }
}

function overridesOf({ model, overrides, positionResize }: FineTuneRequest): CheckpointOverrides {
  // A run's own rule is not overridden: its positions are resized once more, by the requested rule.
  const isChosen = positionResize !== 'auto' && !isRunFolder(model)
  return isChosen ? { ...overrides, positionResize } : { ...overrides }
}

/** The checkpoint as it was read when the run started, whatever is beside it by now. */
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
  const { root, validation, bad, findings } = checked
  const split = divideImages(checked, request.validationSplit, request.seed)
  requireTrainingImages(checked, split.training)
  return {
    trainingRoot: root,
    validationRoot: validation?.root ?? root,
    training: split.training.map(asRecorded),
    validation: split.validation.map(asRecorded),
    skipped: [...bad, ...(validation?.bad ?? [])],
    warnings: sentencesOf(findings),
    validationSplit: validation === undefined ? request.validationSplit : null,
  }
}

/** The split is decided by now. */
function asRecorded(image: CheckedImage): CheckedImage {
  const { said: _, ...recorded } = image
  return recorded
}

function decide(
  request: FineTuneRequest,
  recipe: Recipe,
  { engine, memoryMB = null }: StartTools,
  { config, training }: { readonly config: VitConfig; readonly training: number },
): RunSettings {
  const { steps, batch, learningRate, warmup, evaluateEvery, head } = recipe
  const available = availableMemory({ kind: engine, memoryMB })
  const { optimiser, clip, seed, balance = 'none', train = { part: 'everything' } } = request
  const memory = { train, optimiser: createOptimiser(optimiser) }
  const fitting = (one: VitConfig): number =>
    Math.min(batch, request.microBatch ?? chooseMicroBatch(one, batch, available, memory))
  const isFrontFrozen = frozenUpTo(config, train) !== null
  const views = isFrontFrozen ? (request.cacheViews ?? viewsFor(steps, batch, training)) : 0
  const progressive = progressiveOf(recipe.progressive, config, steps, fitting)
  const chosen = { optimiser, clip, train, views, balance, progressive, seed, engine, head }
  return { steps, batch, learningRate, warmup, evaluateEvery, microBatch: fitting(config), ...chosen }
}

function progressiveOf(
  asked: Progressive | null,
  config: VitConfig,
  steps: number,
  fitting: (config: VitConfig) => number,
): RunSettings['progressive'] {
  if (asked === null) return null
  const { rows, columns } = config.grid
  const grid = gridOf(asked.resolution, config.patch)
  if (grid.rows >= rows || rows !== columns) {
    throw new AppError(
      'invalid_input',
      say`Training that starts at ${asked.resolution} pixels has to end at a higher, square resolution, and this one ends at ${rows * config.patch} × ${columns * config.patch}. Choose a lower one to start with, or none.`,
    )
  }
  const low = lowStepsOf(steps, asked.share)
  return low < 1 ? null : { grid, steps: low, microBatch: fitting({ ...config, grid }) }
}
