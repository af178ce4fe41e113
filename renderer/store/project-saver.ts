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
import type { TrainingsStore } from './trainings.ts'
import type { UseStore } from './use.ts'
import { wordsOfError } from '../text/sentences.ts'

/** The stores whose choices a project saves. */
export interface Workplace {
  readonly navigation: NavigationStore
  readonly data: DataStore
  readonly model: ModelStore
  readonly training: TrainingStore
  readonly trainings: TrainingsStore
  readonly results: ResultsStore
  readonly corrections: CorrectionsStore
  readonly use: UseStore
}

/** The open project, and callbacks for changes and failures. */
export interface Shelf {
  readonly current: () => Project | null
  readonly put: (project: Project) => void
  readonly fail: (message: string) => void
  /** What failed has been made good. */
  readonly withdraw: (message: string) => void
}

const saveAfterMs = 300
const retryAfterMs = 5000
// A project that is gone or cannot be understood is no better a moment later.
const isFinal = ({ code }: AppError): boolean => ['not_found', 'unsupported', 'invalid_input'].includes(code)

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
  /** Why the last save failed, if it did. */
  let failure: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> = Promise.resolve()
  const save = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    // One after the other, or a project would be created twice.
    saving = saving.then(keepOrRetry)
    await saving
  }
  const keepOrRetry = async (): Promise<void> => {
    const told = waiting
    waiting = {}
    try {
      await keep(api, workplace, shelf, told, newName)
      if (failure !== null) shelf.withdraw(failure)
      failure = null
    } catch (thrown) {
      const error = AppError.from(thrown)
      failure = wordsOfError(error)
      shelf.fail(failure)
      if (isFinal(error)) return
      waiting = { ...told, ...waiting }
      soon(retryAfterMs)
    }
  }
  const soon = (afterMs = saveAfterMs): void => {
    timer ??= setTimeout(() => void save(), afterMs)
  }
  const { navigation, data, model, training, trainings } = workplace
  for (const one of [navigation, data, model, training, trainings]) one.subscribe(() => soon())
  return {
    save,
    begin: (name) => {
      newName = name
      waiting = {}
      failure = null
    },
    later: (change) => {
      waiting = { ...waiting, ...change }
      soon()
    },
  }
}

/** Stores what has changed; creates the project with the first images. */
async function keep(
  api: Api,
  workplace: Workplace,
  shelf: Shelf,
  told: ProjectChange,
  newName: string | null,
): Promise<void> {
  const current = shelf.current()
  const choices = choicesOf(workplace)
  if (current === null) {
    const change = { ...choices, ...told }
    if (change.data === undefined || change.data === null) return
    const project = await api.projects.create({ ...change, name: newName ?? nameOf(change.data.folder) })
    shelf.put(project)
    await workplace.corrections.getState().open(project.id)
    return
  }
  // What was passed by name is in the open project already, and so would not differ.
  const changed = { ...differences(current, choices), ...told }
  if (Object.keys(changed).length === 0) return
  const saved = await api.projects.update({ project: current.id, change: changed })
  if (shelf.current()?.id === current.id) shelf.put(saved)
}

/** What the stores say now. A step that has nothing to say, because it is at work or has failed, leaves its part out. */
function choicesOf({ navigation, data, model, training, trainings }: Workplace): ProjectChange {
  const { state: images, validationSplit } = data.getState()
  const { state: start } = model.getState()
  const { state: shown } = training.getState()
  const run = trainings.getState().open?.id ?? (shown.phase === 'run' ? shown.run.id : null)
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
    ...(run === null ? {} : { run }),
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
