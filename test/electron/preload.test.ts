/**
 * @file The preload in a real browser: the page gets one way to connect and the paths of files, nothing else, and its
 * port passes the same suite as every transport.
 */
import { afterAll, describe, expect, it } from 'vitest'

import { ensureBundled } from '../../build/bundle.mjs'
import { contract } from '../../core/api/contract.ts'
import { bridgeName } from '../../core/api/desktop.ts'
import { serve } from '../../core/api/server.ts'
import { findFile, type StaticFile } from '../../core/host/server/static-files.ts'
import { launchChromium } from '../support/chromium.ts'
import { fakeHandlers } from '../support/fake-studio.ts'
import { describeTransport } from '../support/transport-suite.ts'
import { bundled, openRelayed } from './relayed-page.ts'

// Electron's pages are told when the other end of a port is closed; Chromium's only with this switch.
const browser = await launchChromium(['--enable-blink-features=MessagePortCloseEvent'])

async function plainPage(path: string): Promise<StaticFile | null> {
  if (path === '/page.js') {
    return {
      body: Buffer.from(await bundled('test/electron/page-end.ts')),
      type: 'text/javascript',
      immutable: false,
    }
  }
  const html = '<!doctype html><title></title><script type="module" src="/page.js"></script>'
  return path === '/' ? { body: Buffer.from(html), type: 'text/html', immutable: false } : null
}

describe.skipIf(browser === null)('the preload', () => {
  afterAll(async () => browser?.close())

  describeTransport("the preload's port", async () => {
    const { page, main, own } = await openRelayed(browser!, plainPage)
    await page.waitForFunction(() => document.title !== '')
    return [main, own]
  })

  it('gives the page two functions that cannot be replaced, and the paths of dropped files', async () => {
    const { page } = await openRelayed(browser!, plainPage)
    await page.waitForFunction(() => document.title !== '')
    const bridge = await page.evaluate((name) => {
      const found = (globalThis as unknown as Record<string, object>)[name] ?? {}
      return { members: Object.keys(found), isFrozen: Object.isFrozen(found) }
    }, bridgeName)
    expect(bridge).toEqual({ members: ['connect', 'pathOf'], isFrozen: true })
    expect(await page.title()).toBe('/dropped/photos')
  })

  it('connects the real window, which opens no socket', async () => {
    await ensureBundled()
    const sockets: string[] = []
    const { page, main } = await openRelayed(browser!, async (path) => findFile('dist/renderer', path))
    page.on('websocket', (socket) => sockets.push(socket.url()))
    serve(main, contract, fakeHandlers(), (method, error) => {
      throw new Error(method, { cause: error })
    })
    await page.reload()
    await page.locator('main').waitFor()
    await page.getByRole('button').first().waitFor()
    expect(sockets).toEqual([])
    main.close()
    await page.getByRole('button', { name: /reload/i }).waitFor()
  })
})
