/** @file The training in progress, as the window sees it: its events so far and to come, for any number of readers. */
import { AppError } from '../../errors.ts'
import type { TrainEvent } from '../../api/contract/metrics.ts'
import { trialStepsMade, trialStepsOf, type Search } from '../../train/search/search-record.ts'
import { createFeed, type Ending, type Feed } from '../../api/feed.ts'

/** One training since it started. It is kept after its end, until the next one starts. */
interface Entry {
  readonly run: string
  readonly feed: Feed<TrainEvent>
  /** Steps finished and steps asked for; 0 before the first event. */
  step: number
  steps: number
  /** A search that came first, and the newest step of a trial that is not judged yet. */
  search: Search | null
  trialStep: number
  isPaused: boolean
}

/** A summary of a training, reported when it starts, after each step and when it has ended. */
export interface TrainingState {
  readonly run: string
  /** Steps finished and steps asked for, those of a search's trials included; 0 before the first event. */
  readonly step: number
  readonly steps: number
  readonly isPaused: boolean
  /** How it ended; null while it runs. */
  readonly ending: Ending | null
}

/** The training of this studio, one at a time. */
export interface Trainings {
  /** Reports every change of a training from now on. */
  readonly onChange: (listener: (state: TrainingState) => void) => void
  /** Whether this run is in training now. */
  readonly isTraining: (run: string) => boolean
  /** Whether any run is in training now. */
  readonly isBusy: () => boolean
  /** The last reported step of a run in training. */
  readonly lastStep: (run: string) => number
  /** Adopts a training that has started: its events are read to their end, whether or not anyone listens. */
  readonly adopt: (run: string, events: AsyncIterable<TrainEvent>) => void
  /** The events of a run's training from its start. Throws its failure; empty if nothing is known about it. */
  readonly follow: (run: string, signal: AbortSignal) => AsyncGenerator<TrainEvent, void, void>
  /** Resolves when this run is no longer in training. */
  readonly ended: (run: string) => Promise<void>
}

/** Nothing is in training yet. */
export function createTrainings(): Trainings {
  let entry: Entry | null = null
  const find = (run: string): Entry | null => (entry?.run === run ? entry : null)
  const listeners: ((state: TrainingState) => void)[] = []
  return {
    onChange: (listener) => void listeners.push(listener),
    isTraining: (run) => isRunning(find(run)),
    isBusy: () => isRunning(entry),
    lastStep: (run) => find(run)?.step ?? 0,
    adopt: (run, events) => {
      const begun: Entry = { run, feed: createFeed('all'), ...nothingYet() }
      entry = begun
      void read(begun, events, () => listeners.forEach((listener) => listener(stateOf(begun))))
    },
    follow: async function* (run, signal) {
      const found = find(run)
      if (found !== null) yield* found.feed.follow(signal)
    },
    ended: async (run) => find(run)?.feed.ended(),
  }
}

function isRunning(entry: Entry | null): boolean {
  return entry !== null && entry.feed.ending() === null
}

function nothingYet(): Omit<Entry, 'run' | 'feed'> {
  return { step: 0, steps: 0, search: null, trialStep: 0, isPaused: false }
}

function stateOf({ run, feed, step, steps, search, trialStep, isPaused }: Entry): TrainingState {
  const made = { step: trialStepsMade(search, trialStep) + step, steps: trialStepsOf(search) + steps }
  return { run, ...made, isPaused, ending: feed.ending() }
}

async function read(entry: Entry, events: AsyncIterable<TrainEvent>, tell: () => void): Promise<void> {
  tell()
  try {
    for await (const event of events) {
      note(entry, event)
      entry.feed.push(event)
      tell()
    }
    entry.feed.end()
  } catch (thrown) {
    entry.feed.end(AppError.from(thrown))
  }
  tell()
}

function note(entry: Entry, event: TrainEvent): void {
  if (event.type === 'start') entry.steps = event.steps
  if (event.type === 'start' || event.type === 'step') entry.step = event.step
  if (event.type === 'search') entry.search = event.search
  if (event.type === 'search' || event.type === 'trial')
    entry.trialStep = event.type === 'trial' ? event.trialStep : 0
  if (event.type === 'paused' || event.type === 'continued') entry.isPaused = event.type === 'paused'
}
