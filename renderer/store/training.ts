/** @file The run: started, followed while it trains, stopped, resumed, or opened from earlier. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { TrainEvent } from '../../core/api/contract/metrics.ts'
import { unpackSteps } from '../../core/api/contract/step-table.ts'
import type { FineTuneRequest, RunDetails, RunStatus } from '../../core/api/contract/runs.ts'
import { AppError } from '../../core/errors.ts'
import type {
  EvaluationEvent,
  ExamplesEvent,
  RunNote,
  StepEvent,
  StepMetric,
  TrialEvent,
} from '../../core/train/events.ts'
import { trialStepsMade, trialStepsOf, type Search } from '../../core/train/search/search-record.ts'
import { createLatestOnly } from './latest-only.ts'
import { wordsOfError } from '../text/sentences.ts'
import { type Sentence } from '../../core/sentence.ts'

/** Everything that was reported about the run, by step. */
export interface History {
  readonly steps: readonly StepMetric[]
  readonly evaluations: readonly EvaluationEvent[]
  /** What the model said about the same few images, before the first step and with each evaluation. */
  readonly examples: readonly ExamplesEvent[]
}

export type TrainingState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'preparing'; readonly done: number; readonly total: number }
  | { readonly phase: 'refused'; readonly message: string }
  | {
      readonly phase: 'run'
      readonly run: RunDetails
      readonly status: RunStatus | 'resuming' | 'stopping'
      /** Whether it is paused; `asked` until it confirms that it is. */
      readonly pause: 'off' | 'asked' | 'on'
      /** Why it failed, if it did. */
      readonly problem: string | null
      readonly device: string | null
      /** What was found when this training was resumed. */
      readonly found: readonly RunNote[]
      /** Sentences of the engine about devices. */
      readonly remarks: readonly Sentence[]
    }

/** Images that the probe has looked at. */
export interface Probing {
  readonly done: number
  readonly total: number
  /** Null until it can be told. */
  readonly secondsLeft: number | null
  /** What was known first, from which the speed follows: when, in milliseconds, and how many images. */
  readonly since: { readonly time: number; readonly done: number }
}

export interface TrainingSubject {
  /** Changes seldom: what every step changes lies beside it, so that a view may follow the one without the other. */
  readonly state: TrainingState
  /** The newest step of a run that learns now. */
  readonly latest: StepEvent | null
  /** Before the first step: how far the probe is with looking at the images. */
  readonly probing: Probing | null
  /** How the run's setting is or was found; null without a search. */
  readonly search: Search | null
  /** The newest step of a trial of the search in progress. */
  readonly trial: TrialEvent | null
  readonly history: History
  readonly start: (request: FineTuneRequest) => Promise<void>
  readonly resume: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Pauses training after the current step, or lets it continue. */
  readonly pause: (paused: boolean) => Promise<void>
  /** Shows an earlier run, and follows it if it is training now. */
  readonly open: (run: string) => Promise<void>
  /** Takes over a new name, where that run is shown. */
  readonly named: (run: string, name: string) => void
  /** Closes the run to start a new one; the run itself continues or stays as it is. */
  readonly leave: () => void
}

export type TrainingStore = StoreApi<TrainingSubject>

type Set = TrainingStore['setState']
type RunState = Extract<TrainingState, { phase: 'run' }>

const nothingYet: Pick<TrainingSubject, 'latest' | 'probing' | 'search' | 'trial' | 'history'> = {
  latest: null,
  probing: null,
  search: null,
  trial: null,
  history: { steps: [], evaluations: [], examples: [] },
}
// Often enough to look responsive, rarely enough to leave the machine to training.
const showEveryMs = 150

