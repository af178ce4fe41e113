/**
 * @file The trainings of the project, and which of them is open: the one that Results, Use and exports are about. It is
 * the one that a person opened last, or that ended last; the Train step may meanwhile show another that is in progress.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import { bestRun } from '../../core/api/contract/best-run.ts'
import type { RunDetails, RunSummary } from '../../core/api/contract/runs.ts'
import { createLatestOnly } from './latest-only.ts'
import type { ResultsStore } from './results.ts'
import type { TrainingState, TrainingStore } from './training.ts'
import { wordsOfError } from '../text/sentences.ts'

export interface TrainingsSubject {
  /** Those of the project, newest first; null before they are known. */
  readonly list: readonly RunSummary[] | null
  /** The open training; null while there is none that can be used. */
  readonly open: RunDetails | null
  /** Deleted last; it can be brought back. */
  readonly removed: RunSummary | null
  /** Why the last request failed. */
  readonly problem: string | null
  /** Reads the list again. */
  readonly load: () => Promise<void>
  /** Takes over the trainings of a project that is opened; `last` was open there before. */
  readonly begin: (runs: readonly RunSummary[], last: string | null) => Promise<void>
  /** Opens a training, on the Train step too unless one is in progress there. */
  readonly show: (run: string) => Promise<void>
  readonly rename: (run: string, name: string) => Promise<void>
  /** Deletes a training; if it was open, the best of the others takes its place. */
  readonly remove: (run: RunSummary) => Promise<void>
  /** Brings the one deleted last back. */
  readonly restore: () => Promise<void>
  /** Forgets that one could be brought back. */
  readonly dismiss: () => void
  /** Forgets everything: another project is opened. */
  readonly clear: () => void
}

export type TrainingsStore = StoreApi<TrainingsSubject>

/** What belongs to a training, and whose trainings these are. */
interface Around {
  readonly training: TrainingStore
  readonly results: ResultsStore
  /** Null before a project was made. */
  readonly project: () => string | null
}

/** Whether a training has weights that can answer. */
export function isUsable({ bestAccuracy, status }: Pick<RunSummary, 'bestAccuracy' | 'status'>): boolean {
  return bestAccuracy !== null || status === 'finished'
}

/** The name of the next training of a project: the project's, then with a number. */
export function nextName(project: string, runs: readonly Pick<RunSummary, 'name'>[]): string {
  const base = project.slice(0, 110)
  const taken = runs.map(({ name }) => {
    if (name === base) return 1
    const number = name.startsWith(`${base} `) ? Number(name.slice(base.length + 1)) : NaN
    return Number.isSafeInteger(number) ? number : 0
  })
  const next = Math.max(0, ...taken) + 1
  return next === 1 ? base : `${base} ${next}`
}

const nothing = { list: null, open: null, removed: null, problem: null } as const

type Set = TrainingsStore['setState']
type Get = TrainingsStore['getState']

/** Nothing at first. From now on it follows the training in progress: when that ends, it is the open one. */
export function createTrainings(api: Api, around: Around): TrainingsStore {
  const loading = createLatestOnly()
  return createStore((set, get) => {
    const load = async (): Promise<void> =>
      loading.run(
        async (signal) => {
          const id = around.project()
          if (id === null) return
          const runs = await api.runs.list(undefined, { signal })
          set({ list: runs.filter((run) => run.project === id) })
        },
        (problem) => set({ problem }),
      )
    const opener = createOpener(api, around.training, set)
    followTraining(around, opener, get, load)
    return {
      ...nothing,
      load,
      begin: async (runs, last) => {
        set({ ...nothing, list: runs })
        const remembered = runs.find(({ id }) => id === last)
        const usable = remembered !== undefined && isUsable(remembered) ? remembered : runs.find(isUsable)
        const shown = awaited(runs) ?? remembered ?? usable ?? runs[0]
        await Promise.all([
          usable === undefined ? undefined : opener.fetch(usable.id),
          shown === undefined ? undefined : around.training.getState().open(shown.id),
        ])
      },
      show: opener.show,
      ...editing(api, around.training, opener, { set, get, load }),
      dismiss: () => set({ removed: null }),
      clear: () => {
        loading.end()
        opener.put(null)
        set(nothing)
      },
    }
  })
}

