/** @file Trainings, the map and the dialogs in a real browser: accessible, large enough to read, and nothing jumps when they open. */
import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  checkScreen,
  drawPhotos,
  kinds,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'
import { trainTwice } from '../support/train-twice.ts'
import { checkLook, withoutJumps } from '../support/window-look.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('trainings, map and dialogs (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    const photos = await drawPhotos(studio.home)
    await trainTwice(studio, photos)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('open without a jump on Data, the map among them', async () => {
    const { page, problems } = await openProject()
    await goTo(page, 'data')
    await page.locator('.wall-picture img').nth(3).waitFor()
    await opens(page, 'a photo in large', async () => {
      await page.locator('.wall-picture').first().dblclick()
      await page.locator('dialog img').first().waitFor()
    })
    await withoutJumps(page, 'the next photo', () => page.keyboard.press('ArrowRight'))
    await closes(page)

    await opens(page, 'another name for a kind', async () => {
      await button(page, /^Rename, merge or delete: blue/).click()
      await page.getByRole('menuitem', { name: 'Rename…' }).click()
    })
    await withoutJumps(page, 'a name that another kind has', () => page.keyboard.type('green'))
    await closes(page)
    await opens(page, 'a kind joined to another', async () => {
      await button(page, /^Rename, merge or delete: blue/).click()
      await page.getByRole('menuitem', { name: 'Make part of another…' }).click()
    })
    await closes(page)
    await opens(page, 'a new kind', () => button(page, 'New kind').click())
    await closes(page)

    const rows = Object.keys(kinds).map((kind) => `${kind}/0.jpg,${kind}`)
    const buffer = Buffer.from(['file,kind', ...rows, 'nowhere.jpg,red'].join('\n'))
    await opens(page, 'labels from a table', async () => {
      await page
        .locator('input[type=file][accept*=csv]')
        .setInputFiles([{ name: 'kinds.csv', mimeType: 'text/csv', buffer }])
      await page.getByText('nowhere.jpg').waitFor()
    })
    await closes(page)
    await opens(page, 'copy into folders', async () => {
      await button(page, 'More').click()
      await page.getByRole('menuitem', { name: 'Copy into class folders…' }).click()
    })
    await closes(page)

    await opens(page, 'map', async () => {
      await button(page, 'Map').click()
      await page.getByRole('application', { name: /^Map of/ }).waitFor({ timeout: 120_000 })
    })
    expect(problems).toEqual([])
  }, 180_000)

  it('open without a jump on Trainings, Results and Use', async () => {
    const { page, problems } = await openProject()
    await opens(page, 'trainings', async () => {
      await button(page, 'All trainings').click()
      await page.locator('.chart canvas').first().waitFor()
    })

    await goTo(page, 'results')
    await page.locator('.mix-up-picture img').first().waitFor({ timeout: 60_000 })
    await opens(page, 'a mistake in large', async () => {
      await page.locator('button.mix-up-picture').first().click()
      await page.locator('.dialog .bars li').first().waitFor()
    })
    await withoutJumps(page, 'where it looks', async () => {
      await page.getByLabel('Show where it looks').check()
      await page.locator('canvas.lit-shade').waitFor()
    })
    await page.getByRole('dialog').getByRole('button', { name: 'Save the label' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('You say:').waitFor()
    await checkLook(page, 'put right')
    await checkScreen(page, 'put right')
    // The keys work wherever nothing is typed, and it is told over the dialog.
    await withoutJumps(page, 'told', () => dialog.locator('.label-news-line').waitFor())
    await page.keyboard.press('Control+z')
    await dialog.getByText(/^Undone: /).waitFor()
    await dialog.getByText('You say:').waitFor({ state: 'detached' })
    await closes(page)
    await page.keyboard.press('Control+Shift+z')
    await page.getByText(/^Done again: /).waitFor()
    await page.getByText('1 label corrected').waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('option', { name: /^Undo: .*Ctrl Z$/ }).waitFor()
    await checkScreen(page, 'palette with keys')
    await page.keyboard.press('Control+z')
    await closes(page)
    // The field of the palette had the focus.
    await page.getByText('1 label corrected').waitFor()
    await page.keyboard.press('Control+z')
    await page.getByText('1 label corrected').waitFor({ state: 'detached' })
    await withoutJumps(page, 'a report', () =>
      Promise.all([page.waitForEvent('download'), button(page, 'Save a report to print').click()]),
    )

    await goTo(page, 'use')
    await opens(page, 'export', () => button(page, 'Take it with you').click())
    await withoutJumps(page, 'a format', () => page.getByLabel('Hugging Face').check())
    await withoutJumps(page, 'exported', async () => {
      await button(page, 'Export 2 formats').click()
      await page.getByText('gives the same answers').nth(1).waitFor({ timeout: 60_000 })
    })
    await checkLook(page, 'exported')
    expect(problems).toEqual([])
  }, 180_000)

  it('keep Train still at 900 px, from its start to its outcome', async () => {
    const { page, problems } = await openProject({ width: 900, height: 800 })
    // Data chooses the model.
    await goTo(page, 'data')
    await page.locator('.wall-picture').first().waitFor()
    await goTo(page, 'train')
    await button(page, 'Train again…').click()
    await page.getByText('Details', { exact: true }).click()
    await page.getByLabel('Rounds (steps)').fill('12')
    await page.getByLabel('Images per round (batch)').fill('8')
    await button(page, 'Start training').click()
    await page.locator('.example-image').first().waitFor({ timeout: 60_000 })
    await withoutJumps(page, 'a training to its end', () =>
      button(page, 'See the results').waitFor({ timeout: 120_000 }),
    )
    expect(problems).toEqual([])
  }, 180_000)
})

/** On Results, with two trainings. */
async function openProject(viewport?: {
  readonly width: number
  readonly height: number
}): Promise<{ readonly page: Page; readonly problems: string[] }> {
  const { page, problems } = await openWindow(browser!, viewport)
  await page.goto(await studio.address())
  await page.locator('.project-open').first().click()
  await page.locator('[data-screen=results]').click()
  await page.locator('.confusion').waitFor({ timeout: 60_000 })
  return { page, problems }
}

async function goTo(page: Page, screen: string): Promise<void> {
  await page.locator(`[data-screen=${screen}]`).click()
  await page.locator('.screen h1').waitFor()
}

/** Does what opens something and looks at it. */
async function opens(page: Page, name: string, act: () => Promise<unknown>): Promise<void> {
  await withoutJumps(page, name, act)
  await checkLook(page, name)
  await checkScreen(page, name)
}

async function closes(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect.poll(async () => page.locator('dialog').count()).toBe(0)
}
