/** @file How the window looks and is commanded, in a real browser: the command palette, the menus in the corner, text that can be read. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { button, checkScreen, openWindow, startStudio, type RunningStudio } from '../support/studio-window.ts'
import { checkLook, withoutJumps } from '../support/window-look.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('the look of the window (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('has a command palette for the keyboard alone', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await button(page, /sample pictures/).waitFor()
    await checkLook(page, 'home')

    await withoutJumps(page, 'palette', () => page.keyboard.press('Control+k'))
    await checkScreen(page, 'palette')
    await checkLook(page, 'palette')
    expect(await focused(page)).toBe('combobox')
    await page.keyboard.press('Escape')
    expect(await page.locator('dialog').count()).toBe(0)

    await choose(page, 'start sample')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByText('935 images in 5 classes').first().waitFor({ timeout: 60_000 })

    await choose(page, 'mdl')
    await page.getByRole('heading', { level: 1, name: 'Model' }).waitFor()
    expect(await focused(page)).toBe('heading')

    await choose(page, 'theme dark')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
    await page.keyboard.press('Control+k')
    // What is so already is not offered.
    expect(await page.getByRole('option', { name: 'Theme: Dark' }).count()).toBe(0)
    expect(await page.getByRole('option', { name: 'Theme: Light' }).count()).toBe(1)
    await page.keyboard.press('ArrowUp')
    const last = await page.locator('.palette-option').last().getAttribute('id')
    expect(await page.locator('.palette input').getAttribute('aria-activedescendant')).toBe(last)
    await page.keyboard.press('Control+k')
    expect(await page.locator('dialog').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('has menus for the theme in the corner', async () => {
    const { page, problems } = await openWindow(browser!, { width: 900, height: 600 })
    await page.goto(await studio.address())
    const theme = button(page, 'Theme')
    await theme.focus()
    await withoutJumps(page, 'menu', () => page.keyboard.press('Enter'))
    const chosen = page.getByRole('menuitemradio', { checked: true })
    expect(await chosen.textContent()).toBe('Like the system')
    await expect.poll(async () => chosen.evaluate((one) => one === document.activeElement)).toBe(true)
    await checkScreen(page, 'menu')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    await expect.poll(async () => theme.evaluate((one) => one === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('menu').count()).toBe(0)
    expect(problems).toEqual([])
  })
})

/** Opens the palette, types and presses Enter. */
async function choose(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
}

/** The role of what has the focus, as far as this test needs it. */
async function focused(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element instanceof HTMLHeadingElement ? 'heading' : (element?.getAttribute('role') ?? null)
  })
}
