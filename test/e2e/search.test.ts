/** @file The search for the best setting in a real browser: chosen, watched, paused, and read afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  chooseInPicker,
  drawPhotos,
  checkScreen,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('the search in a browser (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('shows its grid while it runs and afterwards, where it was', async () => {
    const photos = await drawPhotos(studio.home)
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await button(page, 'Continue to Model').click()
    await button(page, 'Continue to Train').click()
    await page.getByText(/About .* on /).waitFor()
    const isAsked = page.getByLabel('Find the best setting first')
    expect(await isAsked.isChecked()).toBe(false)
    await page.getByText('Thorough', { exact: true }).click()
    expect(await isAsked.isChecked()).toBe(true)
    await page.getByText('Quick', { exact: true }).click()
    // Trials of so short a training would tell nothing.
    expect(await isAsked.isDisabled()).toBe(true)
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Images per round (batch)').fill('4')
    await page.getByLabel('Rounds (steps)').fill('220')
    await isAsked.check()
    await button(page, 'Start training').click()

    const grid = page.getByRole('table', { name: 'The best setting' })
    await page
      .getByText(/^Trial 3 of 12/)
      .first()
      .waitFor({ timeout: 60_000 })
    expect(await grid.getByRole('columnheader').count()).toBe(4)
    expect(await grid.getByRole('rowheader').count()).toBe(3)
    const place = await grid.boundingBox()
    await button(page, 'Pause').click()
    await page.getByText(/^Paused during the search/).waitFor()
    await checkScreen(page, 'search-paused')
    // A window that is opened later sees the same.
    const other = await openWindow(browser!)
    await other.page.goto(await studio.address())
    await other.page.locator('.project-open').click()
    await other.page.getByText(/^Paused during the search/).waitFor()
    await button(other.page, 'Continue').click()
    await page
      .getByText(/^Trial 11 of 12/)
      .first()
      .waitFor({ timeout: 60_000 })
    expect(await grid.boundingBox()).toEqual(place)
    expect(await grid.locator('td[data-state="out"]').count()).toBe(6)
    await checkScreen(page, 'search')
    await page.getByText('On other images like these').waitFor({ timeout: 120_000 })
    await page.getByText(/^Found in .*: learning rate/).waitFor()
    expect(await grid.locator('td[data-state="chosen"]').count()).toBe(1)
    await checkScreen(page, 'searched')
    expect(problems).toEqual([])
  })
})
