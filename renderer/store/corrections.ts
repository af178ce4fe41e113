/**
 * @file Labels that a person has given, as files that may be moved into the folders of their classes, which happens only
 * when the person asks for it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { LabelledFile, MovedFiles } from '../../core/api/contract/labels.ts'
import { isAddedPath } from '../../core/data/labels.ts'
import { labelledFiles } from './label-columns.ts'
import type { LabelsStore } from './labels.ts'
import { wordsOfError } from '../text/sentences.ts'

export type Moving =
  | { readonly phase: 'none' }
  | { readonly phase: 'moving'; readonly done: number; readonly total: number }
  | { readonly phase: 'moved'; readonly result: MovedFiles }

export interface CorrectionsSubject {
  /** The project they belong to; null before one is open. */
  readonly project: string | null
  readonly corrections: readonly LabelledFile[]
  readonly moving: Moving
  readonly problem: string | null
  /** Fetches the corrections of a project. */
  readonly open: (project: string) => Promise<void>
  /** Says which class an image belongs to, or with null that its folder was right after all. */
  readonly correct: (root: string, path: string, label: string | null) => Promise<void>
  /** Moves the files of corrections that were shown into the folders of their classes. */
  readonly moveFiles: (shown: readonly LabelledFile[]) => Promise<void>
}

export type CorrectionsStore = StoreApi<CorrectionsSubject>

/** Follows the labels from now on. */
export function createCorrections(api: Api, labels: LabelsStore): CorrectionsStore {
  const store = createStore<CorrectionsSubject>((set) => ({
    project: null,
    corrections: [],
    moving: { phase: 'none' },
    problem: null,
    open: async (project) => labels.getState().open(project),
    correct: async (root, path, label) => {
      const image = { root, path, width: 0, height: 0, kind: label }
      set({ moving: { phase: 'none' } })
      await (label === null ? labels.getState().asFolder([image]) : labels.getState().label([image], label))
    },
    moveFiles: async (shown) => {
      const { project, open } = labels.getState()
      if (project === null) return
      try {
        set({ moving: { phase: 'moving', done: 0, total: 0 }, problem: null })
        for await (const item of api.labels.moveFiles({ project, files: [...shown] })) {
          if (item.type === 'progress')
            set({ moving: { phase: 'moving', done: item.done, total: item.total } })
          else set({ moving: { phase: 'moved', result: item.result } })
        }
      } catch (error) {
        set({ problem: wordsOfError(error), moving: { phase: 'none' } })
      }
      await open(project)
    },
  }))
  labels.subscribe(({ project, said, problem }, before) => {
    if (project !== before.project) store.setState({ project, moving: { phase: 'none' } })
    if (said !== before.said) store.setState({ corrections: movable(labelledFiles(said.values())) })
    if (problem !== before.problem) store.setState({ problem })
  })
  return store
}

/** Photos that were added stay in the project's own folder. */
function movable(files: readonly LabelledFile[]): LabelledFile[] {
  return files.filter(({ path }) => !isAddedPath(path))
}

/** The class that a person has put an image into; null if its folder applies. */
export function correctedLabel(
  corrections: readonly LabelledFile[],
  root: string,
  path: string,
): string | null {
  return corrections.find((one) => one.root === root && one.path === path)?.label ?? null
}
