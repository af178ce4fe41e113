/** @file The rail of steps in a real browser: what it says can be read, and the open step stays marked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  chooseInPicker,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('the rail (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('shows whole notes, and the open step under the pointer too', async () => {
    const { page } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.getByText('30 images in 3 classes').first().waitFor()
    for (const width of [900, 1280]) {
      await page.setViewportSize({ width, height: 720 })
      const clipped = await page
        .locator('.step-state')
        .evaluateAll((notes) => notes.filter((note) => note.scrollWidth > note.clientWidth).length)
      expect(clipped).toBe(0)
    }
    const step = page.locator('.step[aria-current=step]')
    const background = async (): Promise<string> =>
      step.evaluate((element) => getComputedStyle(element).backgroundColor)
    await page.mouse.move(800, 600)
    const marked = await background()
    await step.hover()
    expect(await background()).toBe(marked)
  })
})
