/** @file The wall of photos in a real browser: chosen by mouse and keyboard, labelled, left out, held back, undone. */
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import {
  button,
  checkScreen,
  chooseInPicker,
  drawPhotos,
  kinds,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'
import { checkOverflow } from '../support/overflow.ts'
import { checkLook, withoutJumps } from '../support/window-look.ts'

const browser = await launchChromium([], { scrollBars: true })
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('the wall in a browser (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('labels photos by mouse and keyboard, and undoes it', async () => {
    const { page, problems } = await openWindow(browser!, { width: 1280, height: 800 })
    await openPhotos(page)
    await cell(page, 1).click()
    await cell(page, 3).click({ modifiers: ['Shift'] })
    await cell(page, 0).click({ modifiers: ['ControlOrMeta'] })
    await expect.poll(async () => chosen(page)).toBe(4)
    await checkScreen(page, 'wall-chosen')
    await checkLook(page, 'wall-chosen')
    await checkOverflow(page, 'wall-chosen')

    // By the first letters of its name.
    await page.keyboard.press('l')
    await page.keyboard.type('gr')
    await page.getByRole('option', { name: 'green' }).waitFor()
    await checkScreen(page, 'wall-label')
    await withoutJumps(page, 'labelling by name', async () => page.keyboard.press('Enter'))
    await page.getByText('4 photos: “green”').waitFor()
    expect(await sizeOf(page, 'blue')).toBe('6')
    expect(await sizeOf(page, 'green')).toBe('14')
    expect(await chosen(page)).toBe(0)

    // A new kind, and everything back.
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('l')
    await page.keyboard.type('sea')
    await page.keyboard.press('Enter')
    await expect.poll(async () => sizeOf(page, 'sea')).toBe('2')
    await page.keyboard.press('Control+z')
    await page.getByText('Undone: 2 photos: “sea”').waitFor()
    await page.keyboard.press('Control+z')
    await expect.poll(async () => sizeOf(page, 'blue')).toBe('10')
    await page.keyboard.press('Control+Shift+z')
    await expect.poll(async () => sizeOf(page, 'blue')).toBe('6')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => sizeOf(page, 'blue')).toBe('10')

    // The focus alone is enough for a key.
    await page.keyboard.press('Home')
    await page.keyboard.press('3')
    await expect.poll(async () => sizeOf(page, 'red')).toBe('11')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => sizeOf(page, 'red')).toBe('10')
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('chooses with a rectangle, everything, and nothing', async () => {
    const { page, problems } = await openWindow(browser!)
    await reopen(page)
    const [first, last] = [await cell(page, 0).boundingBox(), await cell(page, 1).boundingBox()]
    if (first === null || last === null) throw new Error('the wall is empty')
    await page.mouse.move(first.x + 20, first.y + 20)
    await page.mouse.down()
    await page.mouse.move(last.x + 60, last.y + 60, { steps: 4 })
    expect(await chosen(page)).toBe(2)
    await page.mouse.up()
    expect(await chosen(page)).toBe(2)
    await withoutJumps(page, 'the selection bar', async () => page.keyboard.press('Control+a'))
    expect(await page.getByText('30 photos chosen').count()).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    expect(await page.locator('.selection-bar').count()).toBe(0)
    await button(page, 'Choose all: blue').click()
    expect(await page.getByText('10 photos chosen').count()).toBeGreaterThan(0)
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('leaves out and holds back, and filters by it', async () => {
    const { page, problems } = await openWindow(browser!)
    await reopen(page)
    await cell(page, 0).click()
    await page.keyboard.press('x')
    await page.getByText('1 photo left out').waitFor()
    await button(page, /^Left out/).click()
    await expect.poll(async () => page.locator('.wall-picture').count()).toBe(1)
    await cell(page, 0).click()
    await button(page, 'Take back in').click()
    await page.getByText('No photo fits this choice.').waitFor()
    await checkScreen(page, 'wall-empty')
    await button(page, /^All/).click()

    const before = await chipCount(page, 'Held back')
    await button(page, /^Held back \d/).click()
    await expect.poll(async () => page.locator('.wall-picture').count()).toBe(before)
    await button(page, /^Held back \d/).click()
    await page.locator('.kind-button', { hasText: 'red' }).click()
    await expect.poll(async () => page.locator('.wall-picture').count()).toBe(10)
    await page.locator('.kind-button', { hasText: 'red' }).click()
    await cell(page, 0).click()
    await page.keyboard.press('h')
    await page
      .getByText(/held back/)
      .first()
      .waitFor()
    await page.keyboard.press('Control+z')
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('renames, merges and deletes kinds, and shows a photo in large', async () => {
    const { page, problems } = await openWindow(browser!, { width: 900, height: 600 })
    await reopen(page)
    await checkScreen(page, 'wall-narrow')
    await checkLook(page, 'wall-narrow')
    await button(page, 'Rename, merge or delete: blue').click()
    await page.getByRole('menuitem', { name: 'Rename…' }).click()
    await checkScreen(page, 'wall-rename')
    await checkOverflow(page, 'wall-rename')
    await page.keyboard.type('sky')
    await page.keyboard.press('Enter')
    await expect.poll(async () => sizeOf(page, 'sky')).toBe('10')
    await button(page, 'Rename, merge or delete: sky').click()
    await page.getByRole('menuitem', { name: 'Make part of another…' }).click()
    await page.getByLabel('It becomes part of').selectOption('red')
    await button(page, 'Make one of the two').click()
    await expect.poll(async () => sizeOf(page, 'red')).toBe('20')
    await button(page, 'Undo').first().click()
    await expect.poll(async () => sizeOf(page, 'sky')).toBe('10')
    await button(page, 'Rename, merge or delete: red').click()
    await page.getByRole('menuitem', { name: 'Delete the kind' }).click()
    await button(page, /^Without a kind/).waitFor()
    for (let steps = 0; steps < 2; steps++) await page.keyboard.press('Control+z')
    await expect.poll(async () => sizeOf(page, 'blue')).toBe('10')

    await cell(page, 0).dblclick()
    await page.getByRole('dialog').locator('img').waitFor()
    await checkScreen(page, 'wall-large')
    await page.keyboard.press('ArrowRight')
    await page.getByText('2 of 30').waitFor()
    await page.getByLabel('Is the kind wrong?').click()
    await page.keyboard.type('red')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByRole('heading', { name: 'red' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await expect.poll(async () => sizeOf(page, 'red')).toBe('10')
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('labels an unsorted folder with suggestions, a table and copies', async () => {
    const unsorted = join(studio.home, 'unsorted')
    mkdirSync(unsorted)
    for (const kind of Object.keys(kinds)) {
      for (let i = 0; i < 10; i++)
        copyFileSync(join(photos, kind, `${i}.jpg`), join(unsorted, `${kind}${i}.jpg`))
    }
    const { page, problems } = await openWindow(browser!, { width: 1280, height: 900 })
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, unsorted)
    await page.getByText('Choose the photos of one kind').waitFor()
    await checkScreen(page, 'wall-unsorted')
    for (const kind of Object.keys(kinds)) {
      for (let i = 0; i < 4; i++)
        await pictureOf(page, `${kind}${i}.jpg`).click({ modifiers: ['ControlOrMeta'] })
      await page.keyboard.press('l')
      await page.keyboard.type(kind)
      await page.keyboard.press('Enter')
      await expect.poll(async () => sizeOf(page, kind)).toBe('4')
    }
    await page.getByText(/^Suggested by the model/).waitFor({ timeout: 60_000 })
    await checkScreen(page, 'wall-suggested')
    await checkOverflow(page, 'wall-suggested')

    // What is left comes from a table.
    const names = Object.keys(kinds).flatMap((kind) =>
      Array.from({ length: 10 }, (_, i) => `${kind}${i}.jpg,${kind}`),
    )
    const buffer = Buffer.from(['file,kind', ...names, 'nowhere.jpg,red'].join('\n'))
    await page
      .locator('input[type=file]')
      .setInputFiles([{ name: 'kinds.csv', mimeType: 'text/csv', buffer }])
    await page.getByText('30 photos get their kind from 31 rows.').waitFor()
    await page.getByText('nowhere.jpg').waitFor()
    await checkScreen(page, 'wall-table')
    await button(page, 'Label 30 photos').click()
    await page.getByText('All photos have a kind.').waitFor()
    for (const kind of Object.keys(kinds)) expect(await sizeOf(page, kind)).toBe('10')

    await button(page, 'More').click()
    await page.getByRole('menuitem', { name: 'Copy into class folders…' }).click()
    await chooseInPicker(page, 'Choose where…', studio.home)
    await checkScreen(page, 'wall-copy')
    await page.getByRole('dialog').getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('30 photos copied.').waitFor()
    expect(readdirSync(join(studio.home, 'unsorted by kind', 'red')).sort()).toEqual(
      Array.from({ length: 10 }, (_, i) => `red${i}.jpg`),
    )
    expect(problems).toEqual([])
  })
})

function pictureOf(page: Page, file: string): Locator {
  return page.locator(`.wall-picture[aria-label*="${file}"]`)
}

async function openPhotos(page: Page): Promise<void> {
  await page.goto(await studio.address())
  await chooseInPicker(page, /Choose a folder of photos/, photos)
  await page.locator('img.thumb').nth(3).waitFor()
}

/** The project of the first test, with everything as its folders say. */
async function reopen(page: Page): Promise<void> {
  await page.goto(await studio.address())
  await page.locator('.project-open').click()
  await page.locator('img.thumb').nth(3).waitFor()
}

function cell(page: Page, place: number): Locator {
  return page.locator(`[data-place="${place}"]`)
}

async function chosen(page: Page): Promise<number> {
  return page.locator('[role=gridcell][aria-selected=true]').count()
}

async function sizeOf(page: Page, kind: string): Promise<string | null> {
  const line = page.locator('.kind-button').filter({ has: page.getByText(kind, { exact: true }) })
  return (await line.count()) === 0 ? null : line.locator('.number').textContent()
}

async function chipCount(page: Page, name: string): Promise<number> {
  const words = await page.locator('.chip', { hasText: name }).textContent()
  return Number(words?.replaceAll(/\D/g, ''))
}
