/**
 * @file Pictures of every screen in both themes, for people to look at: `npm run screenshots FOLDER`. Two short runs on
 * the sample pictures give the screens something to show.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { button, drop, openWindow, startStudio, type RunningStudio } from '../support/studio-window.ts'

const folder = process.env['VIT_STUDIO_SCREENSHOTS'] ?? ''
const browser = folder === '' ? null : await launchChromium()
let studio: RunningStudio
let taken = 0

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

    await button(page, /sample pictures/).click()
    await button(page, /Skip to Train, with “starter”/).waitFor({ timeout: 60_000 })
    await shootThrough(page, 'data')
    await shootModel(page)
    await train(page)
    await shootResults(page)
    await train(page, { seed: '1' })
    await shootCompared(page)
    await shootUse(page)

    await page.locator('.brand').click()
    await page.locator('.project-open').waitFor()
    await shoot(page, 'projects')
    expect(problems).toEqual([])
  }, 1_200_000)
})

async function shootModel(page: Page): Promise<void> {
  await button(page, 'Continue to Model').click()
  await page.getByText('images/s in training').first().waitFor()
  await page.getByText('How the model knows where a patch is').click()
  await button(page, 'How well would these models do?').click()
  await page.locator('.few-results > li').waitFor({ timeout: 120_000 })
  await shootThrough(page, 'model')
}

/** A Quick run; with a seed it is the second, of which no pictures are taken. */
async function train(page: Page, { seed }: { readonly seed?: string } = {}): Promise<void> {
  if (seed === undefined) await button(page, 'Continue to Train').click()
  else {
    await page.locator('.step').nth(2).click()
    await button(page, 'Train again').click()
  }
  await page.getByText(/About .* on /).waitFor()
  await page.getByText('Details', { exact: true }).click()
  if (seed === undefined) await shootThrough(page, 'train')
  else await page.getByLabel('Seed').fill(seed)
  await button(page, 'Start training').click()
  if (seed === undefined) {
    await page.getByText(/^Round [6-9]\d of/).waitFor({ timeout: 300_000 })
    await shootThrough(page, 'training')
  }
  await button(page, 'See the results').waitFor({ timeout: 300_000 })
  if (seed === undefined) await shootThrough(page, 'trained')
}

async function shootResults(page: Page): Promise<void> {
  await button(page, 'See the results').click()
  await page.locator('.confusion').waitFor({ timeout: 60_000 })
  await shootThrough(page, 'results')
  await page.locator('button.mix-up-picture').first().click()
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
  await button(page, 'Use the model').click()
  const test = join(studio.home, 'studio', 'sample', 'test')
  await drop(page, join(test, 'food', 'pear.png'), join(test, 'food', 'pizza.png'))
  await page.locator('.similar img').nth(3).waitFor({ timeout: 60_000 })
  await shoot(page, 'use')
  await drop(page, test)
  await page.getByText('Save as CSV').waitFor()
  await page.locator('.answer-cell img').first().waitFor()
  await shoot(page, 'use-folder')
  await button(page, 'Take it with you').click()
  await button(page, 'Export the model').click()
  await page.getByText('gives the same answers').waitFor({ timeout: 60_000 })
  await shootThrough(page, 'export')
}

/** What is visible, in both themes. */
async function shoot(page: Page, name: string): Promise<void> {
  taken += 1
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({
      path: join(folder, `${String(taken).padStart(2, '0')}-${name}-${colorScheme}.png`),
    })
  }
}

/** The whole of a screen, one viewport at a time. */
async function shootThrough(page: Page, name: string): Promise<void> {
  const body: Locator = page.locator('.screen-body')
  for (let top = 0, part = 1; ; part++) {
    await body.evaluate((element, to) => element.scrollTo(0, to), top)
    await page.waitForTimeout(300)
    await shoot(page, part === 1 ? name : `${name}-${part}`)
    const next = await body.evaluate((element) =>
      element.scrollTop + element.clientHeight < element.scrollHeight - 1
        ? element.scrollTop + element.clientHeight - 60
        : null,
    )
    if (next === null) break
    top = next
  }
  await body.evaluate((element) => element.scrollTo(0, 0))
}
