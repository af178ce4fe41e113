/** @file Several runs side by side: their curves, what differs in their settings, and which images only one gets right. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Evaluation, JudgedImage } from '../../core/api/contract/results.ts'
import type { RunDetails, RunSummary } from '../../core/api/contract/runs.ts'
import { AppError } from '../../core/errors.ts'
import { say } from '../../core/sentence.ts'
import type { EvaluationEvent } from '../../core/train/events.ts'
import { createLatestOnly } from './latest-only.ts'
import { wordsOfError } from '../text/sentences.ts'

/** A chosen run, with all evaluations of its training. */
export interface Compared {
  readonly run: RunDetails
  readonly evaluations: readonly EvaluationEvent[]
}

/** Asking two models about their held-out images. */
export type Judging =
  | { readonly phase: 'none' }
  | { readonly phase: 'working'; readonly share: number }
  | { readonly phase: 'ready'; readonly pair: readonly [string, string]; readonly difference: Difference }
  | { readonly phase: 'failed'; readonly message: string }

export interface CompareSubject {
  /** Runs of all projects that have results, newest first; null before they are known. */
  readonly runs: readonly RunSummary[] | null
  /** Those chosen, in the order in which they were chosen. */
  readonly chosen: readonly Compared[]
  readonly judging: Judging
  readonly problem: string | null
  /** Finds all runs, and chooses `run` and the newest other of its project. */
  readonly open: (project: string | null, run: string) => Promise<void>
  /** Reads again what is known of the runs, some of which may have been renamed or deleted. */
  readonly refresh: () => Promise<void>
  readonly toggle: (run: string) => Promise<void>
  /** Finds the images that only one of the first two chosen gets right. */
  readonly judge: () => Promise<void>
}

export type CompareStore = StoreApi<CompareSubject>

/** More lines than this cannot be told apart. */
export const mostCompared = 4

/** Nothing at first. */
export function createCompare(api: Api): CompareStore {
  const opening = createLatestOnly()
  const judging = createLatestOnly()
  return createStore((set, get) => {
    const fail = (problem: string): void => set({ problem })
    const choose = (change: (chosen: readonly Compared[]) => readonly Compared[]): void => {
      judging.end()
      set(({ chosen }) => ({ chosen: change(chosen), judging: { phase: 'none' }, problem: null }))
    }
    return {
      runs: null,
      chosen: [],
      judging: { phase: 'none' },
      problem: null,
      open: async (project, run) =>
        opening.run(async (signal) => {
          set({ runs: null, chosen: [], problem: null, judging: { phase: 'none' } })
          const runs = await withResults(api, signal)
          set({ runs })
          const other = ofProject(runs, project).find(({ id }) => id !== run)
          const ids = other === undefined ? [run] : [run, other.id]
          const chosen = await Promise.all(ids.map(async (id) => fetchRun(api, id, signal)))
          choose(() => chosen)
        }, fail),
      refresh: async () =>
        opening.run(async (signal) => {
          const runs = await withResults(api, signal)
          const left = get().chosen.filter(({ run }) => runs.some(({ id }) => id === run.id))
          const chosen = await Promise.all(left.map(async ({ run }) => fetchRun(api, run.id, signal)))
          set({ runs })
          choose(() => chosen)
        }, fail),
      toggle: async (id) => {
        if (get().chosen.some(({ run }) => run.id === id)) {
          choose((chosen) => chosen.filter(({ run }) => run.id !== id))
          return
        }
        try {
          const added = await fetchRun(api, id)
          choose((chosen) => [...chosen.filter(({ run }) => run.id !== id), added].slice(0, mostCompared))
        } catch (error) {
          fail(wordsOfError(error))
        }
      },
      judge: async () => {
        const [first, second] = get().chosen
        if (first === undefined || second === undefined) return
        await judging.run(
          async (signal) => judgeBoth(api, set, [first.run.id, second.run.id], signal),
          (message) => set({ judging: { phase: 'failed', message } }),
        )
      },
    }
  })
}

async function judgeBoth(
  api: Api,
  set: CompareStore['setState'],
  pair: readonly [string, string],
  signal: AbortSignal,
): Promise<void> {
  const told = [0, 0]
  const tell = (which: 0 | 1) => (share: number) => {
    told[which] = share
    set({ judging: { phase: 'working', share: ((told[0] ?? 0) + (told[1] ?? 0)) / 2 } })
  }
  tell(0)(0)
  const one = await evaluationOf(api, pair[0], signal, tell(0))
  const two = await evaluationOf(api, pair[1], signal, tell(1))
  set({ judging: { phase: 'ready', pair, difference: differenceOf(one, two) } })
}

/** The runs of a project; those that belong to none with null. */
function ofProject(runs: readonly RunSummary[], project: string | null): RunSummary[] {
  return runs.filter((one) => one.project === project)
}

async function withResults(api: Api, signal: AbortSignal): Promise<RunSummary[]> {
  const all = await api.runs.list(undefined, { signal })
  return all.filter(({ bestAccuracy }) => bestAccuracy !== null)
}

async function fetchRun(api: Api, run: string, signal?: AbortSignal): Promise<Compared> {
  const [details, { evaluations }] = await Promise.all([
    api.runs.get({ run }, { signal }),
    api.runs.history({ run }, { signal }),
  ])
  return { run: details, evaluations }
}

async function evaluationOf(
  api: Api,
  run: string,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<Evaluation> {
  const stored = await api.results.stored({ run }, { signal })
  if (stored !== null) {
    onShare(1)
    return stored
  }
  for await (const item of api.results.evaluate({ run }, { signal })) {
    if (item.type === 'done') return item.evaluation
    onShare(item.total === 0 ? 0 : item.done / item.total)
  }
  throw new AppError('internal', say`The evaluation ended without a result.`)
}

/** How two models do on the images that both held out. */
export interface Difference {
  /** Images that both judged. */
  readonly shared: number
  readonly bothRight: number
  /** Images that one gets right and the other does not, each as in its own evaluation. */
  readonly onlyFirst: { readonly evaluation: Evaluation; readonly images: readonly JudgedImage[] }
  readonly onlySecond: { readonly evaluation: Evaluation; readonly images: readonly JudgedImage[] }
}

/** Images are the same where folder and path are. They are shown with what the wrong model took them for. */
export function differenceOf(first: Evaluation, second: Evaluation): Difference {
  const others = new Map(second.images.map((image) => [`${second.root}\n${image.path}`, image]))
  const pairs = first.images.flatMap((one) => {
    const two = others.get(`${first.root}\n${one.path}`)
    return two === undefined ? [] : [{ one, two }]
  })
  return {
    shared: pairs.length,
    bothRight: pairs.filter(({ one, two }) => isRight(one) && isRight(two)).length,
    onlyFirst: {
      evaluation: second,
      images: pairs.filter(({ one, two }) => isRight(one) && !isRight(two)).map(({ two }) => two),
    },
    onlySecond: {
      evaluation: first,
      images: pairs.filter(({ one, two }) => !isRight(one) && isRight(two)).map(({ one }) => one),
    },
  }
}

function isRight({ label, predicted }: JudgedImage): boolean {
  return label === predicted
}
