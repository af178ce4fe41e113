/** @file The images to learn from: chosen, copied in, being checked, or ready. */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { CheckedData as SentData } from '../../core/api/contract/data.ts'
import { heldOutGroups } from '../../core/data/held-out.ts'
import { invariant } from '../../core/errors.ts'
import {
  readColumns,
  readGroups,
  readSigned,
  readUnsigned,
  type ClassGroups,
  type ImageList,
} from './images.ts'
import { createLatestOnly } from './latest-only.ts'
import { placePhotos, type PhotoList } from './photo-list.ts'
import { sendFolder, type DroppedTree } from './send-folder.ts'

/** Images that are used, with their places among all photos. */
export interface UsedImages {
  readonly root: string
  readonly images: ImageList
  readonly places: Uint32Array
  readonly aside: AsideImages
}

/** Images that are not used: without a label, or left out. */
export interface AsideImages {
  readonly places: Uint32Array
  /** For each a place in the classes, −1 without one. */
  readonly labels: Int32Array
  /** For each the contract's `imageFlags`. */
  readonly flags: Uint8Array
}

type Sent = Omit<SentData, 'root' | 'images' | 'groups' | 'validation' | 'aside'>

/** What was found, with its images readable one by one. */
export interface CheckedData extends Sent, UsedImages {
  /** All photos, used or not, those of a validation folder last. */
  readonly list: PhotoList
  /** For every image the index of the first one that is never separated from it. */
  readonly groups: Uint32Array
  /** What is never separated, for every class. */
  readonly classGroups: readonly ClassGroups[]
  readonly validation: UsedImages | null
}

interface Counting {
  readonly done: number
  readonly total: number
}

export type DataState =
  | { readonly phase: 'empty' }
  /** `copying` counts bytes, the others images. */
  | ({ readonly phase: 'sampling' | 'checking' | 'copying' } & Counting)
  | {
      readonly phase: 'ready'
      readonly folder: string
      readonly validation: string | null
      readonly checked: CheckedData
      /** For a folder that was just copied in, how many of its files were not images. */
      readonly copied: { readonly left: number } | null
    }
  | {
      readonly phase: 'failed'
      readonly folder: string | null
      readonly validation: string | null
      readonly message: string
    }

/** The state with images. */
export type ReadyData = Extract<DataState, { phase: 'ready' }>

export interface DataSubject {
  readonly state: DataState
  /** Why the folder that was chosen last cannot be used, while the photos before stay. */
  readonly problem: string | null
  /** Share of each class that is held back if there is no folder for it. */
  readonly validationSplit: number
  readonly check: (folder: string, validation?: string | null) => Promise<void>
  /** Checks the same folders again; only what has changed is opened. */
  readonly checkAgain: () => Promise<void>
  /** Takes over what is different because photos were labelled otherwise; what is shown stays until then. */
  readonly recheck: () => Promise<void>
  readonly useSample: () => Promise<void>
  /** Copies a dropped folder to the studio, then checks it. */
  readonly receive: (tree: DroppedTree) => Promise<void>
  readonly cancel: () => void
  readonly setSplit: (share: number) => void
}

export type DataStore = StoreApi<DataSubject>

/** The default. */
export const usualSplit = 0.2

