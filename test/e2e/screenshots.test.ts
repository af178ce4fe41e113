/**
 * @file Pictures of every screen in both themes and three widths, with scroll bars, for people to look at:
 * `npm run screenshots FOLDER [PHOTOS]`. Two short runs on the sample pictures, or on a folder of one's own photos, give
 * the screens something to show.
 */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  chooseInPicker,
  drop,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const folder = process.env['VIT_STUDIO_SCREENSHOTS'] ?? ''
const photos = process.env['VIT_STUDIO_SCREENSHOT_PHOTOS'] ?? ''
const browser = folder === '' ? null : await launchChromium([], { scrollBars: true })
let studio: RunningStudio
let taken = 0

const usual = { width: 1280, height: 800 }
const sizes = [{ width: 900, height: 640 }, usual, { width: 2560, height: 1440 }] as const
/** A screen that is longer is not looked at to its end. */
const mostParts = 4

describe.skipIf(browser === null)('pictures (skipped unless npm run screenshots asks for them)', () => {
  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('are taken of every screen', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await page.getByText('What you train appears here').waitFor()
    await shoot(page, 'home')
    await button(page, /Choose a folder of photos/).click()
    await page.locator('.picker-entry').first().waitFor()
    await shoot(page, 'picker')
    await page.keyboard.press('Escape')

    if (photos === '') await button(page, /sample pictures/).click()
    else await chooseInPicker(page, /Choose a folder of photos/, photos)
    await button(page, /Skip to Train, with “starter”/).waitFor({ timeout: 60_000 })
    await shootData(page)
    await shootModel(page)
    await train(page)
    await shootResults(page)
    await train(page, { seed: '1' })
    await shootCompared(page)
    await shootUse(page)

    await page.locator('[data-screen=home]').click()
    await page.locator('.project-open').waitFor()
    await shoot(page, 'projects')
    await page.keyboard.press('Control+k')
    await shoot(page, 'palette')
    await page.keyboard.press('Escape')
    await button(page, 'Theme').click()
    await shoot(page, 'menu')
    expect(problems).toEqual([])
  }, 1_500_000)
})

async function shootData(page: Page): Promise<void> {
  await page.locator('.wall-picture').nth(3).waitFor()
  await shoot(page, 'data')
  const pictures = page.locator('.wall-picture')
  await pictures.nth(1).click()
  await pictures.nth(3).click({ modifiers: ['Control'] })
  await shoot(page, 'selection')
  await page.keyboard.press('Escape')
  await button(page, 'Map').click()
  await page.getByRole('application', { name: /^Map of/ }).waitFor({ timeout: 240_000 })
  await shoot(page, 'map')
  await button(page, 'Worth a look').click()
  await page.locator('.worth-heading').first().waitFor()
  await shoot(page, 'worth')
  await button(page, 'Wall').click()
}

async function shootModel(page: Page): Promise<void> {
  await button(page, 'Continue to Model').click()
  await page.getByText('images/s in training').first().waitFor()
  await button(page, /^(Ask again|How well would these models do\?)$/).waitFor({ timeout: 120_000 })
  await page.locator('.position-map canvas').first().waitFor()
  await shootThrough(page, 'model')
}

/** A Quick run; with a seed it is the second, of which no pictures are taken. */
async function train(page: Page, { seed }: { readonly seed?: string } = {}): Promise<void> {
  if (seed === undefined) await button(page, 'Continue to Train').click()
  else {
    await page.locator('[data-screen=train]').click()
    await button(page, 'Train again').click()
  }
  await page.getByText(/About .* on /).waitFor()
  await page.getByText('Details', { exact: true }).click()
  if (seed === undefined) await shootThrough(page, 'train')
  else await page.getByLabel('Seed').fill(seed)
  await button(page, 'Start training').click()
  if (seed === undefined) {
    await page.getByText(/^Round [4-9]\d of/).waitFor({ timeout: 300_000 })
    await shootThrough(page, 'training')
  }
  await button(page, 'See the results').waitFor({ timeout: 300_000 })
  if (seed !== undefined) return
  await page.getByText('Curves', { exact: true }).click()
  await shootThrough(page, 'trained')
}

