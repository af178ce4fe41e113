/**
 * @file 300 unsorted photos of flowers in a real browser: labelled from nothing with a model's suggestions, and trained
 * on, with every click and key command counted.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Locator, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createRandom, shuffled } from '../../core/tensor/random.ts'
import { launchChromium } from '../support/chromium.ts'
import { sharedFile, sharedFolder, withoutShared } from '../support/shared.ts'
import { button, openWindow, startStudio, type RunningStudio } from '../support/studio-window.ts'

const browser = await launchChromium()
const perKind = 60
const seeds = 3

let studio: RunningStudio
/** The kind of every photo, by its name. */
const truth = new Map<string, string>()
let kinds: string[] = []

describe.skipIf(browser === null || sharedFolder === null)(
  `labelling from nothing${withoutShared} (skipped without a Chromium)`,
  () => {
    beforeAll(async () => {
      studio = await startStudio()
      copyUnsorted(join(studio.home, 'flowers'))
    })

    afterAll(async () => {
      await browser?.close()
      await studio.close()
    })

    it('of 300 photos takes fewer than 60 clicks to a trained model', async () => {
      const { page, problems } = await openWindow(browser!, { width: 2000, height: 1100 })
      const hand = createHand(page)
      await page.goto(await studio.address())
      await chooseFolder(hand, join(studio.home, 'flowers'))
      await page.locator('img.thumb').nth(30).waitFor()
      await chooseModel(hand, sharedFile('models/deit-tiny-timm'))

      for (const kind of kinds) await labelFirst(hand, kind)
      await acceptSure(hand)
      await acceptSections(hand)
      await train(hand)

      const labelled = storedLabels()
      const right = labelled.filter(([path, label]) => truth.get(path) === label).length
      expect(labelled.length).toBeGreaterThan(0.9 * truth.size)
      expect(right / labelled.length).toBeGreaterThan(0.75)
      expect(hand.actions()).toBeLessThan(60)
      expect(problems).toEqual([])
    })
  },
)

function copyUnsorted(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const source = sharedFile('data/flowers5/train')
  kinds = readdirSync(source).sort()
  const all = kinds.flatMap((kind) =>
    readdirSync(join(source, kind))
      .sort()
      .slice(0, perKind)
      .map((name) => ({ kind, from: join(source, kind, name) })),
  )
  for (const [index, { kind, from }] of shuffled(all, createRandom(1)).entries()) {
    const name = `IMG_${String(index).padStart(4, '0')}.jpg`
    copyFileSync(from, join(folder, name))
    truth.set(name, kind)
  }
}

/** A person's hand: everything it does is counted, but for the letters it types. */
interface Hand {
  readonly page: Page
  readonly click: (what: Locator, modifiers?: 'ControlOrMeta') => Promise<void>
  readonly key: (key: string) => Promise<void>
  readonly actions: () => number
}

function createHand(page: Page): Hand {
  let actions = 0
  return {
    page,
    click: async (what, modifiers) => {
      actions++
      await what.click(modifiers === undefined ? {} : { modifiers: [modifiers] })
    },
    key: async (key) => {
      actions++
      await page.keyboard.press(key)
    },
    actions: () => actions,
  }
}

async function chooseFolder({ page, click }: Hand, folder: string): Promise<void> {
  await click(button(page, /Choose a folder of photos/))
  await page.getByLabel('Path').fill(folder)
  await click(button(page, 'Go'))
  await click(button(page, `Choose “${folder.slice(folder.lastIndexOf('/') + 1)}”`))
}

async function chooseModel({ page, click }: Hand, model: string): Promise<void> {
  await click(button(page, 'Continue to Model'))
  await click(button(page, 'Choose a file…'))
  await page.getByLabel('Path').fill(model)
  await click(button(page, 'Go'))
  await click(button(page, 'model.safetensors'))
  await page
    .getByRole('radio', { name: /deit-tiny/ })
    .and(page.locator(':checked'))
    .waitFor()
  await click(page.getByRole('link', { name: /Data/ }).or(button(page, /^Data/)).first())
}

