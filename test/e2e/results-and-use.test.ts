/** @file Results and Use in a real browser, over a run of the real engine: labels corrected, tables, the camera, exports. */
import { mkdirSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { RunDetails } from '../../core/api/contract/runs.ts'
import type { RunData } from '../../core/train/run/run-record.ts'
import { launchChromium } from '../support/chromium.ts'
import {
  button,
  drawPhotos,
  checkScreen,
  newPhoto,
  openWindow,
  startStudio,
  watchProblems,
  type RunningStudio,
} from '../support/studio-window.ts'
import { connectTo, trainOnce, trainTwice } from '../support/train-twice.ts'

const browser = await launchChromium(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'])
let studio: RunningStudio
let photos = ''
let project = ''

describe.skipIf(browser === null)('results and use in a browser (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPhotos(studio.home)
    project = await trainTwice(studio, photos)
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('shows what a model makes of its images, and puts labels right', async () => {
    const { page, problems } = await openWindow(browser!)
    await openProject(page)
    await page.getByText('How sure it is').waitFor()
    await page.locator('.mix-up-picture:nth-child(2) img').first().waitFor()
    await checkScreen(page, 'results-report')

    await page
      .getByRole('radio', { name: /of its answers/ })
      .last()
      .check()
    await page.getByRole('button', { name: 'F1 score' }).click()
    expect(await page.getByRole('columnheader', { name: 'F1 score' }).getAttribute('aria-sort')).toBe(
      'ascending',
    )

    await checkReport(page)

    // A cell shows its photos when it is pointed at.
    const filled = page.locator('button.cell.right').first()
    await filled.hover()
    await page.locator('.peek h3', { hasText: 'recognised' }).waitFor()
    await page.locator('.peek img').first().waitFor()

    // The keyboard alone goes through the confusion matrix, into an image, and on to the next.
    await page.locator('button.cell[tabindex="0"]').focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')

    await page.locator('.mix-up').first().getByRole('button', { name: 'This label is wrong' }).click()
    await page.getByLabel('Show where it looks').check()
    await page.locator('canvas.lit-shade').waitFor()
    await page.locator('.dialog .bars li').first().waitFor()
    await checkScreen(page, 'image')
    await page.getByLabel('What does it show?').press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').getByText('You say:').waitFor()
    await page.keyboard.press('Escape')
    await page.getByText('1 label corrected').waitFor()
    await button(page, 'Move the files…').click()
    await checkScreen(page, 'move')
    await page.getByRole('dialog').getByRole('listitem').getByText(`${photos}/`).nth(1).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.screen').getByRole('button', { name: 'Undo' }).click()
    await page.getByText('1 label corrected').waitFor({ state: 'detached' })

    await button(page, 'All trainings').click()
    await page.locator('.chart canvas').waitFor()
    await page.getByRole('row', { name: /Seed/ }).waitFor()
    await button(page, 'Compare image by image').click()
    await page
      .getByText(/^Only “/)
      .first()
      .waitFor({ timeout: 30_000 })
    await checkScreen(page, 'compare')
    expect(problems).toEqual([])
  })

  it('names images one by one, as a table and live', async () => {
    const { page, problems } = await openWindow(browser!)
    await openProject(page)
    const suggestion = page.getByRole('radio', { name: /of its answers/ }).last()
    expect(await suggestion.isChecked()).toBe(true)
    const below = /unsure below ([\d.]+%)/.exec((await suggestion.locator('..').textContent()) ?? '')?.[1]
    await button(page, 'Use the model').click()
    const chooser = page.locator('input[type=file]')
    const buffer = await newPhoto('red')
    await chooser.setInputFiles([{ name: 'new.png', mimeType: 'image/png', buffer }])
    await page.locator('.answer-name').waitFor()
    expect(await page.locator('.answer .bars li').count()).toBe(3)
    // The drop zone has become a bar, and similar training photos stand beside the answer.
    await page.locator('.drop-bar').waitFor()
    await page.locator('.similar img').nth(3).waitFor()
    await page.getByText('On the held-back images').waitFor()
    expect(await page.locator('.threshold strong').textContent()).toBe(below)
    await checkScreen(page, 'answer')

    // A wrong answer is put right: the photo is copied into the project with its label.
    await page.getByLabel('Wrong, it is').fill('green')
    await button(page, 'Add to the training photos').click()
    await page.getByText('Added to the training photos as green').waitFor()
    await checkScreen(page, 'put right')

    // A held-back photo is answered at once, and it is known whether that is right.
    await page.getByRole('region', { name: 'Try a photo' }).getByRole('button').first().click()
    await page.locator('.answer .tag', { hasText: /right|wrong/ }).waitFor()
    await page.locator('.strip button[aria-pressed="false"]').first().click()
    await page.getByText('new.png').waitFor()

    await button(page, 'Choose a folder…').click()
    await page.getByLabel('Path').fill(photos)
    await button(page, 'Go').click()
    await button(page, 'Choose “photos”').click()
    await page.getByText('1 file left out').waitFor()
    await page.getByText('30 images shown').waitFor()
    await page.locator('.answer-cell img').first().waitFor()
    await checkScreen(page, 'grid')
    const kind = page.locator('.answer-kinds button', { hasText: /[1-9]/ }).first()
    const few = Number(await kind.locator('.number').textContent())
    await kind.click()
    await page.getByText(`${few} image${few === 1 ? '' : 's'} shown`).waitFor()
    await kind.click()
    await page.getByRole('button', { name: 'Table', exact: true }).click()
    await checkScreen(page, 'table')
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Save as CSV').click()])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 30 + 1)
    expect(lines[0]).toMatch(/^\u{FEFF}file,prediction,probability,/u)
    const sorted = join(studio.home, 'sorted')
    mkdirSync(sorted)
    await button(page, 'Copy into folders by answer…').click()
    await page.getByLabel('Path').fill(sorted)
    await button(page, 'Go').click()
    await button(page, 'Choose “sorted”').click()
    await page.getByText('30 images copied').waitFor()
    const copied = await readdir(join(sorted, 'sorted by answer'), { recursive: true })
    expect(copied.filter((name) => name.endsWith('.jpg'))).toHaveLength(30)
    await button(page, 'Close the table').click()

    await refuseCameraOnce(page)
    await button(page, 'Use the camera').click()
    await page.getByText('The camera is not allowed here.').waitFor()
    await button(page, 'Try again').click()
    await page.locator('.film .bars li').first().waitFor()
    await checkScreen(page, 'camera')
    await button(page, 'Pause').click()
    await button(page, 'Keep this picture').click()
    await page.locator('.answer-name').waitFor()
    await button(page, 'Stop the camera').click()

    await button(page, 'Take it with you').click()
    await page.getByLabel('Hugging Face').check()
    await button(page, 'Export 2 formats').click()
    await page.getByText('gives the same answers').nth(1).waitFor({ timeout: 30_000 })
    await page.getByLabel('Program').selectOption('JavaScript, Node')
    await page.getByText("import sharp from 'sharp'").waitFor()
    await checkScreen(page, 'written')
    expect(problems).toEqual([])
  })

  it('learns next time from an answer that was put right', async () => {
    const { api, close } = await connectTo(studio)
    const { runs } = await api.projects.get({ project })
    const before = await api.runs.get({ run: runs[0]!.id })
    const { classes } = before
    const after = await api.runs.get({ run: await trainOnce(api, { project, photos, seed: 2 }) })
    const total = ({ training, validation }: RunDetails): number => training + validation.length
    expect(total(after)).toBe(total(before) + 1)
    const folder = join(studio.home, 'studio', 'projects', project, 'photos')
    const stored = JSON.parse(await readFile(join(after.folder, 'data.json'), 'utf8')) as RunData
    const added = [...stored.training, ...stored.validation].filter(({ path }) => path.startsWith(folder))
    expect(added.map(({ label }) => classes[label])).toEqual(['green'])
    close()
  })
})

async function openProject(page: Page): Promise<void> {
  await page.goto(await studio.address())
  await page.getByText('Circles').first().click()
  await page.locator('[data-screen=results]').click()
  await page.locator('.confusion').waitFor({ timeout: 60_000 })
}

/** The report is one file that a browser opens by itself, accessible and without a complaint. */
async function checkReport(page: Page): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Save a report to print').click(),
  ])
  expect(download.suggestedFilename()).toBe('Run 1 report.html')
  const context = await browser!.newContext()
  const paper = await context.newPage()
  const complaints = watchProblems(paper)
  const copy = join(studio.home, 'report.html')
  await download.saveAs(copy)
  await paper.goto(pathToFileURL(copy).href)
  await paper.getByRole('heading', { name: 'Model card' }).waitFor()
  await checkScreen(paper, 'report')
  await paper.getByRole('textbox', { name: 'What it is meant for' }).fill('Sorting circles')
  await paper.emulateMedia({ media: 'print' })
  await paper.getByText('Sorting circles').waitFor()
  expect((await paper.pdf({ preferCSSPageSize: true })).length).toBeGreaterThan(10_000)
  expect(complaints).toEqual([])
  await context.close()
}

/** This browser has no way to refuse the camera: the first request fails as if a person had. */
async function refuseCameraOnce(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async () => {
      mediaDevices.getUserMedia = ask
      return Promise.reject(new DOMException('refused', 'NotAllowedError'))
    }
  })
}
