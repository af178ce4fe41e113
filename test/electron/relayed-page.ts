/** @file Pages in a real browser with the bundled preload in them, and their ends of the port as ports of this process. */
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright'
import { onTestFinished } from 'vitest'

import { decodeMessage, encodeMessage } from '../../core/api/codec.ts'
import type { ClosablePort } from '../../core/api/port.ts'
import { fileHeaders, pageHeaders } from '../../core/host/server/page-headers.ts'
import type { StaticFile } from '../../core/host/server/static-files.ts'
import type { Relay } from './main-end.ts'

/** An address that only the test answers. */
const address = 'https://studio.test'

/** Both ends of a page's port. */
export interface RelayedPage {
  readonly page: Page
  readonly main: ClosablePort
  readonly own: ClosablePort
}

/** Opens a page of files that `find` gives, under the studio's content policy, with the preload run before it. */
export async function openRelayed(
  browser: Browser,
  find: (path: string) => Promise<StaticFile | null>,
): Promise<RelayedPage> {
  const page = await browser.newPage()
  onTestFinished(async () => page.close())
  const ends = { main: relayedPort(page, 'main'), page: relayedPort(page, 'page') }
  await page.exposeFunction('told', (end: 'main' | 'page', message: string | null) => ends[end].tell(message))
  await page.addInitScript({ content: await bundled('test/electron/main-end.ts') })
  await page.addInitScript({ content: await bundled('electron/preload.ts') })
  await page.route(`${address}/**`, async (route) => {
    const file = await find(new URL(route.request().url()).pathname)
    if (file === null) return route.fulfill({ status: 404 })
    await route.fulfill({ body: file.body, headers: { ...pageHeaders(), ...fileHeaders(file) } })
  })
  await page.goto(`${address}/`)
  return { page, main: ends.main.port, own: ends.page.port }
}

const bundles = new Map<string, Promise<string>>()

/** A script of the project for a page, with the fake Electron in it. */
export async function bundled(entry: string): Promise<string> {
  const known = bundles.get(entry) ?? bundle(entry)
  bundles.set(entry, known)
  return known
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: entry.endsWith('page-end.ts') ? 'esm' : 'iife',
    target: 'es2023',
    alias: { electron: './test/electron/fake-renderer.ts' },
  })
  return outputFiles[0]?.text ?? ''
}

interface RelayedEnd {
  readonly port: ClosablePort
  readonly tell: (message: string | null) => void
}

function relayedPort(page: Page, end: 'main' | 'page'): RelayedEnd {
  const received: ((message: unknown) => void)[] = []
  const closed: (() => void)[] = []
  const inPage = (action: Promise<unknown>): void => {
    // A page that is gone accepts nothing any more.
    action.catch(() => undefined)
  }
  return {
    tell: (message) => {
      if (message === null) closed.forEach((listener) => listener())
      else
        received.forEach((listener) =>
          listener(decodeMessage(Uint8Array.from(Buffer.from(message, 'latin1')))),
        )
    },
    port: {
      post: (message) => {
        const text = Buffer.from(encodeMessage(message)).toString('latin1')
        inPage(
          page.evaluate(([to, what]) => (globalThis as unknown as Relay).post(to, what), [
            end,
            text,
          ] as const),
        )
      },
      onMessage: (listener) => void received.push(listener),
      onClose: (listener) => void closed.push(listener),
      close: () => inPage(page.evaluate((which) => (globalThis as unknown as Relay).close(which), end)),
    },
  }
}
