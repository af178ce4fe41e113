/**
 * @file A run on disk: `run.json`, `data.json`, `metrics.jsonl`, `last.safetensors` (weights and momentum, to continue)
 * and `best.safetensors` (weights). Every file is replaced in one step, so a killed process leaves each in its old or
 * its new state.
 */
import { existsSync } from 'node:fs'
import { appendFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type * as z from 'zod'
import { AppError } from '../errors.ts'
import { removeTemporaries, writeFileAtomic } from '../files/atomic.ts'
import {
  holderText,
  lockFolder,
  withLock,
  type FolderLock,
  type Holder,
  type LockOptions,
} from '../files/lock.ts'
import { openSafetensors } from '../files/safetensors-read.ts'
import { writeSafetensors } from '../files/safetensors-write.ts'
import { sameShape, showShape } from '../tensor/shape.ts'
import type { FloatTensor, Parameters } from '../tensor/tensor.ts'
import { parameterShapes, type VitConfig } from '../vit/config.ts'
import { momentumName } from './graphs.ts'
import { Progress, RunData, RunRecord } from './run-record.ts'

const files = {
  record: 'run.json',
  data: 'data.json',
  metrics: 'metrics.jsonl',
  last: 'last.safetensors',
  best: 'best.safetensors',
} as const

/** Whether a folder holds a run. */
export function isRunFolder(directory: string): boolean {
  return existsSync(join(directory, files.record))
}

/**
 * Makes sure that a folder holds a run.
 *
 * @throws AppError `not_found`
 */
export function requireRun(directory: string): void {
  if (!isRunFolder(directory)) throw missing(directory, files.record)
}

/**
 * Makes sure that a folder is free for a new run.
 *
 * @throws AppError `invalid_input` when there is a run already
 */
export function requireNoRun(directory: string): void {
  if (!isRunFolder(directory)) return
  const advice = 'Continue it with --resume, or choose another folder.'
  throw new AppError('invalid_input', `${directory} already holds a run. ${advice}`)
}

/**
 * Makes a new run folder.
 *
 * @throws AppError `invalid_input` when there is a run already
 */
export async function createRunFolder(directory: string, record: RunRecord, data: RunData): Promise<void> {
  const create = async (): Promise<void> => {
    // Another process may have created one since the folder was found free.
    requireNoRun(directory)
    await removeTemporaries(directory)
    await writeFileAtomic(join(directory, files.data), JSON.stringify(data))
    await writeFileAtomic(join(directory, files.metrics), '')
    // Last, because its presence says that the rest is there.
    await writeRecord(directory, record)
  }
  await whileNobodyTrains(directory, create, { make: {} })
}

/** Does `work` on a run that no process trains. @throws AppError `busy` while one does */
export async function whileNobodyTrains<T>(
  directory: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  return withLock(directory, work, { ...options, busy: trainedElsewhere(directory) })
}

/**
 * Makes this process the only one that writes to a run, which it has read up to `step`.
 *
 * @throws AppError `busy` where another process trains it, or has trained it further since it was read
 */
export async function lockRun(directory: string, step: number): Promise<FolderLock> {
  const lock = await lockFolder(directory, { busy: trainedElsewhere(directory) })
  try {
    await removeTemporaries(directory)
    const { status } = await readRecord(directory)
    if (status === 'finished' || (await stepOfLast(directory)) !== step) throw trainedMeanwhile(directory)
    return lock
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Deletes a run. @throws AppError `busy` while a process trains it */
export async function removeRun(directory: string): Promise<void> {
  await whileNobodyTrains(directory, async () => rm(directory, { recursive: true, force: true }))
}

function trainedElsewhere(directory: string): (holder: Holder) => AppError {
  return (holder) =>
    new AppError(
      'busy',
      `${holderText(holder)} trains the run in ${directory}. Wait until it has finished, or stop it there.`,
    )
}

function trainedMeanwhile(directory: string): AppError {
  const advice = 'Try again to go on from there.'
  return new AppError(
    'busy',
    `Another process has trained the run in ${directory} further in the meantime. ${advice}`,
  )
}

/** The step of the checkpoint to continue from; 0 before the first. */
async function stepOfLast(directory: string): Promise<number> {
  const path = join(directory, files.last)
  if (!existsSync(path)) return 0
  const file = await openSafetensors(path)
  try {
    return progressOf(file).step
  } finally {
    await file.close()
  }
}

/** Replaces run.json. */
export async function writeRecord(directory: string, record: RunRecord): Promise<void> {
  await writeFileAtomic(join(directory, files.record), `${JSON.stringify(record, null, 2)}\n`)
}

/** Reads run.json. */
export async function readRecord(directory: string): Promise<RunRecord> {
  return readJson(directory, files.record, RunRecord)
}

/** Reads data.json. */
export async function readRunData(directory: string): Promise<RunData> {
  return readJson(directory, files.data, RunData)
}

async function readJson<T>(directory: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const path = join(directory, name)
  if (!existsSync(path)) throw missing(directory, name)
  const text = await readFile(path, 'utf8')
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    const advice = 'It was changed by hand or comes from another version of ViT Studio.'
    throw new AppError('invalid_input', `${path} cannot be understood. ${advice}`, {}, { cause })
  }
}

function missing(directory: string, name: string): AppError {
  return new AppError('not_found', `There is no run in ${directory}: ${name} is missing. Check the path.`)
}

/** Adds a line to metrics.jsonl. */
export async function appendMetric(directory: string, metric: object): Promise<void> {
  await appendFile(join(directory, files.metrics), `${JSON.stringify(metric)}\n`)
}

/** The metrics up to and including `step`, without a line that a kill may have torn. */
export async function readMetrics(directory: string, step = Infinity): Promise<StoredMetric[]> {
  const text = await readFile(join(directory, files.metrics), 'utf8')
  return text.split('\n').flatMap((line) => {
    const metric = parseMetric(line)
    return metric === null || metric.step > step ? [] : [metric]
  })
}

/** A line of metrics.jsonl. */
export type StoredMetric = { readonly step: number } & Readonly<Record<string, unknown>>

function parseMetric(line: string): StoredMetric | null {
  if (!line.startsWith('{') || !line.endsWith('}')) return null
  try {
    return JSON.parse(line) as StoredMetric
  } catch {
    // A torn line: the process was killed while it was being written.
    return null
  }
}

/** Drops the metrics after `step`, before a resumed run rewrites them. */
export async function truncateMetrics(directory: string, step: number): Promise<void> {
  const kept = await readMetrics(directory, step)
  await writeFileAtomic(
    join(directory, files.metrics),
    kept.map((metric) => `${JSON.stringify(metric)}\n`).join(''),
  )
}

/** What is needed to continue. */
export interface Checkpoint {
  readonly parameters: Parameters
  readonly momentum: Parameters
  readonly progress: Progress
}

/** Replaces the checkpoint to continue from. */
export async function writeLast(
  directory: string,
  { parameters, momentum, progress }: Checkpoint,
): Promise<void> {
  const tensors = new Map<string, FloatTensor>(parameters)
  for (const [name, tensor] of momentum) tensors.set(momentumName(name), tensor)
  await writeSafetensors(join(directory, files.last), tensors, {
    metadata: { progress: JSON.stringify(progress) },
  })
}

/** Replaces the best weights. */
export async function writeBest(directory: string, parameters: Parameters): Promise<void> {
  await writeSafetensors(join(directory, files.best), parameters)
}

/** The checkpoint to continue from, or null before the first one. */
export async function readLast(directory: string, config: VitConfig): Promise<Checkpoint | null> {
  const path = join(directory, files.last)
  if (!existsSync(path)) return null
  const shapes = parameterShapes(config)
  const momentumShapes = new Map([...shapes].map(([name, shape]) => [momentumName(name), shape]))
  const file = await openSafetensors(path)
  try {
    const parameters = await readAll(file, shapes)
    const stored = await readAll(file, momentumShapes)
    const momentum = new Map(
      [...stored].map(([name, tensor]) => [name.slice(momentumName('').length), tensor]),
    )
    return { parameters, momentum, progress: progressOf(file) }
  } finally {
    await file.close()
  }
}

/** The best weights of a run; where there was no validation, the last. */
export async function readBest(directory: string, config: VitConfig): Promise<Map<string, FloatTensor>> {
  const path = [files.best, files.last].map((name) => join(directory, name)).find((name) => existsSync(name))
  if (path === undefined) {
    const advice = 'Continue it with --resume; the first checkpoint is written within a minute.'
    throw new AppError('not_found', `The run in ${directory} has no checkpoint yet. ${advice}`)
  }
  const file = await openSafetensors(path)
  try {
    return await readAll(file, parameterShapes(config))
  } finally {
    await file.close()
  }
}

function progressOf(file: OpenFile): Progress {
  return Progress.parse(JSON.parse(file.metadata.get('progress') ?? 'null'))
}

type OpenFile = Awaited<ReturnType<typeof openSafetensors>>

async function readAll(
  file: OpenFile,
  shapes: ReadonlyMap<string, readonly number[]>,
): Promise<Map<string, FloatTensor>> {
  const tensors = new Map<string, FloatTensor>()
  for (const [name, shape] of shapes) {
    const found = file.tensors.get(name)
    if (found === undefined || !sameShape(found.shape, shape)) {
      const actual = found === undefined ? 'is missing' : `has shape ${showShape(found.shape)}`
      const advice = 'The checkpoint does not belong to this run; start a new run.'
      throw new AppError(
        'invalid_input',
        `${file.path}: ${name} ${actual}, expected ${showShape(shape)}. ${advice}`,
      )
    }
    tensors.set(name, await file.read(name))
  }
  return tensors
}
