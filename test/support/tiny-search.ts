/** @file Searches of tiny runs: trials of a few steps on a few coloured pictures. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { TrainEvent } from '../../core/train/events.ts'
import { readRecord } from '../../core/train/run/run-folder.ts'
import { searchAndTrain } from '../../core/train/search/search.ts'
import type { Search } from '../../core/train/search/search-record.ts'
import type { FineTuneRequest, FineTuneRun } from '../../core/train/start.ts'
import { cpu, tinyRequest } from './tiny-run.ts'

// Long enough for trials of a few steps; the rate and the crop are left to the search.
const open = { steps: 36, warmup: 4, learningRate: undefined, augment: undefined, search: true }

/** A request for a run that searches. */
export async function searchRequest(changes: Partial<FineTuneRequest> = {}): Promise<FineTuneRequest> {
  return tinyRequest({ ...open, ...changes })
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