/** What makes a training the open one. */
interface Opener {
  readonly put: (open: RunDetails | null) => void
  readonly fetch: (run: string) => Promise<void>
  readonly show: (run: string) => Promise<void>
  /** The one that is being opened; null for none. */
  readonly wanted: () => string | null
}

function createOpener(api: Api, training: TrainingStore, set: Set): Opener {
  const single = createLatestOnly()
  let wanted: string | null = null
  const fetch = async (run: string): Promise<void> => {
    wanted = run
    await single.run(
      async (signal) => set({ open: await api.runs.get({ run }, { signal }), problem: null }),
      (problem) => set({ problem }),
    )
    if (wanted === run) wanted = null
  }
  return {
    fetch,
    wanted: () => wanted,
    put: (open) => {
      single.end()
      wanted = null
      set({ open })
    },
    show: async (run) => {
      // It takes until its end to show one that is in progress.
      if (!isBusy(training.getState().state)) void showInTrain(training, run)
      await fetch(run)
    },
  }
}

/** Keeps list and open training up to date with what the Train step does. */
function followTraining(
  { training, results }: Around,
  { put, wanted }: Opener,
  get: Get,
  load: () => Promise<void>,
): void {
  training.subscribe(({ state }, { state: before }) => {
    if (state === before || state.phase !== 'run') return
    const { run } = state
    if (before.phase === 'run' && before.run === run && before.status === state.status) return
    void load()
    if (!isUsable(run)) return
    const current = wanted() ?? get().open?.id ?? run.id
    const hasEnded = isBusy(before) && !isBusy(state)
    if (current !== run.id && !hasEnded) return
    put(run)
    // Its weights are others than those that were judged.
    if (hasEnded) forgetResults(results, run.id)
  })
}

/** What is done with a training of the list. */
function editing(
  api: Api,
  training: TrainingStore,
  { put, show }: Opener,
  { set, get, load }: { readonly set: Set; readonly get: Get; readonly load: () => Promise<void> },
): Pick<TrainingsSubject, 'rename' | 'remove' | 'restore'> {
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    set({ problem: null })
    await work().catch((error: unknown) => set({ problem: wordsOfError(error) }))
    await load()
  }
  return {
    rename: async (run, name) =>
      attempt(async () => {
        await api.runs.rename({ run, name })
        const { open } = get()
        if (open?.id === run) set({ open: { ...open, name } })
        training.getState().named(run, name)
      }),
    remove: async (run) =>
      attempt(async () => {
        await api.runs.remove({ run: run.id })
        set(({ list }) => ({ removed: run, list: list?.filter(({ id }) => id !== run.id) ?? null }))
        const { list, open } = get()
        const { state } = training.getState()
        if (state.phase === 'run' && state.run.id === run.id) training.getState().leave()
        if (open?.id !== run.id) return
        put(null)
        const next = bestRun(list ?? []) ?? list?.find(isUsable)
        if (next !== undefined) await show(next.id)
      }),
    restore: async () =>
      attempt(async () => {
        const { removed } = get()
        if (removed === null) return
        await api.runs.restore({ run: removed.id })
        set({ removed: null })
        if (get().open === null && isUsable(removed)) await show(removed.id)
      }),
  }
}

/** What waits for a person on the Train step: a training in progress, or the newest if it was cut short. */
function awaited(runs: readonly RunSummary[]): RunSummary | undefined {
  const [newest] = runs
  return (
    runs.find(({ status }) => status === 'training') ??
    (newest?.status === 'interrupted' ? newest : undefined)
  )
}

function isBusy(state: TrainingState): boolean {
  if (state.phase !== 'run') return state.phase === 'preparing'
  return ['training', 'resuming', 'stopping'].includes(state.status)
}

async function showInTrain(training: TrainingStore, run: string): Promise<void> {
  const { state, open } = training.getState()
  if (state.phase !== 'run' || state.run.id !== run) await open(run)
}

function forgetResults(results: ResultsStore, run: string): void {
  const { state, forget } = results.getState()
  if (state.phase !== 'none' && state.run === run) forget()
}
