/**
 * @file The studio as a person has it: served by a separate process, open in a real browser, its screens checked by axe
 * in both themes.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Locator, Page } from 'playwright'
import sharp from 'sharp'
import { expect } from 'vitest'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A studio running in its own folder. */
export interface RunningStudio {
  /** Where the studio keeps its files, and a test may put photos. */
  readonly home: string
  /** An address that opens one window; every call gives a new one. */
  readonly address: () => Promise<string>
  readonly process: ChildProcess
  /** Ends it as Ctrl-C does, and removes its folder. */
  readonly close: () => Promise<void>
}

/** Serves the studio as `npm run studio serve` does. */
export async function startStudio(): Promise<RunningStudio> {
  const home = mkdtempSync(join(tmpdir(), 'vit-studio-e2e-'))
  const server = spawn(process.execPath, ['build/run.mjs', 'studio', 'serve'], {
    cwd: root,
    env: { ...process.env, VIT_STUDIO_HOME: join(home, 'studio') },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    home,
    address: addressesOf(server),
    process: server,
    close: async () => {
      if (server.exitCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve))
        server.kill('SIGTERM')
        await ended
      }
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The addresses that a program prints, one after the other: it prints the next when one has been used. */
export function addressesOf(child: ChildProcess): () => Promise<string> {
  let printed = ''
  let given = 0
  child.stdout?.on('data', (chunk) => (printed += String(chunk)))
  return async () => {
    const place = given++
    for (;;) {
      const found = [...printed.matchAll(/http:\S+(?=\n)/g)][place]
      if (found !== undefined) return found[0]
      if (child.exitCode !== null) throw new Error(`The server ended before it gave an address: ${printed}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }
}

/** A window of the studio, and what its browser complained about: errors, warnings, a violated content security policy. */
export interface StudioWindow {
  readonly context: BrowserContext
  readonly page: Page
  readonly problems: string[]
}

/** A window that shows nothing yet. */
export async function openWindow(
  browser: Browser,
  viewport = { width: 1280, height: 800 },
): Promise<StudioWindow> {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' })
  const page = await context.newPage()
  return { context, page, problems: watchProblems(page) }
}

/** What a page's browser complains about from now on. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return problems
}

/** The button of this name. */
export function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name })
}

/** Chooses a folder after a click on `opener`, by its path in the picker that replaces the system's dialog. */
export async function chooseInPicker(page: Page, opener: string | RegExp, folder: string): Promise<void> {
  await button(page, opener).click()
  await page.getByLabel('Path').fill(folder)
  await button(page, 'Go').click()
  await button(page, `Choose “${folder.slice(folder.lastIndexOf('/') + 1)}”`).click()
}

/** Drops files and folders of this machine in the middle of the page, as a person does with the mouse; Chromium alone. */
export async function drop(page: Page, ...paths: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const data = { items: [], files: [...paths], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: width / 2, y: height / 2, data })
  }
  await session.detach()
}

/** Runs axe on the screen in both themes. */
export async function checkScreen(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [name, colorScheme, id, nodes.map(({ html }) => html)])).toEqual(
      [],
    )
  }
}

/** The colours by which the drawn photos can be told apart: one class each. */
export const kinds = { blue: '#2b5fb3', green: '#3c8a3e', red: '#b8332b' } as const

/** A folder of class folders in `folder`: ten drawings of each class, and one truncated file. */
export async function drawPhotos(folder: string): Promise<string> {
  const photos = join(folder, 'photos')
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    mkdirSync(join(photos, kind), { recursive: true })
    for (let i = 0; i < 10; i++) {
      await sharp(Buffer.from(drawing(kind, i)))
        .jpeg()
        .toFile(join(photos, kind, `${i}.jpg`))
    }
  }
  writeFileSync(join(photos, 'red', 'torn.jpg'), 'half a picture')
  return photos
}

/** The PNG of a drawing that is in no folder. */
export async function newPhoto(kind: keyof typeof kinds): Promise<Buffer> {
  return sharp(Buffer.from(drawing(kind, 99)))
    .png()
    .toBuffer()
}

function drawing(kind: keyof typeof kinds, i: number): string {
  const [x, y, r] = [60 + ((i * 37) % 80), 50 + ((i * 23) % 50), 24 + ((i * 11) % 20)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="150">
    <rect width="200" height="150" fill="hsl(${(i * 53) % 360} 25% 80%)"/>
    <circle cx="${x}" cy="${y}" r="${r}" fill="${kinds[kind]}"/></svg>`
}