/** Empty at first. `project` names the project whose corrections apply. */
export function createData(api: Api, project: () => string | null = () => null): DataStore {
  const single = createLatestOnly()
  /** The photos that a check in progress would take the place of. */
  let kept: DataState | null = null
  return createStore((set, get) => {
    const show = (state: DataState): void => set({ state })
    const run = async (
      action: (signal: AbortSignal) => Promise<void>,
      folder: string | null = null,
      validation: string | null = null,
    ): Promise<void> => {
      const before = kept ?? get().state
      // What is still being looked at is given up; the photos before it are not.
      kept = before.phase === 'ready' ? before : null
      set({ problem: null })
      await single.run(action, (message) => {
        // A wrong folder takes away nothing; one that has become wrong does.
        if (before.phase === 'ready' && before.folder !== folder) set({ state: before, problem: message })
        else show({ phase: 'failed', folder, validation, message })
      })
      if (get().state.phase === 'ready' || get().state.phase === 'failed') kept = null
    }
    const check = async (folder: string, validation: string | null = null): Promise<void> => {
      const chosen = { folder, validation, project: project(), copied: null }
      await run(async (signal) => look(api, chosen, signal, show), folder, validation)
    }
    return {
      state: { phase: 'empty' },
      problem: null,
      validationSplit: usualSplit,
      check: async (folder, validation) => check(folder, validation),
      checkAgain: async () => {
        const { state } = get()
        if (state.phase !== 'ready' && state.phase !== 'failed') return
        if (state.folder !== null) await check(state.folder, state.validation)
      },
      recheck: async () => recheck(api, project(), get, show),
      useSample: async () => run(async (signal) => useSample(api, signal, show)),
      receive: async (tree) =>
        run(async (signal) => {
          show({ phase: 'copying', done: 0, total: 0 })
          const { folder, left } = await sendFolder(api, tree, signal, (done, total) =>
            show({ phase: 'copying', done, total }),
          )
          await look(api, { folder, validation: null, project: project(), copied: { left } }, signal, show)
        }),
      cancel: () => {
        single.end()
        kept = null
        set({ state: { phase: 'empty' }, problem: null })
      },
      setSplit: (validationSplit) => set({ validationSplit }),
    }
  })
}

interface Chosen {
  readonly folder: string
  readonly validation: string | null
  readonly project: string | null
  readonly copied: { readonly left: number } | null
}

/** Checks what was chosen and shows its progress, then what was found. */
async function look(
  api: Api,
  { folder, validation, project, copied }: Chosen,
  signal: AbortSignal,
  show: (state: DataState) => void,
): Promise<void> {
  show({ phase: 'checking', done: 0, total: 0 })
  const input = {
    folder,
    ...(validation === null ? {} : { validation }),
    ...(project === null ? {} : { project }),
  }
  for await (const item of api.data.check(input, { signal })) {
    if (item.type === 'progress') show({ phase: 'checking', done: item.done, total: item.total })
    else show({ phase: 'ready', folder, validation, checked: toChecked(item.data, null), copied })
  }
}

/** Opens no file. Whatever was chosen in the meantime is not replaced. */
async function recheck(
  api: Api,
  project: string | null,
  get: () => DataSubject,
  show: (state: DataState) => void,
): Promise<void> {
  const before = get().state
  if (project === null || before.phase !== 'ready') return
  // Where it cannot be done without opening files, because the studio was started again since, all is checked as at first,
  // which also says what is wrong if anything is.
  const sent = await api.data.recheck({ project }).catch(() => null)
  if (sent === null) {
    await get().checkAgain()
    return
  }
  const now = get().state
  if (now.phase !== 'ready' || now.folder !== before.folder || now.validation !== before.validation) return
  show({ ...now, checked: toChecked(sent, now.checked.list) })
}

async function useSample(api: Api, signal: AbortSignal, show: (state: DataState) => void): Promise<void> {
  show({ phase: 'sampling', done: 0, total: 0 })
  for await (const item of api.data.sample(undefined, { signal })) {
    if (item.type === 'progress') show({ phase: 'sampling', done: item.done, total: item.total })
    else {
      const chosen = { folder: item.train, validation: item.test, project: null, copied: null }
      await look(api, chosen, signal, show)
    }
  }
}

const none = new Uint32Array()