function photosShown(page: Page): Locator {
  return page.locator('[role=gridcell][data-place]')
}

/** The names of photos in the window, in their order, that have no kind yet. */
async function namesShown(page: Page): Promise<string[]> {
  const labels = await photosShown(page).evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ''))
  return labels.flatMap((label) => /IMG_\d+\.jpg/.exec(label)?.[0] ?? [])
}

/** Gives the first few photos of a kind its name. */
async function labelFirst({ page, click, key }: Hand, kind: string): Promise<void> {
  const done = new Set(storedLabels().map(([path]) => path))
  const own = (await namesShown(page))
    .filter((name) => truth.get(name) === kind && !done.has(name))
    .slice(0, seeds)
  expect(own).toHaveLength(seeds)
  for (const name of own) await click(page.locator(`[role=gridcell][aria-label*="${name}"]`), 'ControlOrMeta')
  await page.keyboard.press('l')
  await page.keyboard.type(kind)
  await key('Enter')
  await expect.poll(() => storedLabels().length).toBeGreaterThanOrEqual(done.size + seeds)
}

/** Accepts what is surely right, as long as there is much of it. */
async function acceptSure({ page, click }: Hand): Promise<void> {
  const accept = button(page, /^Accept all \d+ sure ones/)
  await accept.waitFor({ timeout: 180_000 })
  for (let turn = 0; turn < 3; turn++) {
    const before = storedLabels().length
    await click(accept)
    await expect.poll(() => storedLabels().length).toBeGreaterThan(before)
    await newSuggestions(page)
    if (!(await accept.isVisible())) return
  }
}

/** Suggestions follow by themselves a moment after the labels: they are shown, or wait where something would move. */
async function newSuggestions(page: Page): Promise<void> {
  const labelled = storedLabels().length
  if (labelled === truth.size) return
  const shown = page.locator('.guide').getByText(new RegExp(`Of the ${labelled} you have labelled`))
  await shown.or(button(page, 'Show newer suggestions')).first().waitFor()
}

/** Takes what is suggested for the rest, kind by kind. */
async function acceptSections(hand: Hand): Promise<void> {
  const { page, click, key } = hand
  for (let turn = 0; turn < 10 && hand.actions() < 50; turn++) {
    const unlabelled = truth.size - storedLabels().length
    if (unlabelled === 0) return
    const heading = page.locator('.wall-heading').first()
    const words = (await heading.textContent()) ?? ''
    const kind = kinds.find((one) => words.includes(one))
    await click(heading.getByRole('button', { name: /^Choose all/ }))
    const guess = kind ?? truth.get((await namesShown(page))[0] ?? '') ?? ''
    await key(String(kinds.indexOf(guess) + 1))
    await expect.poll(() => truth.size - storedLabels().length).toBeLessThan(unlabelled)
    await newSuggestions(page)
  }
}

async function train({ page, click }: Hand): Promise<void> {
  await click(button(page, 'Continue to Model'))
  await click(button(page, 'Continue to Train'))
  await click(page.getByText('Details', { exact: true }))
  await page.getByLabel('Images per round (batch)').fill('8')
  await page.getByLabel('Rounds (steps)').fill('4')
  await click(button(page, 'Start training'))
  await page.getByText('On other images like these').waitFor({ timeout: 240_000 })
}

interface Stored {
  readonly labels: {
    readonly images: readonly { readonly labels: readonly { label: string; paths: string[] }[] }[]
  }
}

/** What the project's file says: name of the photo and its label. */
function storedLabels(): [string, string][] {
  const folder = join(studio.home, 'studio', 'projects')
  const [project] = readdirSync(folder)
  if (project === undefined) return []
  const stored = JSON.parse(readFileSync(join(folder, project, 'project.vitstudio'), 'utf8')) as Stored
  return stored.labels.images.flatMap(({ labels }) =>
    labels.flatMap(({ label, paths }) => paths.map((path): [string, string] => [path, label])),
  )
}
