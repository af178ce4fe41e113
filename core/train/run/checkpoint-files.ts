/**
 * @file The weights of a run on disk: `last.safetensors` (weights and optimiser, to continue), the one before it, and
 * `best.safetensors` (weights, and what they say about the held-out images). Each carries a checksum and says which run
 * it belongs to, so that neither damage nor a file of another run goes unnoticed.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { AppError } from '../../errors.ts'
import { say, type Sentence } from '../../sentence.ts'
import { renameOver } from '../../files/atomic.ts'
import { verifyChecksum } from '../../files/checksum.ts'
import { openSafetensors } from '../../files/safetensors-read.ts'
import { writeSafetensors } from '../../files/safetensors-write.ts'
import { createOptimiser } from '../../optim/optimisers.ts'
import { sameShape, showShape } from '../../tensor/shape.ts'
import type { FloatTensor, Parameters } from '../../tensor/tensor.ts'
import { parameterShapes } from '../../vit/config.ts'
import { trainableParameters } from '../../vit/trainable.ts'
import { slotShapes } from '../step/graphs.ts'
import { heldOutIn, partOfFile, type HeldOut } from '../evaluation/held-out.ts'
import { configAt, phaseAt, weightsAt, type Tensors } from '../step/phases.ts'
import type { RunNote } from '../events.ts'
import { Progress, type RunRecord } from './run-record.ts'
import { parseJson } from '../../files/json-text.ts'

const files = {
  last: 'last.safetensors',
  previous: 'previous.safetensors',
  best: 'best.safetensors',
  probe: 'probe.safetensors',
} as const

/** The file that a run is continued from. */
export const lastFile = files.last
/** The checkpoint before that. */
export const previousFile = files.previous
/** The weights with the best validation result. */
export const bestFile = files.best

/** What is needed to continue: weights and the optimiser's slots, both for the grid of the step's phase. */
export interface Checkpoint extends Tensors {
  readonly progress: Progress
}

/** What is known about a run whose weights are read or written. */
type Run = Pick<RunRecord, 'model' | 'settings' | 'identity'>

/** Replaces the checkpoint to continue from; the previous one is kept. */
export async function writeLast(
  directory: string,
  run: Run,
  { parameters, slots, progress }: Checkpoint,
): Promise<void> {
  await writeSafetensors(join(directory, files.last), new Map([...parameters, ...slots]), {
    metadata: { run: idOf(run), progress: JSON.stringify(progress) },
    checksum: true,
    keepAs: join(directory, files.previous),
  })
}

type AnsweringRun = Run & Pick<RunRecord, 'answers'>

/** The weights of a run that are used. */
export interface BestWeights {
  readonly parameters: Parameters
  /** Null where nothing was held out, and in runs of the first versions. */
  readonly heldOut: HeldOut | null
}

/** Replaces the best weights, which are those after `step`. */
export async function writeBest(
  directory: string,
  run: Run,
  weights: BestWeights,
  step: number,
): Promise<void> {
  await writeJudged(join(directory, files.best), run, weights, { step: String(step) })
}

/** Adds what the best weights say about the held-out images, which the first versions did not keep. */
export async function keepHeldOut(directory: string, run: Run, heldOut: HeldOut): Promise<void> {
  const { parameters } = await readBest(directory, run)
  const step = await stepOfBest(join(directory, files.best), run)
  if (step !== null) await writeBest(directory, run, { parameters, heldOut }, step)
}

/** Writes the probe: its head alone, or a whole network with it. */
export async function writeProbe(directory: string, run: Run, weights: BestWeights): Promise<void> {
  await writeJudged(join(directory, files.probe), run, weights, {})
}

async function writeJudged(
  path: string,
  run: Run,
  { parameters, heldOut }: BestWeights,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const { tensors, metadata } = partOfFile(heldOut)
  await writeSafetensors(path, new Map([...parameters, ...tensors]), {
    metadata: { run: idOf(run), ...more, ...metadata },
    checksum: true,
  })
}

function idOf({ identity }: Run): string {
  return identity?.run ?? ''
}

/**
 * The checkpoint to continue from, or null before the first one.
 *
 * @throws AppError `invalid_input` if it is damaged or belongs to another run
 * @internal Tests look at a checkpoint with it; `recoverCheckpoint` is what continues a run.
 */
export async function readLast(directory: string, run: Run): Promise<Checkpoint | null> {
  const path = join(directory, files.last)
  if (!existsSync(path)) return null
  if (await isDamaged(path, run))
    throw damaged(path, say`Continue the run with --resume: it continues from the previous one.`)
  return readCheckpoint(path, run)
}

