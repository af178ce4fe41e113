/** @file The trainings of a project in a real browser: an earlier one opened, renamed, used, deleted and brought back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  checkScreen,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'
import { trainTwice } from '../support/train-twice.ts'
import { withoutJumps } from '../support/window-look.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('the trainings of a project (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    await trainTwice(studio, await drawPhotos(studio.home))
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('can be opened, renamed, exported, deleted and brought back', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await page.getByText('Circles').first().click()
    await page.getByRole('heading', { level: 1, name: 'Results: Run 1' }).waitFor()

    // Another one from where its results are.
    await page.getByLabel('Open training').selectOption({ index: 1 })
    await page.getByRole('heading', { level: 1, name: 'Results: Run 0' }).waitFor()
    await page.locator('.confusion').waitFor()
    await button(page, 'All trainings').click()
    const row = page.locator('.training', { hasText: 'Run 0' })
    await row.getByText('Open now').waitFor()
    await page.locator('.chart canvas').waitFor()
    await checkScreen(page, 'trainings')

    // The keyboard alone gives it a name.
    await button(page, 'Rename Run 0').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('First try')
    await page.keyboard.press('Enter')
    await page.locator('.training', { hasText: 'First try' }).waitFor()

    await button(page, 'Use First try').click()
    await page.getByRole('heading', { level: 1, name: 'Use: First try' }).waitFor()
    await button(page, 'Take it with you').click()
    await button(page, 'Export the model').click()
    await page.getByText('gives the same answers').waitFor({ timeout: 60_000 })

    // The project opens with it.
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Use: First try' }).waitFor()

    await button(page, 'Trainings').first().click()
    await page.locator('.training').nth(1).waitFor()
    await withoutJumps(page, 'deleting a training', async () => button(page, 'Delete First try').click())
    await page.getByRole('heading', { level: 2, name: 'Run 1' }).getByText('Open now').waitFor()
    const undo = button(page, 'Bring it back')
    expect(await undo.evaluate((element) => element === document.activeElement)).toBe(true)
    await checkScreen(page, 'training-deleted')
    await page.keyboard.press('Enter')
    await page.locator('.training', { hasText: 'First try' }).waitFor()
    expect(problems).toEqual([])
  })
})
