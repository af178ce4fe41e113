/** @file A look inside a model in a real browser with the real engine: figures, photos, layers and heads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  checkScreen,
  chooseInPicker,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('a look inside (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('shows filters, positions, distances, and where every head looks in a photo', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.getByText('30 images').first().waitFor()
    await button(page, 'Continue to Model').click()
    await page.getByText('Look inside', { exact: true }).click()
    await page.getByRole('img', { name: '28 patterns as small colour pictures' }).waitFor({ timeout: 60_000 })
    await page.getByRole('img', { name: /Similarities of \d+ by \d+ positions/ }).waitFor()
    await page.getByRole('img', { name: /layer 1: \d+ to \d+ pixels/ }).waitFor({ timeout: 120_000 })
    await page.locator('.inside-overlay').waitFor({ timeout: 60_000 })
    await page.getByRole('slider', { name: 'Layer' }).fill('1')
    await page.getByText('1 of 6').waitFor()
    await page.getByRole('combobox', { name: 'Head', exact: true }).selectOption('Head 2 alone')
    await page.locator('.inside-photo').nth(2).click()
    await page.locator('.inside-overlay').waitFor()
    await checkScreen(page, 'look inside')
    expect(problems).toEqual([])
    await page.close()
  }, 240_000)
})
