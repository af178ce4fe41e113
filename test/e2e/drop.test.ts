/** @file Dropping on the window: a folder to learn from at the beginning, and a new image at the end. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { readGoldenHeic } from '../support/golden-heic.ts'
import {
  button,
  drawPhotos,
  drop,
  checkScreen,
  newPhoto,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('dropping on the window (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('goes from a dropped folder to a dropped image', async () => {
    const photos = await drawPhotos(studio.home)
    const image = join(studio.home, 'new.png')
    writeFileSync(image, await newPhoto('blue'))
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await page.getByText('What you train appears here').waitFor()

    await drop(page, image)
    // A single photo is the beginning of a project, without a kind.
    await page.getByText('Choose the photos of one kind').waitFor()
    await drop(page, image)
    await page.getByText('These are single photos.').waitFor()
    await drop(page, photos)
    await page.getByText('A copy of what you dropped').waitFor()
    await page.getByText('30 images in 3 classes').first().waitFor()
    await checkScreen(page, 'data-dropped')

    await button(page, /Skip to Train, with “starter”/).click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('6')
    await page.getByLabel('Images per round (batch)').fill('8')
    await button(page, 'Start training').click()
    await button(page, 'See the results').waitFor({ timeout: 60_000 })

    await drop(page, image)
    await page.getByRole('heading', { level: 1, name: 'Use' }).waitFor()
    await page.locator('.answer-name').waitFor()
    await page.locator('.answer-picture').getByText('new.png').waitFor()

    // Chromium cannot show this file: the engine makes a picture of it.
    const [heic] = readGoldenHeic()
    const photo = join(studio.home, 'photo.heic')
    writeFileSync(photo, heic!.bytes)
    await drop(page, photo)
    const picture = page.getByRole('img', { name: 'photo.heic' })
    await picture.waitFor()
    await expect
      .poll(async () => picture.evaluate((shown) => shown instanceof HTMLImageElement && shown.naturalWidth))
      .toBeGreaterThan(0)
    expect(problems).toEqual([])
  })
})
