/** @file Searches of tiny runs: trials of a few steps on a few coloured pictures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { TrainEvent } from '../../core/train/events.ts'
import { lowStepsOf } from '../../core/train/choices.ts'
import { readRecord } from '../../core/train/run/run-folder.ts'
import { identityFrom } from '../../core/train/run/run-identity.ts'
import type { RunRecord } from '../../core/train/run/run-record.ts'
import { searchAndTrain } from '../../core/train/search/search.ts'
import type { Search } from '../../core/train/search/search-record.ts'
import type { FineTuneRequest, FineTuneRun } from '../../core/train/start.ts'
import { begin, cpu, tinyRequest } from './tiny-run.ts'

// As long as a search demands; the rate and the crop are left to it.
const open = { steps: 300, warmup: 30, learningRate: undefined, augment: undefined, search: true }
/** Steps of a run that `beginSearch` begins, and of its trials. */
const shortened = { steps: 30, warmup: 3, rounds: [6, 10] } as const

/** A request for a run that searches. */
export async function searchRequest(changes: Partial<FineTuneRequest> = {}): Promise<FineTuneRequest> {
  return tinyRequest({ ...open, ...changes })
}

/** Creates a run, and shortens it and the trials of its search to a few steps. */
export async function beginSearch(request: FineTuneRequest): Promise<FineTuneRun> {
  const { steps, warmup, rounds } = shortened
  const run = await begin(request)
  const { settings, search, identity } = run.record
  const low = settings.progressive
  const progressive = low === null ? null : { ...low, steps: lowStepsOf(steps, low.steps / settings.steps) }
  const short = search?.rounds.map(({ trials }, index) => ({ trials, steps: rounds[index] ?? 1 }))
  const record: RunRecord = {
    ...run.record,
    settings: { ...settings, steps, warmup, progressive, evaluateEvery: steps / 3 },
    search: search === null ? null : { ...search, rounds: short ?? [] },
  }
  if (identity === undefined) throw new Error('a new run without an identity')
  return { ...run, record: { ...record, identity: identityFrom(record, identity) } }
}

/** Searches and trains; asks to stop at the event that `stopAt` names. */
export async function searchUntil(
  run: FineTuneRun,
  stopAt: (event: TrainEvent) => boolean = () => false,
): Promise<TrainEvent[]> {
  const stop = new AbortController()
  const events: TrainEvent[] = []
  for await (const event of searchAndTrain(run, { engine: cpu, signal: stop.signal })) {
    events.push(event)
    if (stopAt(event)) stop.abort()
  }
  return events
}

/** What has to be the same however often a run was interrupted. */
export function tracesOf(directory: string): [Buffer, Buffer, string] {
  return [
    readFileSync(join(directory, 'last.safetensors')),
    readFileSync(join(directory, 'best.safetensors')),
    readFileSync(join(directory, 'metrics.jsonl'), 'utf8'),
  ]
}

/** The search of a run as its record keeps it, but for its time. */
export async function searchIn(directory: string): Promise<Omit<Search, 'seconds'>> {
  const { search } = await readRecord(directory)
  if (search === null) throw new Error(`no search in ${directory}`)
  const { seconds: _, ...others } = search
  return others
}
