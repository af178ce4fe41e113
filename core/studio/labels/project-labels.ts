/**
 * @file Changes of a project's labels: each is stored with what it was before, answers which images are labelled otherwise
 * now, and can be undone. Changes of one project are made one after the other.
 */
import type { LabelChange, LabelState, LabelStep } from '../../api/contract/labels.ts'
import type { Project } from '../../api/contract/projects.ts'
import { reversible, withSaid, type Difference } from '../../data/label-changes.ts'
import type { Labels } from '../../data/labels.ts'
import { AppError, invariant } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { JsonFile } from '../../files/json-store.ts'
import type { Projects } from '../projects/projects.ts'
import { changedImages, describeLabels, toLabelColumns, type Described } from './described.ts'
import type { FolderChoice, ImageFolders, ListedFolders } from './image-folders.ts'
import { noHistory, withEntry, type Entry, type History } from './label-history.ts'

/** What a change is made from. */
export interface Labelling {
  readonly labels: Labels
  /** The images of the project. */
  readonly listed: ListedFolders
  /** All classes, in the order of their names. */
  readonly classes: readonly string[]
  /** Whether there is a folder of validation images. */
  readonly hasValidation: boolean
}

/** A change that is wanted. `step` leaves out how many images it changes, which follows. */
export interface Wanted {
  readonly difference: Difference
  readonly step: Omit<LabelStep, 'images'>
}

/** The labels of all projects. */
export interface ProjectLabels {
  /** @throws AppError `not_found`, or `invalid_input` where no images were chosen */
  readonly state: (project: string) => Promise<LabelState>
  /** Makes a change; where it would change nothing, `step` is null. */
  readonly change: (project: string, want: (labelling: Labelling) => Wanted) => Promise<LabelChange>
  readonly undo: (project: string) => Promise<LabelChange>
  readonly redo: (project: string) => Promise<LabelChange>
}

/** Where labels, images and what can be undone come from. */
export interface LabelSources {
  readonly projects: Pick<Projects, 'read' | 'labels' | 'changeLabels'>
  readonly folders: Pick<ImageFolders, 'list' | 'listAgain'>
  readonly historyOf: (project: string) => Pick<JsonFile<History>, 'read' | 'write'>
}

/** The labels of all projects. */
export function createProjectLabels({ projects, folders, historyOf }: LabelSources): ProjectLabels {
  const listedOf = async (project: string): Promise<ListedFolders> =>
    folders.list(await choiceOf(projects, project))
  return {
    state: async (project) => {
      const described = describeLabels(await listedOf(project), await projects.labels(project))
      const said = toLabelColumns(described, (folder, image) => described.folders[folder]?.flags[image] !== 0)
      return { classes: [...described.classes], images: said, ...endsOf(await read(historyOf(project))) }
    },
    change: async (project, want) => {
      const choice = await choiceOf(projects, project)
      const sources = { projects, historyOf }
      try {
        return await wanted(sources, project, await folders.list(choice), want)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'not_found') throw error
        // An image or a folder may have been added since.
        return wanted(sources, project, await folders.listAgain(choice), want)
      }
    },
    undo: async (project) =>
      changing({ projects, historyOf }, project, await listedOf(project), (labels, _, { done, undone }) => {
        const last = done.at(-1)
        if (last === undefined) return null
        return {
          after: withSaid(labels, last.change.before),
          needsDifference: false,
          history: () => ({ done: done.slice(0, -1), undone: [...undone, last] }),
          stepOf: () => last.step,
        }
      }),
    redo: async (project) =>
      changing({ projects, historyOf }, project, await listedOf(project), (labels, _, { done, undone }) => {
        const next = undone.at(-1)
        if (next === undefined) return null
        return {
          after: withSaid(labels, next.change.after),
          needsDifference: false,
          history: () => ({ done: [...done, next], undone: undone.slice(0, -1) }),
          stepOf: () => next.step,
        }
      }),
  }
}

async function wanted(
  sources: Omit<LabelSources, 'folders'>,
  project: string,
  listed: ListedFolders,
  want: (labelling: Labelling) => Wanted,
): Promise<LabelChange> {
  return changing(sources, project, listed, (labels, { classes }, history) => {
    const { difference, step } = want({ labels, listed, classes, hasValidation: listed.length > 1 })
    const change = reversible(labels, difference)
    const entryOf = (images: number): Entry => ({ step: { ...step, images }, change })
    return {
      after: withSaid(labels, change.after),
      needsDifference: true,
      history: (images) => withEntry(history, entryOf(images)),
      stepOf: (images) => entryOf(images).step,
    }
  })
}

/** The folders of a project, with the photos that it keeps itself. */
async function choiceOf(projects: LabelSources['projects'], project: string): Promise<FolderChoice> {
  const { added } = await projects.labels(project)
  return { ...folderChoiceOf(await projects.read(project)), added }
}

/** The folders of a project. @throws AppError `invalid_input` where none was chosen */
export function folderChoiceOf({ name, data }: Project): { folder: string; validation: string | null } {
  if (data !== null) return { folder: data.folder, validation: data.validation }
  throw new AppError('invalid_input', say`“${name}” has no images. Choose a folder first.`)
}

/** What a change leads to; both functions get the number of images that it changes. */
interface Outcome {
  readonly after: Labels
  /** Whether nothing is stored where no image and no class is different. */
  readonly needsDifference: boolean
  readonly history: (images: number) => History
  readonly stepOf: (images: number) => LabelStep
}

async function changing(
  { projects, historyOf }: Omit<LabelSources, 'folders'>,
  project: string,
  listed: ListedFolders,
  change: (labels: Labels, before: Described, history: History) => Outcome | null,
): Promise<LabelChange> {
  let answer: LabelChange | undefined
  await projects.changeLabels(project, async (labels) => {
    const before = describeLabels(listed, labels)
    const history = await read(historyOf(project))
    const outcome = change(labels, before, history)
    const after = outcome === null ? before : describeLabels(listed, outcome.after)
    const images = changedImages(before, after)
    const isSame = images.length === 0 && String(before.classes) === String(after.classes)
    if (outcome === null || (isSame && outcome.needsDifference)) {
      answer = { classes: [...before.classes], images: [], step: null, ...endsOf(history) }
      return labels
    }
    const count = images.reduce((sum, { flags }) => sum + flags.length, 0)
    const now = outcome.history(count)
    await historyOf(project).write(now)
    answer = { classes: [...after.classes], images, step: outcome.stepOf(count), ...endsOf(now) }
    return outcome.after
  })
  invariant(answer !== undefined, () => 'the change did nothing')
  return answer
}

async function read(file: Pick<JsonFile<History>, 'read'>): Promise<History> {
  return (await file.read()) ?? noHistory
}

function endsOf({ done, undone }: History): Pick<LabelState, 'undo' | 'redo'> {
  return { undo: done.at(-1)?.step ?? null, redo: undone.at(-1)?.step ?? null }
}