async function shootResults(page: Page): Promise<void> {
  await button(page, 'See the results').click()
  await page.locator('.confusion').waitFor({ timeout: 60_000 })
  await shootThrough(page, 'results')
  await page.getByText('Look inside', { exact: true }).click()
  await page.locator('.inside-overlay').nth(1).waitFor({ timeout: 120_000 })
  await shootThrough(page, 'inside')
  await page.getByText('Look inside', { exact: true }).click()
  await page.locator('.mix-up').first().getByRole('button', { name: 'This label is wrong' }).click()
  await page.getByLabel('Show where it looks').check()
  await page.locator('dialog canvas').waitFor()
  await shoot(page, 'mistake')
  await page.keyboard.press('Escape')
}

async function shootCompared(page: Page): Promise<void> {
  await button(page, 'See the results').click()
  await button(page, 'All trainings').click()
  // The open run is chosen as soon as it is there; a click before that would take it away again.
  await page.getByRole('checkbox', { checked: true }).first().waitFor()
  for (const place of [0, 1]) await page.getByRole('checkbox').nth(place).check()
  await page.locator('.chart canvas').first().waitFor()
  await shootThrough(page, 'compare')
}

async function shootUse(page: Page): Promise<void> {
  await page.locator('[data-screen=use]').click()
  const test = photos === '' ? join(studio.home, 'studio', 'sample', 'test') : photos
  const [kind = ''] = readdirSync(test)
  const [first = '', second = ''] = readdirSync(join(test, kind))
  await drop(page, join(test, kind, first), join(test, kind, second))
  await page.locator('.answer-name').waitFor()
  await page.locator('.similar img').nth(3).waitFor()
  await shoot(page, 'use')
  await drop(page, join(test, kind))
  await page.getByText('Save as CSV').waitFor()
  await page.locator('.answer-cell img').first().waitFor()
  await shoot(page, 'use-folder')
  await button(page, 'Take it with you').click()
  await button(page, 'Export the model').click()
  await page.getByText('gives the same answers').waitFor({ timeout: 60_000 })
  await shootThrough(page, 'export')
}

/** What is visible, in every width and both themes. */
async function shoot(page: Page, name: string): Promise<void> {
  taken += 1
  await inEveryWidth(page, async () => takeBoth(page, name))
}

/** A screen from its top to its end, one window at a time. */
async function shootThrough(page: Page, name: string): Promise<void> {
  taken += 1
  const body: Locator = page.locator('.screen-body')
  await inEveryWidth(page, async () => {
    for (let part = 1, top = 0; part <= mostParts; part++) {
      await body.evaluate((element, to) => element.scrollTo(0, to), top)
      await takeBoth(page, part === 1 ? name : `${name}-${part}`)
      const next = await body.evaluate(nextTop)
      if (next === null) break
      top = next
    }
    await body.evaluate((element) => element.scrollTo(0, 0))
  })
}

/** Runs in the page: where the next part of a screen begins; null at its end. */
function nextTop(element: Element): number | null {
  const { scrollTop, clientHeight, scrollHeight } = element
  return scrollTop + clientHeight < scrollHeight - 1 ? scrollTop + clientHeight - 60 : null
}

async function inEveryWidth(page: Page, take: () => Promise<void>): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size)
    await take()
  }
  await page.setViewportSize(usual)
}

async function takeBoth(page: Page, name: string): Promise<void> {
  // Charts and pictures follow a new width a moment later.
  await page.waitForTimeout(300)
  const width = page.viewportSize()?.width ?? 0
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.waitForTimeout(100)
    const file = `${String(taken).padStart(2, '0')}-${name}-${width}-${colorScheme}.png`
    await page.screenshot({ path: join(folder, file) })
  }
}
