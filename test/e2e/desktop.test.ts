/** @file The desktop program itself, if there is an Electron: its window, its page's limits, its engine, how it quits. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { ensureBundled } from '../../build/bundle.mjs'
import { startDesktop, withoutElectron } from '../support/electron.ts'

const missing = withoutElectron()

describe.skipIf(missing !== null)(`the desktop program${missing === null ? '' : ` (${missing})`}`, () => {
  beforeAll(ensureBundled)

  it('opens our page, which has nothing of Node and everything of the studio', async () => {
    const desktop = await startDesktop()
    onTestFinished(desktop.close)
    const { page, home } = desktop
    await page.getByRole('button').first().waitFor()
    expect(page.url()).toBe('app://studio/')
    const inPage = await page.evaluate(() => ({
      node: ['require', 'process', 'Buffer'].filter((name) => name in globalThis),
      bridge: Object.keys((globalThis as unknown as Record<string, object>)['vitStudioDesktop'] ?? {}),
    }))
    expect(inPage).toEqual({ node: [], bridge: ['connect', 'pathOf'] })
    expect(existsSync(join(home, 'studio', 'electron'))).toBe(true)
  })
})
