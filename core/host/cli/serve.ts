/** @file `serve` and `start`: the studio in the browser, until it is asked to stop. */
import { once } from 'node:events'

import type { Command } from 'commander'

import { engineEntry, windowFolder } from '../../studio/assets.ts'
import { logPath } from '../../studio/log.ts'
import { keepRunningOnBugs } from '../../studio/uncaught-errors.ts'
import { openBrowser } from '../server/open-browser.ts'
import { serveStudio } from '../server/serve-studio.ts'
import type { Cli } from './cli.ts'
import { numberOption } from './options.ts'

interface ServeCommand {
  readonly port: number
}

const portOption = (): ReturnType<typeof numberOption> =>
  numberOption('--port <n>', 'port to listen on; any free one by default', {
    whole: true,
    min: 0,
    max: 65_535,
  }).default(0, 'free')

/** Adds `serve`. */
export function addServe(program: Command, cli: Cli): void {
  program
    .command('serve')
    .description(
      'serve the studio to a browser on this machine, or through an SSH tunnel with the same port on both ends',
    )
    .addOption(portOption())
    .action(async ({ port }: ServeCommand) => serveUntilStopped(cli, port))
}

/** Adds `start`. */
export function addStart(program: Command, cli: Cli): void {
  program
    .command('start')
    .description('open the studio in a browser')
    .addOption(portOption())
    .action(async ({ port }: ServeCommand) => {
      await serveUntilStopped(cli, port, async (url) => {
        if (!(await openBrowser(url)))
          cli.report.line('No browser could be started: open the address yourself.')
      })
    })
}

async function serveUntilStopped(
  { report, signal }: Cli,
  port: number,
  onReady: (url: string) => Promise<void> = async () => undefined,
): Promise<void> {
  const stopSurviving = keepRunningOnBugs('server', () => {
    report.clear()
    report.line(`Something unexpected went wrong; the studio keeps running. The details are in ${logPath()}.`)
  })
  try {
    const studio = await serveStudio({
      window: windowFolder(),
      engine: engineEntry(),
      port,
      onAddress: (url) => {
        report.line(`For another browser: ${url}`)
        report.record({ type: 'address', url })
      },
    })
    try {
      report.line(`ViT Studio: ${studio.url}`)
      report.line('The address opens one browser, once; keep it to yourself. Ctrl-C saves and closes.')
      report.record({ type: 'ready', url: studio.url })
      await onReady(studio.url)
      if (!signal.aborted) await once(signal, 'abort')
    } finally {
      await studio.close()
    }
  } finally {
    stopSurviving()
  }
  report.record({ type: 'done' })
}
