/** @file The whole path in a real browser, against the real server and engine with nothing mocked. */
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  drawPhotos,
  look,
  newPhoto,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('the studio in a browser', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('goes from a folder of photos to the name of a new one', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(studio.url)
    await page.getByText('What you train appears here').waitFor()
    await look(page, 'home')

    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill(photos)
    await button(page, 'Go').click()
    await button(page, 'Choose “photos”').waitFor()
    await look(page, 'picker')
    await button(page, 'Choose “photos”').click()
    await page.getByText('30 images in 3 kinds').first().waitFor()
    await page.getByText('1 file left out').click()
    await page.locator('img.thumb').nth(4).waitFor()
    await look(page, 'data')

    await button(page, 'Continue to Model').click()
    await page.locator('img.patches-image').waitFor()
    await look(page, 'model')

    await button(page, 'Continue to Train').click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('12')
    await page.getByLabel('Images per round (batch)').fill('8')
    await look(page, 'settings')
    await button(page, 'Start training').click()
    await page.locator('.chart canvas').first().waitFor()
    await look(page, 'training')
    await button(page, 'See the results').waitFor({ timeout: 60_000 })
    await look(page, 'trained')

    await button(page, 'See the results').click()
    await page.locator('.confusion').waitFor()
    await look(page, 'results')
    await page.locator('button.cell').first().click()
    await page.locator('dialog img').first().waitFor()
    await look(page, 'cell')
    await page.keyboard.press('Escape')

    await button(page, 'Use the model').click()
    const photo = await newPhoto('red')
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'new.png', mimeType: 'image/png', buffer: photo }])
    await page.locator('.answer h3').waitFor()
    expect(await page.locator('.answer .bars li').count()).toBe(3)
    await button(page, 'Take it with you').click()
    await button(page, 'Write the model').click()
    await page.getByText('gives the same answers').waitFor()
    await look(page, 'use')

    // A window that is opened anew finds the work where it was left.
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Use' }).waitFor()
    await page.locator('.brand').click()
    await page.locator('.project-open').waitFor()
    await look(page, 'projects')
    await page.locator('.project-open').click()
    await page.getByRole('heading', { level: 1, name: 'Use' }).waitFor()
    await button(page, /Results/).click()
    await page.locator('.confusion').waitFor()
    expect(problems).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('continues a training whose engine was killed', async () => {
    const { page } = await openWindow(browser!)
    await page.setViewportSize({ width: 900, height: 600 })
    await page.goto(studio.url)
    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill(photos)
    await button(page, 'Go').click()
    await button(page, 'Choose “photos”').click()
    await button(page, 'Continue to Model').click()
    await button(page, 'Continue to Train').click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('1000')
    await page.getByLabel('Images per round (batch)').fill('4')
    await button(page, 'Start training').click()
    await page.getByText(/^Round ([2-9]|\d\d+) of/).waitFor()
    for (const pid of childrenOf(studio.process)) process.kill(pid, 'SIGKILL')
    await page.getByText('The training was interrupted.').waitFor()
    await look(page, 'interrupted')
    await button(page, 'Continue').click()
    await button(page, 'Stop and keep the best').click()
    await page.getByText('Stopped. The best model so far is kept').waitFor()
  })

  it('says what is wrong with a path that is not there', async () => {
    const { page } = await openWindow(browser!)
    await page.goto(studio.url)
    await button(page, /Choose a folder of photos/).click()
    await page.getByLabel('Path').fill('/nowhere/at/all')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('alert').textContent()).toContain('/nowhere/at/all')
  })
})

/** The processes that a program has started. */
function childrenOf({ pid }: RunningStudio['process']): number[] {
  const listed = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return listed.trim().split(' ').map(Number)
}