/** No run at first. */
export function createTraining(api: Api): TrainingStore {
  const single = createLatestOnly()
  return createStore((set, get) => {
    const refuse = (message: string): void => set({ state: { phase: 'refused', message } })
    const patch = (change: Partial<RunState>): void => patchRun(set, change)
    const open = async (id: string, signal: AbortSignal): Promise<void> => openRun(api, set, id, signal)
    const complain = (error: unknown): void => patch({ problem: wordsOfError(error) })
    const current = (): string | null => {
      const { state } = get()
      return state.phase === 'run' ? state.run.id : null
    }
    return {
      state: { phase: 'idle' },
      ...nothingYet,
      start: async (request) =>
        single.run(async (signal) => {
          set({ state: { phase: 'preparing', done: 0, total: 0 }, ...nothingYet })
          for await (const item of api.runs.start(request, { signal })) {
            if (item.type === 'done') await open(item.run, signal)
            else set({ state: { phase: 'preparing', done: item.done, total: item.total } })
          }
        }, refuse),
      resume: async () => {
        const id = current()
        if (id === null) return
        await single.run(
          async (signal) => {
            patch({ status: 'resuming', problem: null })
            set({ latest: null, probing: null, trial: null })
            await api.runs.resume({ run: id }, { signal })
            await open(id, signal)
          },
          (problem) => patch({ status: 'failed', problem }),
        )
      },
      stop: async () => {
        const id = current()
        if (id === null) return
        patch({ status: 'stopping' })
        await api.runs.stop({ run: id }).catch(complain)
      },
      pause: async (paused) => {
        const id = current()
        if (id === null) return
        patch({ pause: paused ? 'asked' : 'off' })
        await api.runs.pause({ run: id, paused }).catch(complain)
      },
      open: async (id) => single.run(async (signal) => open(id, signal), refuse),
      named: (id, name) => {
        const { state } = get()
        if (state.phase === 'run' && state.run.id === id) patch({ run: { ...state.run, name } })
      },
      leave: () => {
        single.end()
        set({ state: { phase: 'idle' }, ...nothingYet })
      },
    }
  })
}

/** How much of a training is done, from 0 to 1; the steps of a search's trials count as its own do. */
export function shareDone(
  { latest, search, trial }: Pick<TrainingSubject, 'latest' | 'search' | 'trial'>,
  { step, steps }: Pick<RunDetails, 'step' | 'steps'>,
): number {
  const own = latest?.step ?? step
  const made = trialStepsMade(search, trial?.trialStep ?? 0) + own
  return made / (trialStepsOf(search) + steps)
}

function patchRun(set: Set, change: Partial<RunState>): void {
  set(({ state }) => (state.phase === 'run' ? { state: { ...state, ...change } } : {}))
}

// A long history is shown in parts, so that the window can answer in between.
const mostAtOnce = 4000

/** Shows a run as it is stored, then follows it if it is training now. */
async function openRun(api: Api, set: Set, id: string, signal: AbortSignal): Promise<void> {
  const [run, stored] = await Promise.all([
    api.runs.get({ run: id }, { signal }),
    api.runs.history({ run: id }, { signal }),
  ])
  const steps = unpackSteps(stored.steps)
  set({
    state: {
      phase: 'run',
      run,
      status: run.status,
      pause: 'off',
      problem: null,
      device: null,
      found: [],
      remarks: [],
    },
    latest: null,
    probing: null,
    search: run.search,
    trial: null,
    history: { ...stored, steps: steps.slice(0, mostAtOnce) },
  })
  for (let shown = mostAtOnce; shown < steps.length; shown += mostAtOnce) {
    await new Promise((resolve) => setTimeout(resolve))
    if (signal.aborted) return
    set({ history: { ...stored, steps: steps.slice(0, shown + mostAtOnce) } })
  }
  if (run.status !== 'training') return
  // The last step is reported once more, with the speed and the time left, which are not stored.
  const after = Math.max(0, (steps.at(-1)?.step ?? 0) - 1)
  await follow(api, set, { run: id, after }, signal)
}

