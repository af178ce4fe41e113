/** @file Labels that a person has corrected in a project. The files stay where they are until a person asks to move them. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import {
  imageFlags,
  type LabelledFile,
  type LabelState,
  type MovedFiles,
} from '../../core/api/contract/labels.ts'
import { createLatestOnly } from './latest-only.ts'
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

/** Nothing at first. */
export function createCorrections(api: Api): CorrectionsStore {
  const opening = createLatestOnly()
  return createStore((set, get) => {
    const fail = (problem: string): void => set({ problem, moving: { phase: 'none' } })
    return {
      project: null,
      corrections: [],
      moving: { phase: 'none' },
      problem: null,
      open: async (project) =>
        opening.run(async (signal) => {
          if (project !== get().project)
            set({ project, corrections: [], moving: { phase: 'none' }, problem: null })
          set({ corrections: labelledFiles(await api.labels.get({ project }, { signal })) })
        }, fail),
      correct: async (root, path, label) => {
        const { project } = get()
        if (project === null) return
        try {
          if (label === null) await api.labels.asFolder({ project, images: [{ root, paths: path }] })
          else await api.labels.set({ project, groups: [{ root, paths: path, label }] })
          const corrections = labelledFiles(await api.labels.get({ project }))
          if (get().project === project) set({ corrections, problem: null, moving: { phase: 'none' } })
        } catch (error) {
          fail(wordsOfError(error))
        }
      },
      moveFiles: async (shown) => {
        const { project } = get()
        if (project === null) return
        try {
          set({ moving: { phase: 'moving', done: 0, total: 0 }, problem: null })
          for await (const item of api.labels.moveFiles({ project, files: [...shown] })) {
            if (item.type === 'progress')
              set({ moving: { phase: 'moving', done: item.done, total: item.total } })
            else set({ moving: { phase: 'moved', result: item.result } })
          }
          const corrections = labelledFiles(await api.labels.get({ project }))
          if (get().project === project) set({ corrections })
        } catch (error) {
          fail(wordsOfError(error))
        }
      },
    }
  })
}

/** The images to which a person gave a label. */
function labelledFiles({ classes, images }: LabelState): LabelledFile[] {
  return images.flatMap(({ root, paths, labels, flags }) => {
    const view = new DataView(labels.buffer, labels.byteOffset, labels.byteLength)
    return paths.split('//').flatMap((path, index) => {
      const label = classes[view.getInt32(4 * index, true)]
      const isLabelled = ((flags[index] ?? 0) & imageFlags.labelled) !== 0
      return isLabelled && label !== undefined ? [{ root, path, label }] : []
    })
  })
}

/** The class that a person has put an image into; null if its folder applies. */
export function correctedLabel(
  corrections: readonly LabelledFile[],
  root: string,
  path: string,
): string | null {
  return corrections.find((one) => one.root === root && one.path === path)?.label ?? null
}
