/** @file How the window looks and is commanded, in a real browser: the command palette, the menus in the corner, text that can be read. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  checkScreen,
  chooseInPicker,
  drawPhotos,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'
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

  it('is large enough to read and keeps still on every screen, while a training goes on too', async () => {
    const photos = await drawPhotos(studio.home)
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.locator('.wall-picture').nth(3).waitFor()
    await checkLook(page, 'data')
    await withoutJumps(page, 'a photo is selected', () => page.locator('.wall-picture').first().click())
    await checkLook(page, 'selection')
    await withoutJumps(page, 'nothing is selected', () => page.keyboard.press('Escape'))

    await withoutJumps(page, 'the Model step opens and asks by itself', async () => {
      await goTo(page, 'model')
      await page.locator('.model-expected strong').waitFor({ timeout: 60_000 })
    })
    await checkLook(page, 'model')
    await page.getByRole('slider', { name: 'Resolution' }).focus()
    await withoutJumps(page, 'another resolution', () => page.keyboard.press('ArrowRight'))

    await withoutJumps(page, 'the Train step opens', () => goTo(page, 'train'))
    await withoutJumps(page, 'another length', () => page.getByRole('radio', { name: /Standard/ }).check())
    await page.getByRole('radio', { name: /Quick/ }).check()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('30')
    await page.getByLabel('Images per round (batch)').fill('8')
    await checkLook(page, 'settings')
    await withoutJumps(page, 'a training from its start to its end', async () => {
      await button(page, 'Start training').click()
      await page.locator('.example-image').first().waitFor({ timeout: 60_000 })
      await checkLook(page, 'training')
      await button(page, 'See the results').waitFor({ timeout: 120_000 })
    })
    await checkLook(page, 'trained')
    await withoutJumps(page, 'the results open', async () => {
      await button(page, 'See the results').click()
      await page.locator('.confusion').waitFor({ timeout: 60_000 })
    })
    await checkLook(page, 'results')
    await withoutJumps(page, 'the Use step opens', () => goTo(page, 'use'))
    await checkLook(page, 'use')
    await withoutJumps(page, 'home', () => goTo(page, 'home'))
    await checkLook(page, 'projects')
    expect(problems).toEqual([])
  }, 240_000)
})

async function goTo(page: Page, screen: string): Promise<void> {
  await page.locator(`[data-screen=${screen}]`).click()
  await page.locator('.screen h1').waitFor()
}

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
