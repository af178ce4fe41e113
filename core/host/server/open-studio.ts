/** @file What every shell opens: the lock on the data folder, the engine, the answers to the window. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import type { ApiHandlers } from '../../api/contract.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { createEngineHost, type EngineHost, type EngineProcess } from '../engine/engine-host.ts'
import { createStudio } from './handlers.ts'
import { studioHome } from '../../studio/home.ts'
import { lockHome } from '../../studio/lock.ts'
import { deleteRemovedRuns } from '../../studio/runs/removed-runs.ts'
import type { Trainings } from '../../studio/runs/trainings.ts'

/** What differs between the shells. */
export interface OpenOptions {
  /** Folder of the built window. */
  readonly window: string
  /** Starts an engine process. */
  readonly spawn: () => EngineProcess
  readonly shell: ApiHandlers['shell']
}

/** A studio that has its data folder to itself. */
export interface OpenedStudio {
  readonly handlers: ApiHandlers
  readonly engine: EngineHost
  readonly trainings: Trainings
  /** Tells a second studio where this one can be found. */
  readonly announce: (url: string) => Promise<void>
  /** Saves what is being trained and stops the engine. */
  readonly save: () => Promise<void>
  /** Frees the data folder. */
  readonly release: () => Promise<void>
}

/**
 * Opens the studio.
 *
 * @throws AppError `not_found` where the window is not built, `busy` where another studio has the data folder
 */
export async function openStudio({ window, spawn, shell }: OpenOptions): Promise<OpenedStudio> {
  if (!existsSync(join(window, 'index.html'))) {
    throw new AppError('not_found', say`The window is not built: ${window} is empty. Run npm run build.`)
  }
  const lock = await lockHome(studioHome())
  await deleteRemovedRuns()
  const engine = createEngineHost(spawn)
  const { handlers, trainings, close } = createStudio(engine, shell)
  return { handlers, engine, trainings, announce: lock.announce, save: close, release: lock.release }
}