/** What was sent, readable; photos that are known keep their places. */
function toChecked(sent: SentData, before: PhotoList | null): CheckedData {
  const { classes, images, groups, validation, aside, ...rest } = sent
  const own = classes.map((one) => one.images)
  const held = classes.map((one) => one.validation ?? 0)
  const parts = [
    { root: sent.root, images: readColumns(images, own), aside },
    ...(validation === null
      ? []
      : [{ root: validation.root, images: readColumns(validation.images, held), aside: validation.aside }]),
  ].map((part) => ({ ...part, others: readColumns(part.aside, [part.aside.flags.length]) }))
  const lists = parts.flatMap(({ root, images: used, others }) => [
    { root, images: used },
    { root, images: others },
  ])
  const { list, places } = placePhotos(lists, before)
  const [first, second] = parts.map(({ root, images: used, aside: { labels, flags } }, part): UsedImages => ({
    root,
    images: used,
    places: places[2 * part] ?? none,
    aside: { places: places[2 * part + 1] ?? none, labels: readSigned(labels), flags },
  }))
  invariant(first !== undefined, () => 'a check without a folder')
  const firsts = readUnsigned(groups)
  return {
    ...rest,
    ...first,
    classes,
    list,
    groups: firsts,
    classGroups: readGroups(firsts, sent.flags, own),
    validation: second ?? null,
  }
}

/** How many images of a class are trained on and held back. */
export interface ClassSplit {
  readonly name: string
  readonly training: number
  readonly held: number
}

/** How many images of each class are trained on and held back: the split of a training with this share and seed. */
export function splitOf(
  { classes, classGroups, validation }: Pick<CheckedData, 'classes' | 'classGroups' | 'validation'>,
  share: number,
  seed: number,
): readonly ClassSplit[] {
  // A training knows only classes with images.
  let place = -1
  return classes.map(({ name, images, validation: given }, label) => {
    if (validation !== null) return { name, training: images, held: given ?? 0 }
    const { sizes = [], heldBack } = classGroups[label] ?? {}
    if (images > 0) place++
    const groups = heldOutGroups(sizes.length, share, seed, place, heldBack)
    const held = [...groups].reduce((sum, group) => sum + (sizes[group] ?? 0), 0)
    return { name, training: images - held, held }
  })
}

type Warning = CheckedData['warnings'][number]

/** Most important first: what spoils the result, what may be wrong, what is good to know. */
const order: readonly Warning['kind'][] = [
  'nestedClasses',
  'splitInside',
  'leakedCopies',
  'leakedNearCopies',
  'sameInTwoClasses',
  'nearInTwoClasses',
  'singleImage',
  'fewImages',
  'imbalance',
  'missingClasses',
  'emptyClass',
  'small',
  'narrowRange',
  'flat',
]

const mostExamples = 100

/**
 * What is worth knowing at a resolution, most important first. Which images are too small is seen here, because the
 * resolution changes more often than the images; null if it is not known yet.
 */
export function warningsFor(checked: CheckedData, resolution: number | null): readonly Warning[] {
  const known = checked.warnings.filter(({ kind }) => kind !== 'small')
  const small = resolution === null ? null : smallImages(checked, resolution)
  const rank = ({ kind }: Warning): number => (order.includes(kind) ? order.indexOf(kind) : order.length)
  return (small === null ? known : [...known, small]).sort((a, b) => rank(a) - rank(b))
}

/** Images that would have to be enlarged to more than twice their size. */
function smallImages({ root, images, classes }: CheckedData, resolution: number): Warning | null {
  const examples: { root: string; path: string; label: string }[] = []
  let smallest: { path: string; width: number; height: number } | null = null
  let found = 0
  for (let index = 0; index < images.length; index++) {
    const side = images.shorterSide(index)
    if (side >= resolution / 2) continue
    const image = images.at(index)
    if (image === undefined) continue
    const { width, height } = image
    found++
    if (examples.length < mostExamples) {
      examples.push({ root, path: image.path, label: classes[image.label]?.name ?? '' })
    }
    if (smallest === null || side < Math.min(smallest.width, smallest.height)) {
      smallest = { path: image.path, width, height }
    }
  }
  return smallest === null ? null : { kind: 'small', resolution, smallest, images: found, examples }
}
