/**
 * @file A folder full of files that are not images, or only half of one: each is listed with its reason, and the rest
 * is used.
 */
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { writeBadFiles } from '../core/data/bad-files.ts'
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
let bad: string[] = []

describe.skipIf(browser === null || process.platform === 'win32')(
  'a folder of bad files in a browser',
  () => {
    beforeAll(async () => {
      studio = await startStudio()
      photos = await drawPhotos(studio.home)
      bad = await writeBadFiles(join(photos, 'green'))
    })

    afterAll(async () => {
      await browser?.close()
      await studio.close()
    })

    it('names every one with its reason, and trains with the rest', async () => {
      const { page, problems } = await openWindow(browser!)
      await page.goto(await studio.address())
      await chooseInPicker(page, /Choose a folder of photos/, photos)
      await page.getByText('30 images in 3 classes').first().waitFor()

      await button(page, /files left out/).click()
      const said = (await page.locator('dialog').textContent()) ?? ''
      const images = bad.filter((name) => /\.(jpe?g|png|webp|gif|tiff?|bmp|avif)$/i.test(name))
      expect(images.length).toBeGreaterThan(10)
      expect(images.filter((name) => !said.includes(name))).toEqual([])
      await checkScreen(page, 'data-bad-files')
      await page.keyboard.press('Escape')

      await button(page, 'Continue to Model').click()
      await button(page, 'Continue to Train').click()
      await page.getByText('Details', { exact: true }).click()
      await page.getByLabel('Rounds (steps)').fill('4')
      await page.getByLabel('Images per round (batch)').fill('4')
      await button(page, 'Start training').click()
      await button(page, 'See the results').waitFor({ timeout: 60_000 })
      expect(problems).toEqual([])
    })

    it('says what to do with a folder that holds no images at all', async () => {
      const { page } = await openWindow(browser!, { width: 900, height: 600 })
      await page.goto(await studio.address())
      await chooseInPicker(page, /Choose a folder of photos/, join(studio.home, 'studio'))
      await page.locator('.notice.error').waitFor()
      await checkScreen(page, 'data-nothing')
      expect(await button(page, 'Continue to Model').isDisabled()).toBe(true)
    })
  },
)
