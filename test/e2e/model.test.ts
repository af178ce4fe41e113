/** @file The Model step in a real browser: a file opened and corrected, the resolution, positions, and the preview. */
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { writeHuggingFace } from '../../core/files/export-hf.ts'
import { squashed } from '../../core/vit/config.ts'
import { randomParameters, tinyConfig } from '../core/files/tiny-models.ts'
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
let model = ''

describe.skipIf(browser === null)('the Model step', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
    model = join(studio.home, 'tiny')
    const config = tinyConfig({ patch: 8, grid: { rows: 4, columns: 4 } })
    await writeHuggingFace(model, {
      config,
      parameters: randomParameters(config),
      normalisation: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
      labels: ['a', 'b', 'c'],
      positionResize: 'hf',
      framing: squashed,
    })
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('opens a model, corrects it, shows what a resolution does, and which model suits the photos', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await button(page, 'Continue to Model').click()
    await page.getByText('images/s in training').first().waitFor()

    await button(page, 'Choose a file…').click()
    await page.getByLabel('Path').fill(model)
    await button(page, 'Go').click()
    await button(page, 'model.safetensors').click()
    await page.getByRole('radio', { name: /tiny/ }).and(page.locator(':checked')).waitFor()

    await page.getByText('What was recognised', { exact: true }).click()
    await page.getByText('Correct it').click()
    await page.getByLabel('Heads').fill('5')
    await button(page, 'Use these values').click()
    await page.locator('.notice.error').waitFor()
    await page.getByLabel('Heads').fill('4')
    await button(page, 'Use these values').click()
    await page.getByText(/Corrected by you/).waitFor()

    const slider = page.getByRole('slider', { name: 'Resolution' })
    await slider.focus()
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight')
    await page.getByText('64 × 64 pixels').first().waitFor()
    await page.getByText('8 × 8 patches').waitFor()
    const place = button(page, /For your training, 8 × 8\. Row 3, column 3/)
    await place.waitFor()
    await place.focus()
    await page.keyboard.press('ArrowDown')
    await button(page, /For your training, 8 × 8\. Row 4, column 3/).waitFor()

    const find = page.getByPlaceholder('Find a model')
    await find.fill('no such model')
    await page.getByText('No model matches your search.').waitFor()
    await find.fill('')
    await page.getByText('No model matches your search.').waitFor({ state: 'detached' })

    // So few photos are looked at in a moment, so nobody has to ask.
    await button(page, 'Ask again').waitFor({ timeout: 60_000 })
    await page.getByText('Suits your photos best').first().waitFor()
    expect(await page.locator('.model-card .model-expected strong').count()).toBe(2)
    await page.getByText('How this was measured').click()
    expect(await page.locator('.few-results > li').count()).toBe(2)
    await page.getByText(/^Which classes tiny finds hard/).click()
    await page.getByText('Details').first().click()
    await checkScreen(page, 'model-preview')
    await page.setViewportSize({ width: 900, height: 600 })
    await checkScreen(page, 'model-preview-small')

    await page.reload()
    await page.getByText(/Corrected by you/).waitFor()
    expect(problems).toEqual([])
  }, 180_000)
})
