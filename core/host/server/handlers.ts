/**
 * @file The server's answers to the window. What computes is forwarded to the engine process; everything else is done
 * here, so that lists, folders and thumbnails never wait for a training step.
 */
import type { ApiHandlers, EngineHandlers, ServerHandlers } from '../../api/contract.ts'
import type { Device } from '../../api/contract/devices.ts'
import { studioVersion } from '../../studio/assets.ts'
import { catalogueHandlers } from './catalogue-handlers.ts'
import { dataHandlers } from './data-handlers.ts'
import { createDownloads } from '../../studio/models/downloads.ts'
import { forwardToEngine } from './forward.ts'
import type { EngineHost } from '../engine/engine-host.ts'
import { listFolder } from '../../studio/data/folders.ts'
import { studioHome } from '../../studio/home.ts'
import { createImageFolders } from '../../studio/labels/image-folders.ts'
import { historyFile } from '../../studio/labels/label-history.ts'
import { createProjectLabels } from '../../studio/labels/project-labels.ts'
import { labelHandlers } from './label-handlers.ts'
import { modelHandlers } from './model-handlers.ts'
import { resultHandlers } from './result-handlers.ts'
import { predictHandlers } from './predict-handlers.ts'
import { projectHandlers } from './project-handlers.ts'
import { createProjects } from '../../studio/projects/projects.ts'
import { runHandlers } from './run-handlers.ts'
import { createThumbnails } from '../../studio/data/thumbnails.ts'
import { createTrainings, type Trainings } from '../../studio/runs/trainings.ts'
import type { ServerContext } from './context.ts'

/** The answers, and how to shut down cleanly. */
export interface Studio {
  readonly handlers: ApiHandlers
  /** The training in progress, for the shell to watch. */
  readonly trainings: Trainings
  /** Stops downloads, saves what is being trained and ends the engine. */
  readonly close: () => Promise<void>
}

/** The answers of one studio over one engine, in a shell that brings its own answers. */
export function createStudio(engine: EngineHost, shell: ApiHandlers['shell']): Studio {
  const downloads = createDownloads()
  const projects = createProjects()
  const imageFolders = createImageFolders()
  const context: ServerContext = {
    engine,
    devices: createDeviceList(engine),
    trainings: createTrainings(),
    thumbnails: createThumbnails(),
    projects,
    imageFolders,
    labels: createProjectLabels({ projects, folders: imageFolders, historyOf: historyFile }),
  }
  const own: ServerHandlers = {
    shell,
    studio: { version: () => ({ version: studioVersion(), home: studioHome() }) },
    devices: { list: context.devices },
    folders: { list: async ({ path }) => listFolder(path) },
    data: dataHandlers(context),
    catalogue: catalogueHandlers(downloads),
    models: modelHandlers(context),
    projects: projectHandlers(context),
    labels: labelHandlers(context),
    runs: runHandlers(context),
    results: resultHandlers(context),
    predict: predictHandlers(),
  }
  return {
    trainings: context.trainings,
    handlers: together(own, forwardToEngine(context)),
    close: async () => {
      await downloads.close()
      await engine.close()
    },
  }
}

/** Each subject complete, whoever answers. */
function together(own: ServerHandlers, forwarded: EngineHandlers): ApiHandlers {
  const subjects = Object.keys({ ...own, ...forwarded }) as (keyof ApiHandlers)[]
  const whole = subjects.map((subject) => [
    subject,
    { ...(own as Partial<ApiHandlers>)[subject], ...(forwarded as Partial<ApiHandlers>)[subject] },
  ])
  return Object.fromEntries(whole) as ApiHandlers
}

/** Devices are probed once: it takes a second, and a training in progress would spoil the measurement. */
function createDeviceList(engine: EngineHost): () => Promise<Device[]> {
  let known: Promise<Device[]> | undefined
  return async () => {
    known ??= engine.api().devices.list()
    known.catch(() => (known = undefined))
    return known
  }
}
