/** @file The browser shell put together: the studio with a forked engine, behind the loopback server. */
import { contract } from '../../api/contract.ts'
import { serve } from '../../api/server.ts'
import { AppError } from '../../errors.ts'
import type { EngineHost } from '../engine/engine-host.ts'
import { forkEngine } from '../engine/forked-engine.ts'
import { logBug } from '../../studio/log.ts'
import { listenOnLoopback } from './loopback.ts'
import { openStudio, type OpenedStudio } from './open-studio.ts'
import { removeOpeningPage } from './opening-page.ts'
import { browserShell } from './shell-handlers.ts'

/** Where the parts of the studio are, and where it listens. */
export interface ServeOptions {
  /** Folder of the built window. */
  readonly window: string
  /** File of the engine process. */
  readonly engine: string
  /** 0 for any free one. */
  readonly port: number
  /** Called with the next address when the previous one has been used. */
  readonly onAddress: (url: string) => void
}

/** A running studio. */
export interface ServedStudio {
  /** The first address to open; its key opens one window, once. */
  readonly url: string
  readonly engine: EngineHost
  /** Saves what is being trained, and shuts everything down. */
  readonly close: () => Promise<void>
}

/**
 * Starts the browser shell.
 *
 * @throws AppError `not_found` where the window is not built, `busy` where the data folder or the port is taken
 */
export async function serveStudio(options: ServeOptions): Promise<ServedStudio> {
  const studio = await openStudio({
    window: options.window,
    spawn: () => forkEngine(options.engine),
    shell: browserShell(),
  })
  let announced = Promise.resolve()
  const onAddress = (url: string): void => {
    announced = announced.then(async () => announceNext(studio, url))
    options.onAddress(url)
  }
  try {
    const loopback = await listenOnLoopback({
      root: options.window,
      port: options.port,
      onPort: (port) => serve(port, contract, studio.handlers, logBug),
      onAddress,
    })
    await studio.announce(loopback.url)
    return {
      url: loopback.url,
      engine: studio.engine,
      close: async () => {
        await studio.save()
        await loopback.close()
        await announced
        await removeOpeningPage(loopback.url)
        await studio.release()
      },
    }
  } catch (error) {
    await studio.release()
    throw error
  }
}

/** The previous address has been used: whoever needs one later gets the next. */
async function announceNext({ announce }: OpenedStudio, url: string): Promise<void> {
  try {
    await removeOpeningPage(url)
    await announce(url)
  } catch (thrown) {
    logBug('announce', AppError.from(thrown))
  }
}
