/** @file The one writer of a run: whatever trains a run opens it, and nothing else writes there until it is closed. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { lockFolder, type FolderLock } from '../../files/lock.ts'
import {
  previousFile,
  stepOfLast,
  writeBest,
  writeLast,
  writeProbe,
  type BestWeights,
  type Checkpoint,
} from './checkpoint-files.ts'
import { openHistory, type History } from './history.ts'
import { readRecord, removeLeftovers, requireRun, trainedElsewhere, writeRecord } from './run-folder.ts'
import type { Progress, RunRecord } from './run-record.ts'

/** Writes to a run; every call throws AppError `not_found` once its folder has been removed. */
export interface RunWriter {
  readonly replaceRecord: (record: RunRecord) => Promise<void>
  /** Replaces the record of a run that is finished, and drops what was kept for resuming it. */
  readonly finish: (record: RunRecord) => Promise<void>
  /** Adds a line to the history. */
  readonly append: (metric: object) => Promise<void>
  /** Replaces the checkpoint to continue from, after the history up to it is on disk. */
  readonly writeLast: (checkpoint: Checkpoint) => Promise<void>
  /** Replaces the best weights, which are those after `step`. */
  readonly writeBest: (weights: BestWeights, step: number) => Promise<void>
  /** Keeps the probe that the run begins with. */
  readonly writeProbe: (weights: BestWeights) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Makes this process the only one that writes to a run, which it has read up to `progress`.
 *
 * @throws AppError `busy` if another process trains it, or has trained it further since it was read
 */
export async function openRunWriter(
  directory: string,
  record: RunRecord,
  progress: Progress,
): Promise<RunWriter> {
  requireRun(directory)
  const lock = await lockFolder(directory, { busy: trainedElsewhere(directory) })
  try {
    await removeLeftovers(directory)
    const { status } = await readRecord(directory)
    if (status === 'finished' || (await stepOfLast(directory)) !== progress.step)
      throw trainedMeanwhile(directory)
    return writer(directory, record, lock, await openHistory(directory, progress.step, progress.history))
  } catch (error) {
    await lock.release()
    throw error
  }
}

function writer(directory: string, run: RunRecord, lock: FolderLock, history: History): RunWriter {
  const replaceRecord = async (record: RunRecord): Promise<void> => {
    requireHeld(directory, lock)
    await writeRecord(directory, record)
  }
  return {
    replaceRecord,
    finish: async (record) => {
      await replaceRecord(record)
      await rm(join(directory, previousFile), { force: true })
    },
    append: async (metric) => {
      requireHeld(directory, lock)
      await history.append(metric)
    },
    writeLast: async ({ progress, ...weights }) => {
      requireHeld(directory, lock)
      const mark = await history.sync()
      await writeLast(directory, run, { ...weights, progress: { ...progress, history: mark } })
    },
    writeBest: async (weights, step) => {
      requireHeld(directory, lock)
      await writeBest(directory, run, weights, step)
    },
    writeProbe: async (weights) => {
      requireHeld(directory, lock)
      await writeProbe(directory, run, weights)
    },
    close: async () => {
      try {
        await history.close()
      } finally {
        await lock.release()
      }
    },
  }
}

/** A folder that was removed must not come back as a husk, and another run made in its place is not ours. */
function requireHeld(directory: string, lock: FolderLock): void {
  if (lock.isHeld()) return
  throw new AppError(
    'not_found',
    say`The run in ${directory} was removed or replaced while it was being trained, so training has ended.`,
  )
}

function trainedMeanwhile(directory: string): AppError {
  const advice = say`Try again to continue from there.`
  return new AppError(
    'busy',
    say`Another process has trained the run in ${directory} further in the meantime. ${advice}`,
  )
}
