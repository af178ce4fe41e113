/** @file The Train step in a real browser: what is decided before, and a training that is paused, watched and read. */
import type { Locator } from 'playwright'
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
let photos = ''

describe.skipIf(browser === null)('the Train step in a browser (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('explains, estimates, shows variations, and can be paused from any window', async () => {
    const { context, page, problems } = await openWindow(browser!)
    await context.addInitScript(watchMessages)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await button(page, 'Continue to Model').click()
    await button(page, 'Continue to Train').click()

    await page.getByText(/About .* on /).waitFor()
    await page.getByText('Details', { exact: true }).click()
    await page.locator('.variations img.variation').nth(11).waitFor()
    const before = await addressesOf(page.locator('.variations img.variation'))
    await button(page, 'Shuffle again').click()
    await expect.poll(async () => addressesOf(page.locator('.variations img.variation'))).not.toEqual(before)
    await page.locator('.framing img').nth(2).waitFor()
    await page.getByRole('radio', { name: /With bars/ }).check()
    await page.getByLabel('Images per round (batch)').fill('none')
    await expect.poll(async () => button(page, 'Start training').isDisabled()).toBe(true)
    await checkScreen(page, 'train-details')
    await page.getByLabel('Images per round (batch)').fill('4')
    await page.getByLabel('Rounds (steps)').fill('60')
    await button(page, 'Start training').click()

    await page.getByText(/^Round \d+ of 60/).waitFor()
    await button(page, 'Pause').click()
    await page.getByText(/^Paused after/).waitFor()
    expect(await page.title()).toContain('Paused')
    await checkScreen(page, 'train-paused')

    // Another window sees that it is paused, and continues it.
    const other = await openWindow(browser!, { width: 900, height: 600 })
    await other.page.goto(await studio.address())
    await other.page.locator('.project-open').click()
    await other.page.getByText(/^Paused after/).waitFor()
    await button(other.page, 'Continue').click()
    await page.getByText('On other images like these').waitFor({ timeout: 120_000 })
    await other.page.getByText('On other images like these').waitFor()

    await page.getByText('Curves', { exact: true }).click()
    await page.getByLabel('Look back').focus()
    await page.keyboard.press('Home')
    await page.getByText(/^Round 1: accuracy/).waitFor()
    await page.getByLabel('Before and now').focus()
    await page.keyboard.press('Home')
    await page.getByText('Before the first round').waitFor()
    expect(await page.locator('.example').count()).toBe(6)
    await checkScreen(page, 'train-finished')
    expect(await page.evaluate(() => (globalThis as unknown as Watched).told)).toEqual([
      expect.stringContaining('training is done'),
    ])
    expect(problems).toEqual([])
  })
})

interface Watched {
  told: string[]
}

/** Runs in the page: system notifications are allowed and recorded, as if the person looked elsewhere. */
function watchMessages(): void {
  const told: string[] = []
  class Message extends EventTarget {
    static readonly permission = 'granted'
    constructor(title: string) {
      super()
      told.push(title)
    }
  }
  Object.assign(globalThis, { told, Notification: Message })
  document.hasFocus = () => false
}

async function addressesOf(images: Locator): Promise<(string | null)[]> {
  return Promise.all((await images.all()).map(async (image) => image.getAttribute('src')))
}
