/**
 * @file The whole path in a real browser, against the real server and engine with nothing mocked: from choosing a
 * folder to a prediction, with axe on every screen in both themes. With VIT_STUDIO_SHOTS=FOLDER it leaves pictures.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Locator, Page } from 'playwright'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const shots = process.env['VIT_STUDIO_SHOTS'] ?? ''
const home = mkdtempSync(join(tmpdir(), 'vit-studio-e2e-'))
const photos = join(home, 'photos')
const kinds = { blue: '#2b5fb3', green: '#3c8a3e', red: '#b8332b' } as const
const browser = await launchChromium()

let server: ChildProcess
let url = ''

describe.skipIf(browser === null)('the studio in a browser', () => {
  beforeAll(async () => {
    await drawPhotos()
    server = spawn(process.execPath, ['build/run.mjs', 'studio', 'serve'], {
      cwd: root,
      env: { ...process.env, VIT_STUDIO_HOME: join(home, 'studio') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    url = await addressOf(server)
  })

  afterAll(async () => {
    await browser?.close()
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGTERM')
      await ended
    }
    rmSync(home, { recursive: true, force: true })
  })

  it('goes from a folder of photos to the name of a new one', async () => {
    const { page, problems } = await openPage(browser!)
    await page.goto(url)
    await page.getByText('What you train appears here').waitFor()
    await look(page, 'home')

    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill(photos)
    await button(page, 'Go').click()
    await button(page, 'Choose “photos”').waitFor()
    await look(page, 'picker')
    await button(page, 'Choose “photos”').click()
    await page.getByText('30 images in 3 kinds').first().waitFor()
    await page.getByText('1 file left out').click()
    await page.locator('img.thumb').nth(4).waitFor()
    await look(page, 'data')

    await button(page, 'Continue to Model').click()
    await page.locator('img.patches-image').waitFor()
    await look(page, 'model')

    await button(page, 'Continue to Train').click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('12')
    await page.getByLabel('Images per round (batch)').fill('8')
    await look(page, 'settings')
    await button(page, 'Start training').click()
    await page.locator('.chart canvas').first().waitFor()
    await look(page, 'training')
    await button(page, 'See the results').waitFor({ timeout: 60_000 })
    await look(page, 'trained')

    await button(page, 'See the results').click()
    await page.locator('.confusion').waitFor()
    await look(page, 'results')
    await page.locator('button.cell').first().click()
    await page.locator('dialog img').first().waitFor()
    await look(page, 'cell')
    await page.keyboard.press('Escape')

    await button(page, 'Use the model').click()
    const photo = await sharp(Buffer.from(drawing('red', 99)))
      .png()
      .toBuffer()
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'new.png', mimeType: 'image/png', buffer: photo }])
    await page.locator('.answer h3').waitFor()
    expect(await page.locator('.answer .bars li').count()).toBe(3)
    await button(page, /Export for ONNX/).click()
    await page.getByText('the answers agree').waitFor()
    await look(page, 'use')

    // A window that is opened anew finds the work where it was left.
    await page.reload()
    await page.locator('.run').click()
    await page.locator('.confusion').waitFor()
    expect(problems).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('continues a training whose engine was killed', async () => {
    const { page } = await openPage(browser!)
    await page.setViewportSize({ width: 900, height: 600 })
    await page.goto(url)
    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill(photos)
    await button(page, 'Go').click()
    await button(page, 'Choose “photos”').click()
    await button(page, 'Continue to Model').click()
    await button(page, 'Continue to Train').click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('1000')
    await page.getByLabel('Images per round (batch)').fill('4')
    await button(page, 'Start training').click()
    await page.getByText(/^Round ([2-9]|\d\d+) of/).waitFor()
    for (const pid of childrenOf(server)) process.kill(pid, 'SIGKILL')
    await page.getByText('The training was interrupted.').waitFor()
    await look(page, 'interrupted')
    await button(page, 'Continue').click()
    await button(page, 'Stop and keep the best').click()
    await page.getByText('Stopped. The best model so far is kept').waitFor()
  })

  it('says what is wrong with a path that is not there', async () => {
    const { page } = await openPage(browser!)
    await page.goto(url)
    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill('/nowhere/at/all')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('alert').textContent()).toContain('/nowhere/at/all')
  })
})

function button(page: Page, name: string | RegExp): Locator {
  return page.getByRole('button', { name })
}

/** A page that writes down what the browser complains of, a broken content policy included. */
async function openPage(from: Browser): Promise<{ page: Page; problems: string[] }> {
  const context = await from.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return { page, problems }
}

/** Asks axe about the screen in both themes. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map(({ id, nodes }) => [name, colorScheme, id, nodes.map(({ html }) => html)])).toEqual(
      [],
    )
    if (shots !== '') await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) })
  }
}

/** The first address that a program prints; what it prints afterwards is read as well, or it would end. */
async function addressOf(child: ChildProcess): Promise<string> {
  let printed = ''
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The server ended before it gave an address: ${printed}`)))
    child.stdout?.on('data', (chunk) => {
      printed += String(chunk)
      const [found] = /http:\S+/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
  })
}

/** The processes that a program has started. */
function childrenOf({ pid }: ChildProcess): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return listed.trim().split(' ').map(Number)
}

async function drawPhotos(): Promise<void> {
  for (const kind of Object.keys(kinds) as (keyof typeof kinds)[]) {
    const folder = join(photos, kind)
    mkdirSync(folder, { recursive: true })
    for (let i = 0; i < 10; i++) {
      await sharp(Buffer.from(drawing(kind, i)))
        .jpeg()
        .toFile(join(folder, `${i}.jpg`))
    }
  }
  writeFileSync(join(photos, 'red', 'torn.jpg'), 'half a picture')
}

function drawing(kind: keyof typeof kinds, i: number): string {
  const [x, y, r] = [60 + ((i * 37) % 80), 50 + ((i * 23) % 50), 24 + ((i * 11) % 20)]
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="150">
    <rect width="200" height="150" fill="hsl(${(i * 53) % 360} 25% 80%)"/>
    <circle cx="${x}" cy="${y}" r="${r}" fill="${kinds[kind]}"/></svg>`
}