/** The step of the checkpoint to continue from; 0 before the first. */
export async function stepOfLast(directory: string): Promise<number> {
  const path = join(directory, files.last)
  if (!existsSync(path)) return 0
  const file = await openSafetensors(path)
  try {
    return progressOf(file).step
  } finally {
    await file.close()
  }
}

/** A checkpoint to continue from, and what had to be done for it. */
export interface Recovered {
  readonly checkpoint: Checkpoint | null
  readonly notes: readonly RunNote[]
}

/**
 * The newest valid checkpoint of a run that nobody trains, which is `last.safetensors` afterwards. Damaged files are
 * set aside.
 *
 * @throws AppError `invalid_input` if a file is valid but belongs to another run
 */
export async function recoverCheckpoint(directory: string, run: Run): Promise<Recovered> {
  const [last, previous] = [join(directory, files.last), join(directory, files.previous)]
  const wasLastDamaged = await setAsideIfDamaged(last, run)
  const wasPreviousDamaged = !existsSync(last) && (await setAsideIfDamaged(previous, run))
  if (!existsSync(last) && existsSync(previous)) await renameOver(previous, last)
  if (!existsSync(last)) {
    return { checkpoint: null, notes: wasLastDamaged || wasPreviousDamaged ? [{ type: 'startsOver' }] : [] }
  }
  const checkpoint = await readCheckpoint(last, run)
  const { step } = checkpoint.progress
  const older: RunNote[] = wasLastDamaged ? [{ type: 'olderCheckpoint', step }] : []
  const { progress, notes } = await recoverBest(directory, run, checkpoint)
  return { checkpoint: { ...checkpoint, progress }, notes: [...older, ...notes] }
}

async function setAsideIfDamaged(path: string, run: Run): Promise<boolean> {
  if (!existsSync(path) || !(await isDamaged(path, run))) return false
  await setAside(path)
  return true
}

/** Makes sure that the best weights are those that the checkpoint refers to, or of a later step, which will be repeated. */
async function recoverBest(
  directory: string,
  run: Run,
  { parameters, progress }: Checkpoint,
): Promise<{ readonly progress: Progress; readonly notes: readonly RunNote[] }> {
  const { best, step } = progress
  if (best === null) return { progress, notes: [] }
  const path = join(directory, files.best)
  const found = await stepOfBest(path, run)
  if (found !== null && (found === best.step || found > step)) return { progress, notes: [] }
  if (existsSync(path)) await setAside(path)
  if (best.step === step) {
    const { grid } = phaseAt(run, step)
    const own = weightsAt(run, parameters, grid, run.model.config.grid)
    await writeBest(directory, run, { parameters: own, heldOut: null }, step)
    return { progress, notes: [] }
  }
  return { progress: { ...progress, best: null }, notes: [{ type: 'bestLost', step: best.step }] }
}

/** The step that the best weights are of; null if there are none that are valid and of this run. */
async function stepOfBest(path: string, run: Run): Promise<number | null> {
  if (!existsSync(path) || (await isDamaged(path, run))) return null
  const file = await openSafetensors(path)
  try {
    if (!belongsTo(file, run)) return null
    // The first versions did not record the step: theirs are taken as they are.
    return Number(file.metadata.get('step') ?? Infinity)
  } finally {
    await file.close()
  }
}

async function setAside(path: string): Promise<void> {
  await renameOver(path, `${path}.damaged`)
}

/**
 * The best weights of a run; where there was no validation, the last.
 *
 * @throws AppError `not_found` before the first checkpoint, `invalid_input` if they are damaged or belong to another
 *   run
 */
export async function readBest(directory: string, run: Run): Promise<BestWeights> {
  const path = [files.best, files.last].map((name) => join(directory, name)).find((name) => existsSync(name))
  if (path === undefined) {
    const advice = say`Continue it with --resume; the first checkpoint is written within a minute.`
    throw new AppError('not_found', say`The run in ${directory} has no checkpoint yet. ${advice}`)
  }
  if (await isDamaged(path, run)) throw damaged(path, say`Put a copy of it back, or train again.`)
  const file = await openSafetensors(path)
  try {
    requireOf(file, run)
    const { config } = run.model
    if (!path.endsWith(files.last)) {
      return { parameters: await readAll(file, parameterShapes(config)), heldOut: await heldOutIn(file) }
    }
    const progress = progressOf(file)
    requireNoBest(directory, progress)
    // The best weights are kept for the run's own grid, the last for that of their phase.
    const { grid } = phaseAt(run, progress.step)
    const parameters = await readAll(file, parameterShapes({ ...config, grid }))
    return { parameters: weightsAt(run, parameters, grid, config.grid), heldOut: null }
  } finally {
    await file.close()
  }
}

/**
 * The weights that a run answers with: its best, or the probe's where that was chosen.
 *
 * @throws AppError `not_found` before the first checkpoint, `invalid_input` where they are damaged or of another run
 */
