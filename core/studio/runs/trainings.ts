/** @file The training in progress, as the window sees it: its events so far and to come, for any number of readers. */
import { AppError } from '../../errors.ts'
import type { TrainEvent } from '../../api/contract/metrics.ts'

/** One training since it started. It is kept after its end, until the next one starts. */
interface Entry {
  readonly run: string
  readonly events: TrainEvent[]
  isPaused: boolean
  /** How it ended; null while it runs. */
  ending: { readonly error: AppError | null } | null
  readonly waiting: Set<() => void>
}

/** A summary of a training, reported when it starts, after each step and when it has ended. */
export interface TrainingState {
  readonly run: string
  /** Steps finished and steps asked for; 0 before the first event. */
  readonly step: number
  readonly steps: number
  readonly isPaused: boolean
  /** How it ended; null while it runs. */
  readonly ending: { readonly error: AppError | null } | null
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
    isTraining: (run) => find(run)?.ending === null,
    isBusy: () => entry?.ending === null,
    lastStep: (run) => stepOf(find(run)?.events ?? []),
    adopt: (run, events) => {
      entry = { run, events: [], isPaused: false, ending: null, waiting: new Set() }
      const begun = entry
      void read(entry, events, () => listeners.forEach((listener) => listener(stateOf(begun))))
    },
    follow: async function* (run, signal) {
      const found = find(run)
      if (found !== null) yield* replay(found, signal)
    },
    ended: async (run) => {
      const found = find(run)
      for (;;) {
        if (found === null || found.ending !== null) return
        await change(found)
      }
    },
  }
}

function stepOf(events: readonly TrainEvent[]): number {
  const last = events.findLast((event) => event.type === 'step' || event.type === 'start')
  return last?.step ?? 0
}

function stateOf({ run, events, isPaused, ending }: Entry): TrainingState {
  const start = events.find((event) => event.type === 'start')
  return { run, step: stepOf(events), steps: start?.steps ?? 0, isPaused, ending }
}

async function read(entry: Entry, events: AsyncIterable<TrainEvent>, notify: () => void): Promise<void> {
  notify()
  try {
    for await (const event of events) {
      entry.events.push(event)
      if (event.type === 'paused' || event.type === 'continued') entry.isPaused = event.type === 'paused'
      wake(entry)
      notify()
    }
    entry.ending = { error: null }
  } catch (thrown) {
    entry.ending = { error: AppError.from(thrown) }
  }
  wake(entry)
  notify()
}

async function* replay(entry: Entry, signal: AbortSignal): AsyncGenerator<TrainEvent, void, void> {
  const stop = (): void => wake(entry)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (let next = 0; !signal.aborted;) {
      const event = entry.events[next]
      if (event !== undefined) {
        next++
        yield event
      } else if (entry.ending === null) await change(entry)
      else if (entry.ending.error === null) return
      else throw entry.ending.error
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

async function change({ waiting }: Entry): Promise<void> {
  await new Promise<void>((resolve) => waiting.add(resolve))
}

function wake({ waiting }: Entry): void {
  const listeners = [...waiting]
  waiting.clear()
  listeners.forEach((listener) => listener())
}
