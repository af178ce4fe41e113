/**
 * @file A run on disk: `run.json`, `data.json`, its history (history.ts) and its weights (checkpoint-files.ts). Every file
 * is replaced in one step, so a killed process leaves each in its old or its new state. Only the process that trains a run
 * writes to it (run-writer.ts).
 */
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import * as z from 'zod'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { removeTemporaries, writeFileAtomic } from '../../files/atomic.ts'
import { jsonFile, type JsonFile } from '../../files/json-store.ts'
import { holderText, withLock, type Holder, type LockOptions } from '../../files/lock.ts'
import { requireFeasible } from '../../vit/forward-cost.ts'
import { bestFile, lastFile, previousFile } from './checkpoint-files.ts'
import { historyFile } from './history.ts'
import { sumOfImages } from './run-identity.ts'
import { FormulaData, RunData, RunRecord } from './run-record.ts'

const files = { record: 'run.json', data: 'data.json' } as const

// In bytes. Its longest list is that of the classes.
const largestRecord = 20e6

function recordFile(directory: string): JsonFile<RunRecord> {
  return jsonFile(join(directory, files.record), RunRecord, {
    indent: 2,
    sealed: true,
    largest: largestRecord,
  })
}

function dataFile(directory: string): JsonFile<RunData | FormulaData> {
  return jsonFile(join(directory, files.data), z.union([RunData, FormulaData]), { sealed: true })
}

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
 * @throws AppError `invalid_input` when there is a run already, or weights whose run is not known
 */
export function requireNoRun(directory: string): void {
  if (isRunFolder(directory)) {
    const advice = say`Continue it with --resume, or choose another folder.`
    throw new AppError('invalid_input', say`${directory} already contains a run. ${advice}`)
  }
  const weights = [lastFile, previousFile, bestFile].find((name) => existsSync(join(directory, name)))
  if (weights === undefined) return
  const advice = say`Choose another folder, or take these files away.`
  throw new AppError(
    'invalid_input',
    say`${directory} holds files of a run whose ${files.record} is missing, ${weights} among them. ${advice}`,
  )
}

/**
 * Makes a new run folder.
 *
 * @throws AppError `invalid_input` when there is a run already
 */
export async function createRunFolder(
  directory: string,
  record: RunRecord,
  data: RunData | FormulaData,
): Promise<void> {
  requireFeasible('This network', record.model.config)
  const create = async (): Promise<void> => {
    // Another process may have created one since the folder was found free.
    requireNoRun(directory)
    await removeLeftovers(directory)
    await dataFile(directory).write(data)
    await writeFileAtomic(join(directory, historyFile), '')
    // Last, because its presence says that the rest is there.
    await writeRecord(directory, record)
  }
  await whileNobodyTrains(directory, create, { make: {} })
}

/** Removes what killed writers left of the files that only who trains writes. */
export async function removeLeftovers(directory: string): Promise<void> {
  await removeTemporaries(directory, [files.record, files.data, historyFile, lastFile, bestFile])
}

/** Does `work` on a run that no process trains. @throws AppError `busy` while one does */
export async function whileNobodyTrains<T>(
  directory: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  return withLock(directory, work, { ...options, busy: trainedElsewhere(directory) })
}

/** The error where another process has a run. */
export function trainedElsewhere(directory: string): (holder: Holder) => AppError {
  return (holder) =>
    new AppError(
      'busy',
      say`${holderText(holder)} trains the run in ${directory}. Wait until it has finished, or stop it there.`,
    )
}

/** Deletes a run. @throws AppError `busy` while a process trains it */
export async function removeRun(directory: string): Promise<void> {
  await whileNobodyTrains(directory, async () => rm(directory, { recursive: true, force: true }))
}

/** Replaces run.json. */
export async function writeRecord(directory: string, record: RunRecord): Promise<void> {
  await recordFile(directory).write(record)
}

/**
 * Reads run.json.
 *
 * @throws AppError `not_found`, or `invalid_input` where it is damaged or was changed
 */
export async function readRecord(directory: string): Promise<RunRecord> {
  const record = await recordFile(directory).read()
  if (record === null) throw missing(directory, files.record)
  requireFeasible(`The run in ${directory}`, record.model.config)
  return record
}

/**
 * Reads data.json of a fine-tuning.
 *
 * @throws AppError `not_found`, or `invalid_input` where it is damaged, was changed, is another run's or a pretraining's
 */
export async function readRunData(directory: string): Promise<RunData> {
  const data = await readData(directory)
  if (!('formulas' in data)) return data
  const advice = say`Continue it with pretrain --resume, or fine-tune its network.`
  throw new AppError(
    'invalid_input',
    say`The run in ${directory} is a pretraining on rendered pictures and has no images. ${advice}`,
  )
}

/**
 * Reads data.json of a pretraining.
 *
 * @throws AppError as `readRunData`, and `invalid_input` where the run is a fine-tuning
 */
export async function readFormulaData(directory: string): Promise<FormulaData> {
  const data = await readData(directory)
  if ('formulas' in data) return data
  throw new AppError(
    'invalid_input',
    say`The run in ${directory} is a fine-tuning on images, not a pretraining. Choose another folder.`,
  )
}

async function readData(directory: string): Promise<RunData | FormulaData> {
  const { identity } = await readRecord(directory)
  const data = await dataFile(directory).read()
  if (data === null) throw missing(directory, files.data)
  if (identity !== undefined && identity.images !== sumOfImages(data)) {
    const advice = say`Put the right file back.`
    throw new AppError('invalid_input', say`${join(directory, files.data)} belongs to another run. ${advice}`)
  }
  return data
}

function missing(directory: string, name: string): AppError {
  return new AppError('not_found', say`There is no run in ${directory}: ${name} is missing. Check the path.`)
}