export async function readAnswering(directory: string, run: AnsweringRun): Promise<BestWeights> {
  if (run.answers.model === 'trained') return readBest(directory, run)
  const probe = await readProbe(directory, run)
  if (probe === null || !isWhole(probe, run)) {
    throw damaged(join(directory, files.probe), say`Choose the trained model instead of the probe.`)
  }
  return probe
}

/** Whether there is a network beside the head. */
export function isWhole({ parameters }: BestWeights, { model }: Run): boolean {
  return parameters.size === parameterShapes(model.config).size
}

/**
 * The probe that the run began with; null where there is none, or it is damaged or of another run.
 */
export async function readProbe(directory: string, run: Run): Promise<BestWeights | null> {
  const path = join(directory, files.probe)
  if (!existsSync(path) || (await isDamaged(path, run))) return null
  const file = await openSafetensors(path)
  try {
    if (!belongsTo(file, run)) return null
    const shapes = [...parameterShapes(run.model.config)].filter(([name]) => file.tensors.has(name))
    return { parameters: await readAll(file, new Map(shapes)), heldOut: await heldOutIn(file) }
  } finally {
    await file.close()
  }
}

/**
 * What the weights that a run answers with say about the held-out images; null where it is not known.
 *
 * @throws AppError `invalid_input` where it is damaged or of another run
 */
export async function readHeldOut(directory: string, run: AnsweringRun): Promise<HeldOut | null> {
  const path = join(directory, run.answers.model === 'probe' ? files.probe : files.best)
  if (!existsSync(path)) return null
  const file = await openSafetensors(path)
  try {
    requireOf(file, run)
    return await heldOutIn(file)
  } finally {
    await file.close()
  }
}

function requireNoBest(directory: string, { best }: Progress): void {
  if (best === null) return
  const advice = say`Put a copy of it back, or train again.`
  throw new AppError(
    'not_found',
    say`The best weights of the run in ${directory} are missing: there is no ${files.best}. ${advice}`,
  )
}

type OpenFile = Awaited<ReturnType<typeof openSafetensors>>

async function readCheckpoint(path: string, run: Run): Promise<Checkpoint> {
  const file = await openSafetensors(path)
  try {
    requireOf(file, run)
    const progress = progressOf(file)
    const config = configAt(run, phaseAt(run, progress.step))
    const { optimiser, train } = run.settings
    const choices = { optimiser: createOptimiser(optimiser), trained: trainableParameters(config, train) }
    const parameters = await readAll(file, parameterShapes(config))
    return { parameters, slots: await readAll(file, slotShapes(config, choices)), progress }
  } finally {
    await file.close()
  }
}

function progressOf(file: OpenFile): Progress {
  try {
    return Progress.parse(parseJson(file.metadata.get('progress') ?? 'null'))
  } catch {
    throw damaged(file.path, say`Remove it to continue from the previous checkpoint.`)
  }
}

/** Whether a file is not what was written; for those of the first versions only their form can tell. */
async function isDamaged(path: string, { identity }: Run): Promise<boolean> {
  const sum = await verifyChecksum(path)
  if (sum !== 'none') return sum === 'wrong'
  if (identity !== undefined) return true
  try {
    await (await openSafetensors(path)).close()
    return false
  } catch (error) {
    if (error instanceof AppError) return true
    throw error
  }
}

function damaged(path: string, advice: Sentence): AppError {
  return new AppError('invalid_input', say`${path} is damaged: it is not as it was written. ${advice}`, {
    path,
  })
}

function belongsTo(file: OpenFile, { identity }: Run): boolean {
  return identity === undefined || file.metadata.get('run') === identity.run
}

function requireOf(file: OpenFile, run: Run): void {
  if (belongsTo(file, run)) return
  const advice = say`Put the right file back, or remove this one.`
  throw new AppError('invalid_input', say`${file.path} belongs to another run. ${advice}`, {
    path: file.path,
  })
}

async function readAll(
  file: OpenFile,
  shapes: ReadonlyMap<string, readonly number[]>,
): Promise<Map<string, FloatTensor>> {
  const tensors = new Map<string, FloatTensor>()
  for (const [name, shape] of shapes) {
    const found = file.tensors.get(name)
    if (found === undefined || !sameShape(found.shape, shape)) {
      const actual = found === undefined ? 'is missing' : `has shape ${showShape(found.shape)}`
      const advice = say`The checkpoint does not belong to this run; start a new run.`
      throw new AppError(
        'invalid_input',
        say`${file.path}: ${name} ${actual}, expected ${showShape(shape)}. ${advice}`,
      )
    }
    tensors.set(name, await file.read(name))
  }
  return tensors
}
