/**
 * @file Saves what the stores of the window decide in the open project, shortly after it is decided; creates the
 * project with the first images.
 */
import type { Api } from '../../core/api/contract.ts'
import type { Project, ProjectChange } from '../../core/api/contract/projects.ts'
import { AppError } from '../../core/errors.ts'
import type { CorrectionsStore } from './corrections.ts'
import type { CheckedData, DataStore } from './data.ts'
import type { ModelStore } from './model.ts'
import type { NavigationStore } from './navigation.ts'
import type { ResultsStore } from './results.ts'
import type { TrainingStore } from './training.ts'
import type { UseStore } from './use.ts'

/** The stores whose choices a project saves. */
export interface Workplace {
  readonly navigation: NavigationStore
  readonly data: DataStore
  readonly model: ModelStore
  readonly training: TrainingStore
  readonly results: ResultsStore
  readonly corrections: CorrectionsStore
  readonly use: UseStore
}

/** The open project, and callbacks for changes and failures. */
export interface Shelf {
  readonly current: () => Project | null
  readonly put: (project: Project) => void
  readonly fail: (message: string) => void
}

const saveAfterMs = 300

/** What has not been saved yet, and when it will be. */
export interface Saver {
  /** Switches to another project; `name` is for one that is yet to be created. */
  readonly begin: (name: string | null) => void
  readonly later: (change: ProjectChange) => void
  readonly save: () => Promise<void>
}

/** From now on follows the stores: everything that changes within a moment is saved together. */
export function createSaver(api: Api, workplace: Workplace, shelf: Shelf): Saver {
  let newName: string | null = null
  let waiting: ProjectChange = {}
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()
  const create = async (change: ProjectChange): Promise<void> => {
    const { data } = change
    if (data === undefined || data === null) return
    const project = await api.projects.create({ ...change, name: newName ?? nameOf(data.folder) })
    shelf.put(project)
    await workplace.corrections.getState().open(project.id)
  }
  const keep = async (): Promise<void> => {
    const current = shelf.current()
    const told = waiting
    waiting = {}
    if (current === null) {
      await create({ ...choicesOf(workplace), ...told })
      return
    }
    // What was passed by name is in the open project already, and so would not differ.
    const changed = { ...differences(current, choicesOf(workplace)), ...told }
    if (Object.keys(changed).length === 0) return
    const saved = await api.projects.update({ project: current.id, change: changed })
    if (shelf.current()?.id === current.id) shelf.put(saved)
  }
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // One after the other, or a project would be created twice.
    saving = saving.then(keep).catch((error: unknown) => shelf.fail(AppError.from(error).message))
    await saving
  }
  const soon = (): void => {
    timer ??= setTimeout(() => void save(), saveAfterMs)
  }
  const { navigation, data, model, training } = workplace
  for (const one of [navigation, data, model, training]) one.subscribe(soon)
  return {
    save,
    begin: (name) => {
      newName = name
      waiting = {}
    },
    later: (change) => {
      waiting = { ...waiting, ...change }
      soon()
    },
  }
}

/** What the stores say now. A step that has nothing to say, because it is at work or has failed, leaves its part out. */
function choicesOf({ navigation, data, model, training }: Workplace): ProjectChange {
  const { state: images, validationSplit } = data.getState()
  const { state: start } = model.getState()
  const { state: run } = training.getState()
  const { screen } = navigation.getState()
  return {
    ...(screen === 'home' ? {} : { screen }),
    ...(images.phase === 'ready'
      ? {
          data: { folder: images.folder, validation: images.validation, validationSplit },
          cover: coverOf(images.checked),
        }
      : {}),
    ...(start.phase === 'ready' ? { model: { path: start.model.path, resolution: start.resolution } } : {}),
    ...(run.phase === 'run' ? { run: run.run.id } : {}),
  }
}

const mostPictures = 4

function coverOf({ root, images, classes, validation }: CheckedData): Project['cover'] {
  const pictures = images.starts.slice(0, mostPictures).flatMap((start) => {
    const image = images.at(start)
    return image === undefined ? [] : [{ folder: root, path: image.path }]
  })
  return { images: images.length + (validation?.images.length ?? 0), classes: classes.length, pictures }
}

/** The parts that differ from what is saved. */
function differences(project: Project, change: ProjectChange): ProjectChange {
  const parts = Object.entries(change).filter(
    ([part, value]) => JSON.stringify(value) !== JSON.stringify(project[part as keyof Project]),
  )
  return Object.fromEntries(parts)
}

/** The last part of a path, on any system. */
function nameOf(folder: string): string {
  return (
    folder
      .split(/[/\\]/)
      .findLast((part) => part !== '')
      ?.slice(0, 120) ?? folder
  )
}
