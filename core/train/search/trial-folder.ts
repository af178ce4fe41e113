/**
 * @file The trial in progress on disk: a folder in the run's, with what continues it after an interruption. It has the
 * files of a run but for the list of images, which follows from the run's own.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError, invariant } from '../../errors.ts'
import { augmentations } from '../../data/augmentation.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { recoverCheckpoint, type Checkpoint } from '../run/checkpoint-files.ts'
import { isRunFolder, readRecord, writeRecord } from '../run/run-folder.ts'
import { identityOfTrial } from '../run/run-identity.ts'
import type { RunNote } from '../events.ts'
import { notBegun, type RunRecord } from '../run/run-record.ts'
import { lowStepsOfTrial } from './plan-search.ts'
import type { Trial } from './search-record.ts'

/** The folder of a run's search, which holds its trial in progress and the head that all of them start from. */
export function searchFolder(directory: string): string {
  return join(directory, 'search')
}

/** The folder of the trial with this index. */
export function trialFolder(directory: string, index: number): string {
  return join(searchFolder(directory), String(index + 1).padStart(2, '0'))
}

/** The record of a trial: the run's with settings of its own. */
export function trialRecord(run: RunRecord, { learningRate, augment, steps }: Trial): RunRecord {
  const { settings, identity } = run
  invariant(identity !== undefined, () => 'a search in a run without an identity')
  const share = steps / settings.steps
  const { progressive } = settings
  const record: RunRecord = {
    ...run,
    settings: {
      ...settings,
      steps,
      learningRate,
      warmup: Math.min(steps - 1, Math.round(settings.warmup * share)),
      // Judged once, at its end.
      evaluateEvery: steps,
      progressive:
        progressive === null
          ? null
          : { ...progressive, steps: lowStepsOfTrial(steps, progressive.steps / settings.steps) },
    },
    augmentation: { ...augmentations[augment] },
    ...notBegun(),
  }
  return { ...record, identity: identityOfTrial(record, identity) }
}

/**
 * Makes the folder of a trial, or continues in it as it was left: its newest checkpoint, or null where it begins. What is
 * damaged or belongs to another is removed.
 */
export async function openTrialFolder(folder: string, record: RunRecord): Promise<Checkpoint | null> {
  const { checkpoint } = await recoverTrial(folder, record)
  if (checkpoint !== null) return checkpoint
  await rm(folder, { recursive: true, force: true })
  await makeFolder(folder)
  await writeRecord(folder, record)
  return null
}

/** What has to be said of the trial in which a search was interrupted. */
export async function notesOfTrial(directory: string, record: RunRecord): Promise<RunNote[]> {
  const { trials = [] } = record.search ?? {}
  const index = trials.findIndex(({ state }) => state === 'running')
  const trial = trials[index]
  if (trial === undefined) return []
  const { isDamaged } = await recoverTrial(trialFolder(directory, index), trialRecord(record, trial))
  return isDamaged ? [{ type: 'trialRepeated', trial: index + 1 }] : []
}

interface TrialLeft {
  readonly checkpoint: Checkpoint | null
  readonly isDamaged: boolean
}

async function recoverTrial(folder: string, record: RunRecord): Promise<TrialLeft> {
  // Killed before it was made.
  if (!isRunFolder(folder)) return { checkpoint: null, isDamaged: false }
  try {
    await readRecord(folder)
    const { checkpoint, notes } = await recoverCheckpoint(folder, record)
    return { checkpoint, isDamaged: notes.length > 0 }
  } catch (error) {
    // A trial is repeated in moments, so that nothing of it is worth asking a person about.
    if (AppError.from(error).code !== 'invalid_input') throw error
    return { checkpoint: null, isDamaged: true }
  }
}
