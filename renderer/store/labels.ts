/**
 * @file What a person says of the photos: their kinds, what is left out or held back, the kinds themselves. Every change
 * is shown at once, stored by the engine, and taken back with a sentence if it cannot be. Any of them can be undone.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { TablePreview } from '../../core/api/contract/label-tables.ts'
import { imageFlags, type LabelChange, type LabelStep } from '../../core/api/contract/labels.ts'
import type { ImageToPredict } from '../../core/api/contract/predict.ts'
import { readSaid, toImages, type Said } from './label-columns.ts'
import { createLatestOnly } from './latest-only.ts'
import { keyOf } from './photo-list.ts'
import type { KnownPhoto } from './photos.ts'
import { wordsOfError } from '../text/sentences.ts'

/** What was done last, to be said in passing; `way` is whether it was done, taken back or done again. */
export interface LabelNews {
  readonly way: 'done' | 'undone' | 'redone'
  readonly step: LabelStep
}

/** Photos that get one kind. */
export interface LabelledPhotos {
  readonly photos: readonly KnownPhoto[]
  readonly kind: string
}

export interface LabelsSubject {
  /** The project they belong to; null before one is open. */
  readonly project: string | null
  /** The names of all kinds in order; null until they are known. */
  readonly kinds: readonly string[] | null
  /** Photos that are not as their folders say, or have not been since the project was opened, by `keyOf`. */
  readonly said: ReadonlyMap<string, Said>
  /** What would be taken back or done again next. */
  readonly undoable: LabelStep | null
  /** Changes that are shown and not stored yet; taking back the last of them waits for it. */
  readonly pending: number
  readonly redoable: LabelStep | null
  readonly news: LabelNews | null
  /** Why the last change was not made. */
  readonly problem: string | null
  /** Fetches what was said in a project. */
  readonly open: (project: string) => Promise<void>
  /** Gives photos a kind, which is made if there is none of that name; null takes their kind away. */
  readonly label: (photos: readonly KnownPhoto[], kind: string | null) => Promise<void>
  /** Gives photos of several kinds theirs, as one step. */
  readonly labelAll: (groups: readonly LabelledPhotos[]) => Promise<void>
  /** Gives photos the kinds of the folders that they are in. */
  readonly asFolder: (photos: readonly KnownPhoto[]) => Promise<void>
  readonly leaveOut: (photos: readonly KnownPhoto[], leftOut: boolean) => Promise<void>
  readonly holdBack: (photos: readonly KnownPhoto[], heldBack: boolean) => Promise<void>
  readonly makeKind: (name: string) => Promise<void>
  readonly renameKind: (name: string, to: string) => Promise<void>
  readonly mergeKinds: (names: readonly string[], into: string) => Promise<void>
  readonly deleteKind: (name: string) => Promise<void>
  /** Labels the photos that a table names, as it was previewed. */
  readonly applyTable: (content: string, columns: TablePreview['columns']) => Promise<void>
  /** Takes an image over into the project with its label; gives its path. Fails with the engine's error. */
  readonly addPhoto: (project: string, image: ImageToPredict, label: string) => Promise<string>
  readonly undo: () => Promise<void>
  readonly redo: () => Promise<void>
  readonly forgetNews: () => void
  /** No project is open any more. */
  readonly close: () => void
}

export type LabelsStore = StoreApi<LabelsSubject>

/** What else has to do with labels. */
export interface LabelsWorld {
  /** Makes sure that there is a project, and names it; null where there are no photos. */
  readonly ensureProject: () => Promise<string | null>
  /** Called after every change that was stored. */
  readonly onChange: () => void
}

/** What is shown of a change before the engine has answered. */
type Guess = (said: Said) => Said

/** No project at first. */
export function createLabels(api: Api, { ensureProject, onChange }: LabelsWorld): LabelsStore {
  const opening = createLatestOnly()
  return createStore((set, get) => {
    const change = changer(set, get, ensureProject, onChange)
    return {
      project: null,
      kinds: null,
      said: new Map(),
      undoable: null,
      pending: 0,
      redoable: null,
      news: null,
      problem: null,
      open: async (project) =>
        opening.run(
          async (signal) => {
            if (project !== get().project) set({ ...nothingSaid, project })
            const { classes, images, undo, redo } = await api.labels.get({ project }, { signal })
            set({ kinds: classes, said: asMap(readSaid(images, classes)), undoable: undo, redoable: redo })
          },
          (problem) => set({ problem }),
        ),
      ...aboutPhotos(api, change),
      ...aboutKinds(api, change),
      applyTable: async (content, columns) =>
        change(async (project) => api.labels.applyTable({ project, source: { content }, columns }), 'done'),
      addPhoto: async (project, image, label) => {
        const { path } = await api.labels.addPhoto({ project, image, label })
        // It can be undone like any other change.
        if (get().project === project) await get().open(project)
        return path
      },
      undo: async () => change(async (project) => api.labels.undo({ project }), 'undone'),
      redo: async () => change(async (project) => api.labels.redo({ project }), 'redone'),
      forgetNews: () => set({ news: null, problem: null }),
      close: () => set({ ...nothingSaid, project: null }),
    }
  })
}

