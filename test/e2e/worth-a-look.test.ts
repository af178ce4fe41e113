/** @file What is worth a look, in a real browser with the real engine: two swapped photos and a copy are found and put right. */
import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'

import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { checkOverflow } from '../support/overflow.ts'
import {
  button,
  checkScreen,
  chooseInPicker,
  openWindow,
  startStudio,
  type RunningStudio,
} from '../support/studio-window.ts'

const browser = await launchChromium([], { scrollBars: true })
let studio: RunningStudio
let photos = ''

describe.skipIf(browser === null)('what is worth a look (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    photos = await drawPatterns(studio.home)
    renameSync(join(photos, 'blue', '3.jpg'), join(photos, 'red', 'swapped.jpg'))
    renameSync(join(photos, 'red', '4.jpg'), join(photos, 'blue', 'swapped.jpg'))
    copyFileSync(join(photos, 'green', '1.jpg'), join(photos, 'blue', 'copy.jpg'))
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('is found, corrected, taken back and kept', async () => {
    const { page, problems } = await openWindow(browser!)
    await page.goto(await studio.address())
    await chooseInPicker(page, /Choose a folder of photos/, photos)
    await page.getByText('31 images').first().waitFor()
    await button(page, 'Worth a look').click()
    const doubts = page.getByRole('region', { name: 'Photos that look like another kind' })
    await doubts.waitFor({ timeout: 120_000 })
    const blue = doubts.getByRole('listitem').filter({ hasText: /You say “red”.* are “blue”/ })
    const red = doubts.getByRole('listitem').filter({ hasText: /You say “blue”.* are “red”/ })
    await blue.waitFor()
    await red.waitFor()
    await checkScreen(page, 'worth a look')
    await checkOverflow(page, 'worth a look')

    const found = await doubts.getByRole('listitem').count()
    await blue.getByRole('button', { name: 'It is “blue”' }).click()
    await expect.poll(async () => blue.count()).toBe(0)
    // The focus goes on to the next card, and the keys of the wall work there.
    await expect
      .poll(async () => page.evaluate(() => document.activeElement?.closest('li') !== null))
      .toBe(true)
    await page.keyboard.press('Control+z')
    await blue.waitFor()
    expect(await doubts.getByRole('listitem').count()).toBe(found)

    await blue.getByRole('button', { name: '“red” is right' }).click()
    await expect.poll(async () => blue.count()).toBe(0)
    await page.reload()
    await button(page, 'Worth a look').click()
    await doubts.getByText('You said of 1 that it is right.').waitFor({ timeout: 60_000 })
    await button(page, 'List again').click()
    await blue.waitFor()

    const pairs = page.getByRole('region', { name: 'Almost the same photo twice' })
    await pairs.getByRole('button', { name: 'Leave out blue/copy.jpg' }).click()
    await expect.poll(async () => pairs.count()).toBe(0)
    expect(problems).toEqual([])
    await page.close()
  }, 240_000)
})

const patterns = {
  blue: (i: number) => ({ hue: 215, shapes: stripes(i) }),
  green: (i: number) => ({ hue: 120, shapes: dots(i) }),
  red: (i: number) => ({ hue: 0, shapes: disc(i) }),
} as const

/** Ten pictures of each kind that even an untrained eye tells apart, and none of which is almost another. */
async function drawPatterns(folder: string): Promise<string> {
  const root = join(folder, 'patterns')
  for (const [kind, pattern] of Object.entries(patterns)) {
    mkdirSync(join(root, kind), { recursive: true })
    for (let i = 0; i < 10; i++) {
      const { hue, shapes } = pattern(i)
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160">
        <rect width="160" height="160" fill="hsl(${hue + 2 * i} 70% ${40 + 3 * i}%)"/>${shapes}</svg>`
      await sharp(Buffer.from(svg))
        .jpeg()
        .toFile(join(root, kind, `${i}.jpg`))
    }
  }
  return root
}

function stripes(i: number): string {
  return [0, 1, 2, 3, 4, 5, 6]
    .map((k) => `<rect x="${k * 26 + 2 * i}" width="10" height="160" fill="white"/>`)
    .join('')
}

function dots(i: number): string {
  return Array.from({ length: 16 }, (_, k) => {
    const [x, y] = [(k % 4) * 40 + 10 + 2 * i, Math.floor(k / 4) * 40 + 28 - 2 * i]
    return `<circle cx="${x}" cy="${y}" r="9" fill="black"/>`
  }).join('')
}

function disc(i: number): string {
  return `<circle cx="${60 + 4 * i}" cy="${100 - 4 * i}" r="${44 + i}" fill="yellow"/>`
}
