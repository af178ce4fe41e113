/** @file The sample set from the first start to an exported model with the keyboard alone, with a reload in the middle. */
import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { button, newPhoto, openWindow, startStudio, type RunningStudio } from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('the keyboard alone (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('goes from the sample pictures to a first result in three presses, through a reload, to the end', async () => {
    const { page, problems } = await openWindow(browser!, { width: 900, height: 600 })
    await page.goto(await studio.address())

    await press(page, button(page, /sample pictures/))
    await press(page, button(page, /Skip to Train, with “starter”/))
    await tabTo(page, page.getByText('Details', { exact: true }))
    await page.keyboard.press('Enter')
    await type(page, page.getByLabel('Rounds (steps)'), '60')
    await press(page, button(page, 'Start training'))
    await page.getByText(/^Round \d+ of 60/).waitFor()

    // What happens in the engine does not depend on the page.
    await page.reload()
    await page.getByText(/^Round \d+ of 60/).waitFor()
    await page.getByText('On other images like these').waitFor({ timeout: 180_000 })
    await press(page, button(page, 'See the results'))

    const cell = page.locator('button.cell[tabindex="0"]')
    await tabTo(page, cell)
    const first = await cell.getAttribute('aria-label')
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => cell.getAttribute('aria-label')).not.toBe(first)
    await page.keyboard.press('Enter')
    await page.locator('dialog img').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog').count()).toBe(0)

    await press(page, button(page, 'Use the model'))
    const chosen = page.waitForEvent('filechooser')
    await press(page, button(page, 'Choose images…'))
    const buffer = await newPhoto('red')
    await (await chosen).setFiles([{ name: 'new.png', mimeType: 'image/png', buffer }])
    await page.locator('.answer-name').waitFor()
    await press(page, button(page, 'Take it with you'))
    await press(page, button(page, 'Export the model'))
    await page.getByText('gives the same answers').waitFor({ timeout: 60_000 })
    expect(problems).toEqual([])
  }, 300_000)
})

/** Far more than any screen has focusable elements. */
const mostTabs = 150

/** Presses Tab until `target` has the focus, which must be visible. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.and(page.locator(':enabled, summary, [role=slider]')).first().waitFor({ timeout: 60_000 })
  for (let presses = 0; presses < mostTabs; presses++) {
    await page.keyboard.press('Tab')
    const isThere = await target
      .first()
      .evaluate((element) => element === document.activeElement || element.contains(document.activeElement))
    if (!isThere) continue
    const focus = page.locator(':focus-visible')
    expect(await focus.count()).toBe(1)
    expect(await focus.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe('none')
    return
  }
  throw new Error(`The Tab key never came to ${String(target)}.`)
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

async function type(page: Page, target: Locator, value: string): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(value)
}
