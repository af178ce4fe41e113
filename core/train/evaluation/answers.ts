/** @file How a run answers, as a person chooses after the training: by which weights, how fair to rare classes, how sure. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { Answering } from './answering.ts'
import { isWhole, readProbe, writeProbe } from '../run/checkpoint-files.ts'
import { readRecord, readRunData, whileNobodyTrains, writeRecord } from '../run/run-folder.ts'
import type { RunRecord } from '../run/run-record.ts'
import { networkBefore } from '../start.ts'

/** What is left out stays as it is. */
export type AnsweringChange = { readonly [Name in keyof Answering]?: Answering[Name] | undefined }

/**
 * Changes how a run answers, in predictions and exports alike.
 *
 * @throws AppError `busy` while it is trained, `not_found` where the probe is wanted and there is none, `invalid_input`
 *   where the model that the run began with has gone
 */
export async function chooseAnswers(directory: string, change: AnsweringChange): Promise<RunRecord> {
  return whileNobodyTrains(directory, async () => {
    const record = await readRecord(directory)
    if (change.model === 'probe') await completeProbe(directory, record)
    const changed = { ...record, answers: changedAnswers(record.answers, change) }
    await writeRecord(directory, changed)
    return changed
  })
}

function changedAnswers(before: Answering, change: AnsweringChange): Answering {
  return {
    model: change.model ?? before.model,
    fairness: change.fairness ?? before.fairness,
    unsureBelow: change.unsureBelow === undefined ? before.unsureBelow : change.unsureBelow,
  }
}

/** Of the probe only the head is kept, until its answers are wanted. */
async function completeProbe(directory: string, record: RunRecord): Promise<void> {
  const probe = await readProbe(directory, record)
  if (probe === null) {
    const advice = say`Use the trained model, or start a new run.`
    throw new AppError('not_found', say`The linear probe of the run in ${directory} was not kept. ${advice}`)
  }
  if (isWhole(probe, record)) return
  const network = await networkBefore(record, await readRunData(directory))
  const parameters = new Map([...network, ...probe.parameters])
  await writeProbe(directory, record, { parameters, heldOut: probe.heldOut })
}
