/** @file How long `npm start` takes from the command to the first picture in the browser, once everything is built. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, describe, expect, it } from 'vitest'

import { ensureBundled } from '../../build/bundle.mjs'
import { launchChromium } from '../support/chromium.ts'
import { addressesOf } from '../support/studio-window.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const browser = await launchChromium()
const goalMs = 1500

// Without a screen the studio opens no browser by itself, which would be one too many here.
const { DISPLAY: _, WAYLAND_DISPLAY: __, ...withoutScreen } = process.env

describe.skipIf(browser === null || process.platform !== 'linux')(
  'npm start (Linux, with a Chromium)',
  () => {
    afterAll(async () => browser?.close())

    // Other tests run on the same two cores: the best of three says what the studio needs by itself.
    it('shows something within a second and a half', async () => {
      await ensureBundled()
      const times = [await firstPaintMs(), await firstPaintMs(), await firstPaintMs()]
      const best = Math.min(...times)
      process.stdout.write(
        `first paint of npm start: ${Math.round(best)} ms (of ${times.map(Math.round).join(', ')})\n`,
      )
      expect(best).toBeLessThan(goalMs)
    })
  },
)

async function firstPaintMs(): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'vit-studio-start-'))
  const page = await browser!.newPage()
  const begun = performance.now()
  const server = spawn(process.execPath, ['build/run.mjs', 'start', '--port', '0'], {
    cwd: root,
    env: { ...withoutScreen, VIT_STUDIO_HOME: home, VIT_STUDIO_SHELL: 'browser' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await page.goto(await addressesOf(server)())
    await page.getByRole('heading').first().waitFor()
    return performance.now() - begun
  } finally {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    await page.close()
    rmSync(home, { recursive: true, force: true })
  }
}