/** What is said of photos. */
function aboutPhotos(
  api: Api,
  change: Change,
): Pick<LabelsSubject, 'label' | 'labelAll' | 'asFolder' | 'leaveOut' | 'holdBack'> {
  const say = async (photos: readonly KnownPhoto[], guess: Guess, call: Call, name?: string): Promise<void> =>
    photos.length === 0 ? undefined : change(call, 'done', guessed(photos, guess, name))
  return {
    label: async (photos, kind) =>
      say(
        photos,
        labelledAs(kind),
        async (project) =>
          api.labels.set({ project, groups: toImages(photos).map((some) => ({ ...some, label: kind })) }),
        kind ?? undefined,
      ),
    labelAll: async (groups) =>
      change(
        async (project) =>
          api.labels.set({
            project,
            groups: groups.flatMap(({ photos, kind }) =>
              toImages(photos).map((some) => ({ ...some, label: kind })),
            ),
          }),
        'done',
        (now) =>
          groups.reduce<Pick<LabelsSubject, 'kinds' | 'said'>>(
            (known, { photos, kind }) => guessed(photos, labelledAs(kind), kind)(known),
            now,
          ),
      ),
    asFolder: async (photos) =>
      change(async (project) => api.labels.asFolder({ project, images: toImages(photos) }), 'done'),
    leaveOut: async (photos, leftOut) =>
      say(photos, flagged(imageFlags.leftOut, leftOut), async (project) =>
        api.labels.leaveOut({ project, images: toImages(photos), leftOut }),
      ),
    holdBack: async (photos, heldBack) =>
      say(photos, flagged(imageFlags.heldBack, heldBack), async (project) =>
        api.labels.holdBack({ project, images: toImages(photos), heldBack }),
      ),
  }
}

/** What is said of the kinds themselves. */
function aboutKinds(
  api: Api,
  change: Change,
): Pick<LabelsSubject, 'makeKind' | 'renameKind' | 'mergeKinds' | 'deleteKind'> {
  return {
    makeKind: async (name) => change(async (project) => api.labels.makeClass({ project, name }), 'done'),
    renameKind: async (name, to) =>
      change(async (project) => api.labels.renameClass({ project, name, to }), 'done'),
    mergeKinds: async (names, into) =>
      change(async (project) => api.labels.mergeClasses({ project, names: [...names], into }), 'done'),
    deleteKind: async (name) => change(async (project) => api.labels.deleteClass({ project, name }), 'done'),
  }
}

const nothingSaid = {
  kinds: null,
  said: new Map(),
  undoable: null,
  redoable: null,
  news: null,
  problem: null,
}

type Set = (part: Partial<LabelsSubject>) => void
type Get = () => LabelsSubject
type Call = (project: string) => Promise<LabelChange>
type Change = (call: Call, way: LabelNews['way'], expected?: Expected) => Promise<void>
type Expected = (now: Pick<LabelsSubject, 'kinds' | 'said'>) => Pick<LabelsSubject, 'kinds' | 'said'>

/** Makes changes one after the other: each is shown at once, and what the engine answers counts. */
function changer(
  set: Set,
  get: Get,
  ensureProject: LabelsWorld['ensureProject'],
  onChange: () => void,
): Change {
  let last: Promise<void> = Promise.resolve()
  const carryOut = async (call: Call, way: LabelNews['way']): Promise<void> => {
    const project = await ensureProject()
    if (project === null) {
      set(nothingSaid)
      return
    }
    const { classes, images, step, undo, redo } = await call(project)
    if (get().project !== project && get().project !== null) return
    const said = new Map([...get().said, ...asMap(readSaid(images, classes))])
    set({
      project,
      kinds: classes,
      said,
      undoable: undo,
      redoable: redo,
      problem: null,
      ...(step === null ? {} : { news: { way, step } }),
    })
    onChange()
  }
  return async (call, way, expected) => {
    set({ ...expected?.(get()), pending: get().pending + 1 })
    last = last
      .then(async () => carryOut(call, way))
      .catch(async (error: unknown) => {
        set({ problem: wordsOfError(error), news: null })
        const { project, open } = get()
        // What was shown in advance is not so; what the engine has is.
        if (project !== null) await open(project)
        onChange()
      })
      .finally(() => set({ pending: get().pending - 1 }))
    await last
  }
}

/** Shows photos as they will be once the change is made. */
function guessed(photos: readonly KnownPhoto[], guess: Guess, kind: string | undefined): Expected {
  return ({ said, kinds }) => {
    const next = new Map(said)
    for (const { root, path, kind: label } of photos) {
      const key = keyOf(root, path)
      next.set(key, guess({ ...(next.get(key) ?? { root, path, flags: 0 }), label }))
    }
    const isNew = kind !== undefined && kinds !== null && !kinds.includes(kind)
    return { said: next, kinds: isNew ? [...kinds, kind].sort(byName) : kinds }
  }
}

function labelledAs(kind: string | null): Guess {
  return (said) => ({ ...said, label: kind, flags: said.flags | imageFlags.labelled })
}

function flagged(flag: number, isSet: boolean): Guess {
  return (said) => ({ ...said, flags: isSet ? said.flags | flag : said.flags & ~flag })
}

function asMap(said: readonly Said[]): Map<string, Said> {
  return new Map(said.map((one) => [keyOf(one.root, one.path), one]))
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1
}
