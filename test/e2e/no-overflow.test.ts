/** @file No screen and no dialog makes the page itself scroll, in a real browser with scroll bars that take room. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { screens, type Screen } from '../../renderer/store/navigation.ts'
import { launchChromium } from '../support/chromium.ts'
import { checkOverflow } from '../support/overflow.ts'
import {
  button,
  chooseInPicker,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium([], { scrollBars: true })
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('the window with scroll bars (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('is never longer or wider than itself, on no screen and under no dialog', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await page.getByText('What you train appears here').waitFor()
    await checkOverflow(page, 'home without projects')
    await button(page, /Choose a folder of photos/).click()
    await page.locator('.picker-entry').first().waitFor()
    await checkOverflow(page, 'picker')
    await page.keyboard.press('Escape')

    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.getByText('30 images in 3 classes').first().waitFor()
    await button(page, 'Continue to Model').click()
    await page.getByText('images/s in training').first().waitFor()
    await unfoldAll(page)
    await checkOverflow(page, 'model unfolded')
    await button(page, 'Ask again').waitFor({ timeout: 60_000 })
    await unfoldAll(page)
    await page.locator('.few-results > li').waitFor()
    await checkOverflow(page, 'model with a preview')

    await button(page, 'Continue to Train').click()
    await page.getByText(/About .* on /).waitFor()
    await unfoldAll(page)
    await page.getByLabel('Rounds (steps)').fill('12')
    await page.getByLabel('Images per round (batch)').fill('8')
    await checkOverflow(page, 'train before')
    await button(page, 'Start training').click()
    await page.locator('.chart canvas').first().waitFor()
    await checkOverflow(page, 'train')
    await button(page, 'See the results').waitFor({ timeout: 60_000 })

    // Every screen there is, with a trained model.
    for (const screen of screens) {
      await goTo(page, screen)
      await unfoldAll(page)
      await checkOverflow(page, screen)
    }

    await goTo(page, 'home')
    await button(page, /^Delete photos/).click()
    await checkOverflow(page, 'delete question')
    await page.keyboard.press('Escape')
    await goTo(page, 'data')
    await page.locator('.wall-picture').first().dblclick()
    await page.locator('dialog img').first().waitFor()
    await checkOverflow(page, 'image of the data')
    await page.keyboard.press('Escape')
    await goTo(page, 'results')
    await page.locator('button.cell').first().click()
    await page.locator('dialog img').first().waitFor()
    await checkOverflow(page, 'images of a cell')
    expect(problems).toEqual([])
  }, 300_000)
})

async function goTo(page: Page, screen: Screen): Promise<void> {
  const opener = page.locator(`[data-screen=${screen}]`)
  // Home may show no steps before a project is open.
  if ((await opener.count()) === 0) await page.locator('.project-open').click()
  await opener.first().click()
  await page.locator('.screen h1').waitFor()
}

/** What is folded away could be too long as well. */
async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll<HTMLElement>('.screen details:not([open]) > summary'))
      fold.click()
  })
}
