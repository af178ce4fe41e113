/**
 * @file The project a person works on, and all projects. It starts by itself with the first images, saves every choice
 * shortly after it is made, and reopens where it was left off.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'

import type { Api } from '../../core/api/contract.ts'
import type { Project, ProjectSummary, TrainingChoices } from '../../core/api/contract/projects.ts'
import type { RunSummary } from '../../core/api/contract/runs.ts'
import { usualSplit, type DataStore } from './data.ts'
import type { ModelStore } from './model.ts'
import { screenNamed } from './navigation.ts'
import { createSaver, type Saver, type Workplace } from './project-saver.ts'
import { createLatestOnly } from './latest-only.ts'
import type { DroppedTree } from './send-folder.ts'
import { wordsOfError } from '../text/sentences.ts'

/** Earlier work, as far as it is known. */
export type Earlier =
  | { readonly phase: 'loading' }
  /** `runs` are those that belong to no project. */
  | {
      readonly phase: 'ready'
      readonly projects: readonly ProjectSummary[]
      readonly runs: readonly RunSummary[]
    }
  | { readonly phase: 'failed'; readonly message: string }

/** What a new project is about. */
export type Beginning =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'tree'; readonly tree: DroppedTree }
  | { readonly kind: 'sample'; readonly name: string }

export interface ProjectSubject {
  /** Null until there are images. */
  readonly current: Project | null
  readonly earlier: Earlier
  /** Why the last request about a project failed. */
  readonly problem: string | null
  /** Looks for earlier work. */
  readonly load: () => Promise<void>
  /** Closes what is open and starts a new project, on the Data step. */
  readonly begin: (beginning: Beginning) => Promise<void>
  readonly open: (project: string) => Promise<void>
  /** Opens a project file by its path, or by its content if a browser gave no path. */
  readonly openFile: (file: { readonly path: string } | { readonly content: string }) => Promise<void>
  /** Makes a project around a run that belongs to none, and opens it. */
  readonly adopt: (run: RunSummary) => Promise<void>
  readonly rename: (project: string, name: string) => Promise<void>
  /** Deletes a project, and its runs if requested. */
  readonly remove: (project: string, withRuns: boolean) => Promise<void>
  /** Saves what was decided about training; it applies to this project's next run. */
  readonly setTraining: (training: TrainingChoices) => void
  /** Saves pending changes at once. */
  readonly save: () => Promise<void>
  readonly forgetProblem: () => void
}

export type ProjectStore = StoreApi<ProjectSubject>

/** No project is open. From now on it follows the other stores. */
export function createProject(api: Api, workplace: Workplace): ProjectStore {
  return createStore((set, get) => {
    const fail = (problem: string): void => set({ problem })
    const saver = createSaver(api, workplace, {
      current: () => get().current,
      put: (current) => set({ current }),
      fail,
      withdraw: (message) => {
        if (get().problem === message) set({ problem: null })
      },
    })
    return {
      current: null,
      earlier: { phase: 'loading' },
      problem: null,
      ...opening(api, workplace, saver, set),
      ...keeping(api, workplace, set, get),
      setTraining: (training) => {
        const { current } = get()
        if (current === null) return
        set({ current: { ...current, training } })
        saver.later({ training })
      },
      save: saver.save,
      forgetProblem: () => set({ problem: null }),
    }
  })
}

type Set = (part: Partial<ProjectSubject>) => void
type Opening = Pick<ProjectSubject, 'begin' | 'open' | 'openFile' | 'adopt'>
type Keeping = Pick<ProjectSubject, 'load' | 'rename' | 'remove'>