/** Takes in what training reports, until its end; then checks how it ended. */
async function follow(
  api: Api,
  set: Set,
  from: { readonly run: string; readonly after: number },
  signal: AbortSignal,
): Promise<void> {
  const inbox = createInbox(set)
  let problem: string | null = null
  try {
    for await (const event of api.runs.follow(from, { signal })) inbox.take(event)
  } catch (error) {
    const failure = AppError.from(error)
    if (signal.aborted) return
    if (failure.code !== 'cancelled') problem = wordsOfError(failure)
  } finally {
    inbox.show()
  }
  const run = await api.runs.get({ run: from.run }, { signal })
  const status = problem !== null && run.status === 'training' ? 'failed' : run.status
  set({ probing: null, search: run.search, trial: null })
  patchRun(set, { run, status, problem, pause: 'off' })
}

interface Inbox {
  readonly take: (event: TrainEvent) => void
  readonly show: () => void
}

/** Gathers events and shows them together, because a screen need not change for each. */
function createInbox(set: Set): Inbox {
  let waiting: TrainEvent[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const show = (): void => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    waiting = []
    if (events.length > 0) set((training) => taken(training, events))
  }
  return {
    show,
    take: (event) => {
      waiting.push(event)
      timer ??= setTimeout(show, showEveryMs)
    },
  }
}

/** Only what these events change. */
function taken(
  { state, latest, probing, search, trial, history }: TrainingSubject,
  events: readonly TrainEvent[],
): Partial<TrainingSubject> {
  if (state.phase !== 'run') return {}
  const searched = events.findLast((event) => event.type === 'search')
  const step = events.findLast((event) => event.type === 'trial' || event.type === 'search')
  return {
    history: {
      steps: extended(
        history.steps,
        events.filter((event) => event.type === 'step'),
      ),
      evaluations: merged(
        history.evaluations,
        events.filter((event) => event.type === 'evaluation'),
      ),
      examples: merged(
        history.examples,
        events.filter((event) => event.type === 'examples'),
      ),
    },
    latest: events.findLast((event) => event.type === 'step') ?? latest,
    probing: events.reduce(probingAfter, probing),
    search: searched?.search ?? search,
    // A trial that was judged is not in progress any more.
    trial: step === undefined ? trial : step.type === 'trial' ? step : null,
    state: stateAfter(state, events),
  }
}

/** The same object where nothing changes, so that nothing is rendered again. */
function stateAfter(state: RunState, events: readonly TrainEvent[]): RunState {
  const begun = events.findLast((event) => event.type === 'start')
  const change = events.findLast((event) => event.type === 'paused' || event.type === 'continued')
  if (begun === undefined && change === undefined) return state
  return {
    ...state,
    device: begun?.device.name ?? state.device,
    found: begun?.notes ?? state.found,
    remarks: begun?.remarks ?? state.remarks,
    pause: change === undefined ? state.pause : change.type === 'paused' ? 'on' : 'off',
  }
}

function probingAfter(before: Probing | null, event: TrainEvent): Probing | null {
  if (event.type === 'probe' || event.type === 'trial' || event.type === 'step') return null
  if (event.type !== 'probing') return before
  const { done, total } = event
  const now = performance.now()
  const since = before?.since ?? { time: now, done }
  const perImage = (now - since.time) / 1000 / (done - since.done)
  return { done, total, since, secondsLeft: done > since.done ? perImage * (total - done) : null }
}

/** A run that restarts from its last save reports the steps after it again; the newer ones count. */
function extended(known: readonly StepMetric[], fresh: readonly StepMetric[]): readonly StepMetric[] {
  const [first] = fresh
  if (first === undefined) return known
  const last = known.at(-1)
  const kept =
    last === undefined || last.step < first.step ? known : known.filter(({ step }) => step < first.step)
  return [...kept, ...fresh]
}

/** One per step, in the order of steps: whoever reconnects receives again what it may have read already. */
function merged<T extends { readonly step: number }>(known: readonly T[], fresh: readonly T[]): readonly T[] {
  if (fresh.length === 0) return known
  const byStep = new Map([...known, ...fresh].map((one) => [one.step, one]))
  return [...byStep.values()].sort((a, b) => a.step - b.step)
}
