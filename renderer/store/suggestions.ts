/**
 * @file Kinds that the model suggests for photos without one. New suggestions wait until they are asked for, so that nothing
 * moves under the hand of the person; only the first ones, and those after some were accepted, are shown by themselves.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Suggestions } from '../../core/api/contract/suggestions.ts'
import { createLatestOnly } from './latest-only.ts'
import { readSigned } from './images.ts'
import { keyOf } from './photo-list.ts'

/** What is suggested for one photo. */
export interface Guess {
  readonly kind: string
  /** How sure that is, from 0 to 1. */
  readonly probability: number
}

/** What is suggested for all. */
export interface Guesses {
  /** By `keyOf`. */
  readonly of: ReadonlyMap<string, Guess>
  /** Of the labelled photos, how many would have been suggested their label, had they none. */
  readonly judged: { readonly right: number; readonly images: number }
}

export interface SuggestionsSubject {
  /** What the wall shows; null before there is anything. */
  readonly shown: Guesses | null
  /** Newer ones that wait to be shown. */
  readonly waiting: Guesses | null
  /** How far the model has looked at the photos; null while it does nothing. */
  readonly work: { readonly done: number; readonly total: number } | null
  readonly problem: string | null
  /** Asks a model about the photos of a project. */
  readonly ask: (project: string, model: string) => Promise<void>
  /** Shows what waits. */
  readonly update: () => void
  /** The next suggestions are shown as soon as they are there. */
  readonly expect: () => void
  readonly cancel: () => void
  /** Forgets everything: other photos. */
  readonly clear: () => void
}

export type SuggestionsStore = StoreApi<SuggestionsSubject>

/** Nothing is suggested. */
export function createSuggestions(api: Api): SuggestionsStore {
  const single = createLatestOnly()
  let isExpected = true
  return createStore((set, get) => {
    const take = (suggestions: Suggestions | null): void => {
      if (suggestions === null) return
      const guesses = readGuesses(suggestions)
      if (isExpected || get().shown === null) set({ shown: guesses, waiting: null })
      else set({ waiting: guesses })
      isExpected = false
    }
    const nothing = { shown: null, waiting: null, work: null, problem: null }
    return {
      ...nothing,
      ask: async (project, model) => {
        set({ problem: null })
        await single.run(
          async (signal) => {
            for await (const item of api.labels.suggest({ project, model }, { signal })) {
              if (item.type === 'progress') set({ work: { done: item.done, total: item.total } })
              else take(item.suggestions)
            }
            set({ work: null })
          },
          (problem) => set({ problem, work: null }),
        )
      },
      update: () => {
        const { waiting } = get()
        if (waiting !== null) set({ shown: waiting, waiting: null })
      },
      expect: () => {
        isExpected = true
      },
      cancel: () => {
        single.end()
        set({ work: null })
      },
      clear: () => {
        single.end()
        isExpected = true
        set(nothing)
      },
    }
  })
}

function readGuesses({ classes, root, paths, labels, probabilities, judged }: Suggestions): Guesses {
  if (labels.length === 0) return { of: new Map(), judged }
  const kinds = readSigned(labels)
  const view = new DataView(probabilities.buffer, probabilities.byteOffset, probabilities.byteLength)
  const of = new Map(
    paths
      .split('//')
      .map((path, index) => [
        keyOf(root, path),
        { kind: classes[kinds[index] ?? -1] ?? '', probability: view.getFloat32(4 * index, true) },
      ]),
  )
  return { of, judged }
}