/** How another project is opened. */
function opening(api: Api, workplace: Workplace, saver: Saver, set: Set): Opening {
  const single = createLatestOnly()
  const fail = (problem: string): void => set({ problem })
  const show = async (id: string, signal: AbortSignal): Promise<void> => {
    await saver.save()
    const { project, runs } = await api.projects.get({ project: id }, { signal })
    putAside(workplace)
    set({ current: project })
    saver.begin(null)
    await restore(workplace, project, runs)
  }
  const run = async (action: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    set({ problem: null })
    await single.run(action, fail)
  }
  return {
    begin: async (beginning) =>
      run(async () => {
        await saver.save()
        putAside(workplace)
        workplace.data.getState().setSplit(usualSplit)
        set({ current: null })
        saver.begin(beginning.kind === 'sample' ? beginning.name : null)
        workplace.navigation.getState().go('data')
        await lookAt(workplace.data, beginning)
      }),
    open: async (project) => run(async (signal) => show(project, signal)),
    openFile: async (file) =>
      run(async (signal) => {
        const opened = await ('path' in file
          ? api.projects.openFile(file, { signal })
          : api.projects.openBytes(file, { signal }))
        await show(opened.project, signal)
      }),
    adopt: async ({ name, id }) =>
      run(async (signal) => {
        const project = await api.projects.create({ name, fromRun: id }, { signal })
        await show(project.id, signal)
      }),
  }
}

/** The list of projects, and what can be done with each. */
function keeping(api: Api, workplace: Workplace, set: Set, get: () => ProjectSubject): Keeping {
  const loading = createLatestOnly()
  const load = async (): Promise<void> =>
    loading.run(
      async (signal) => set({ earlier: await listEarlier(api, signal) }),
      (message) => set({ earlier: { phase: 'failed', message } }),
    )
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    set({ problem: null })
    await work().catch((error: unknown) => set({ problem: wordsOfError(error) }))
    await load()
  }
  return {
    load,
    rename: async (project, name) =>
      attempt(async () => {
        const renamed = await api.projects.update({ project, change: { name } })
        if (get().current?.id === project) set({ current: renamed })
      }),
    remove: async (project, withRuns) =>
      attempt(async () => {
        await api.projects.remove({ project, runs: withRuns })
        if (get().current?.id !== project) return
        putAside(workplace)
        set({ current: null })
      }),
  }
}

async function listEarlier(api: Api, signal: AbortSignal): Promise<Earlier> {
  const [projects, runs] = await Promise.all([
    api.projects.list(undefined, { signal }),
    api.runs.list(undefined, { signal }),
  ])
  const known = new Set(projects.map(({ id }) => id))
  const alone = runs.filter(({ project }) => project === null || !known.has(project))
  return { phase: 'ready', projects, runs: alone }
}

/** Nothing of the previous project may show in the next one. */
function putAside({ data, training, trainings, results, use }: Workplace): void {
  data.getState().cancel()
  training.getState().leave()
  trainings.getState().clear()
  results.getState().forget()
  use.getState().clear()
}

async function lookAt(data: DataStore, beginning: Beginning): Promise<void> {
  const { check, receive, useSample } = data.getState()
  if (beginning.kind === 'folder') await check(beginning.folder)
  if (beginning.kind === 'tree') await receive(beginning.tree)
  if (beginning.kind === 'sample') await useSample()
}

/** Restores every step. What can no longer be found says so on its own step. */
async function restore(
  { navigation, data, model, trainings, corrections }: Workplace,
  project: Project,
  runs: readonly RunSummary[],
): Promise<void> {
  navigation.getState().go(screenNamed(project.screen))
  const { folder, validation, validationSplit } = project.data ?? {}
  if (validationSplit !== undefined) data.getState().setSplit(validationSplit)
  await Promise.all([
    corrections.getState().open(project.id),
    folder === undefined ? undefined : data.getState().check(folder, validation),
    project.model === null ? undefined : chooseModel(model, project.model),
    trainings.getState().begin(runs, project.run),
  ])
}

async function chooseModel(
  model: ModelStore,
  { path, resolution }: { readonly path: string; readonly resolution: number },
): Promise<void> {
  await model.getState().choose(path)
  model.getState().setResolution(resolution)
}
