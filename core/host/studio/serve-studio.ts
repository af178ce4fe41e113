/** @file The browser shell put together: the lock, the engine, the answers, the server. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { AppError } from '../../errors.ts'
import { contract } from '../../api/contract.ts'
import { serve } from '../../api/server.ts'
import { createEngineHost, type EngineHost } from './engine-host.ts'
import { createStudio } from './handlers.ts'
import { studioHome } from './home.ts'
import { lockHome } from './lock.ts'
import { logBug } from './log.ts'
import { listenOnLoopback } from './loopback.ts'

/** Where the parts of the studio lie, and where it listens. */
export interface ServeOptions {
  /** Folder of the built window. */
  readonly window: string
  /** File of the engine process. */
  readonly engine: string
  /** 0 for any free one. */
  readonly port: number
}

/** A studio that runs. */
export interface ServedStudio {
  /** The address to open, with its key. */
  readonly url: string
  readonly engine: EngineHost
  /** Saves what is being trained, and ends everything. */
  readonly close: () => Promise<void>
}

/**
 * Starts the browser shell.
 *
 * @throws AppError `not_found` where the window is not built, `busy` where the data folder or the port is taken
 */
export async function serveStudio(options: ServeOptions): Promise<ServedStudio> {
  if (!existsSync(join(options.window, 'index.html'))) {
    throw new AppError('not_found', `The window is not built: ${options.window} is empty. Run npm run build.`)
  }
  const lock = await lockHome(studioHome())
  const engine = createEngineHost(options.engine)
  const studio = createStudio(engine)
  try {
    const loopback = await listenOnLoopback({
      root: options.window,
      port: options.port,
      onPort: (port) => serve(port, contract, studio.handlers, logBug),
    })
    await lock.announce(loopback.url)
    return {
      url: loopback.url,
      engine,
      close: async () => {
        await studio.close()
        await loopback.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}
