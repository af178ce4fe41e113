/** @file The map in a real browser with the real engine: made, moved, a lasso, the keyboard, and through other eyes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright'

import { launchChromium } from '../support/chromium.ts'
import { checkOverflow } from '../support/overflow.ts'
import {
  button,
  checkScreen,
  chooseInPicker,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'
import { trainTwice } from '../support/train-twice.ts'

const browser = await launchChromium([], { scrollBars: true })
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('the map (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('is made of the photos, and photos are chosen on it by lasso, corrected and put back, and by keys', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.getByText('30 images').first().waitFor()
    await button(page, 'Map').click()
    const map = page.getByRole('application', { name: 'Map of 30 photos' })
    await map.waitFor({ timeout: 120_000 })
    await page.getByText(/are of its kind/).waitFor()
    await checkScreen(page, 'map')
    await checkOverflow(page, 'map')

    await button(page, /with a lasso/).click()
    await lasso(page)
    await page.getByText('30 photos chosen').first().waitFor()
    await page.locator('.bar-kind').first().click()
    const first = page.locator('.kind-button .number').first()
    await expect.poll(async () => first.innerText()).toBe('30')
    await map.focus()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => first.innerText()).toBe('10')

    await lasso(page)
    await page.keyboard.press('Escape')
    await expect.poll(async () => page.locator('.selection-bar').count()).toBe(0)

    await page.keyboard.press('ArrowRight')
    const preview = page.locator('.map-preview')
    await preview.waitFor()
    await page.keyboard.press('Space')
    await page.getByText('1 photo chosen').first().waitFor()
    await page.keyboard.press('Control+a')
    await page.getByText('30 photos chosen').first().waitFor()
    await button(page, 'Zoom in').click()
    await button(page, 'Zoom in').click()
    await button(page, 'Choose all photos in view').click()
    await expect.poll(async () => chosen(page)).toBeLessThan(30)
    await map.focus()
    await page.keyboard.press('0')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.locator('dialog[open]').waitFor()
    await page.keyboard.press('Escape')
    expect(problems).toEqual([])
    await page.close()
  }, 180_000)

  it('is opened from Results as the open training sees the photos', async () => {
    await trainTwice(studio, photos)
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await page.getByText('Circles').first().click()
    await page.locator('[data-screen=results]').click()
    await page.locator('.confusion').waitFor({ timeout: 60_000 })
    await button(page, 'Photos on the map').click()
    await page.getByRole('application', { name: 'Map of 30 photos' }).waitFor({ timeout: 120_000 })
    const eye = page.getByLabel('As seen by')
    await expect.poll(async () => eye.locator('option:checked').innerText()).toMatch(/^Run 1, trained/)
    await checkScreen(page, 'map of a run')
    expect(problems).toEqual([])
    await page.close()
  }, 180_000)
})

/** Around everything on the map. */
async function lasso(page: Page): Promise<void> {
  const box = await page.locator('.map-canvas').boundingBox()
  if (box === null) throw new Error('no map')
  const [left, top] = [box.x + 4, box.y + 4]
  const [right, bottom] = [box.x + box.width - 20, box.y + box.height - 4]
  await page.mouse.move(left, top)
  await page.mouse.down()
  for (const [x, y] of [
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const) {
    await page.mouse.move(x, y, { steps: 4 })
  }
  await page.mouse.up()
}

async function chosen(page: Page): Promise<number> {
  const bar = page.locator('.selection-bar')
  return (await bar.count()) === 0 ? 0 : Number.parseInt((await bar.innerText()).trim(), 10)
}
