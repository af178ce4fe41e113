/** @file No screen, dialog or error of the Korean and the Japanese window has a run of English words that is no name. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Words } from '../../renderer/text/en.ts'
import { ja } from '../../renderer/text/ja.ts'
import { ko } from '../../renderer/text/ko.ts'
import { screens } from '../../renderer/store/navigation.ts'
import { launchChromium } from '../support/chromium.ts'
import { button, drawPhotos, newPhoto, startStudio, type RunningStudio } from '../support/studio-window.ts'
import { trainTwice } from '../support/train-twice.ts'

const browser = await launchChromium()
let studio: RunningStudio

/** Three words or more of Latin letters one after the other. */
const english = /[A-Za-z][A-Za-z’'-]*(?:[,;:.]? +[A-Za-z][A-Za-z’'-]*){2,}/g

/** Names of models, data sets, licences and programs: what may be left of a run once it is taken out. */
const names =
  /ViT Studio|Vision Transformer|Hugging Face|PyTorch|ONNX Runtime|Apache License|Creative Commons|CC BY(?:-NC)?(?:-SA)?|Tiny|Small|Base|Large|ImageNet|ViT|ResNet|DeiT|DINO(?:v2)?|MAE|CLIP|SigLIP|vit_jax|timm layout|Ctrl|Shift/g

describe.skipIf(browser === null)('the window in another language (skipped without a Chromium)', () => {
  beforeAll(async () => {
    studio = await startStudio()
    await trainTwice(studio, await drawPhotos(studio.home))
    mkdirSync(join(studio.home, 'empty'))
    writeFileSync(join(studio.home, 'bad.safetensors'), 'no weights')
    const listed = { 'layer1.0.conv1.weight': { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }
    const header = Buffer.from(JSON.stringify(listed))
    const size = Buffer.from(BigUint64Array.of(BigInt(header.length)).buffer)
    writeFileSync(join(studio.home, 'resnet.safetensors'), Buffer.concat([size, header, Buffer.alloc(4)]))
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('is looked through for English, which is found where there is some', async () => {
    const page = await browser!.newPage()
    await page.setContent(
      '<p>모델 <b title="The file is damaged">vit-tiny.safetensors</b></p><p hidden>This is not seen</p>' +
        '<button aria-label="Close this dialog">×</button><p>Choose a folder</p><code>import it from here</code>' +
        '<p>ViT Studio Hugging Face PyTorch</p>',
    )
    expect(await englishIn(page)).toEqual(['The file is damaged', 'Close this dialog', 'Choose a folder'])
    await page.close()
  })

  it.each([
    ['ko-KR', ko],
    ['ja-JP', ja],
  ] as const)('says nothing in English in %s', async (locale, words) => {
    const context = await browser!.newContext({ locale, viewport: { width: 1280, height: 800 } })
    context.setDefaultTimeout(15_000)
    const page = await context.newPage()
    const found: Record<string, string[]> = {}
    const look = async (place: string): Promise<void> => {
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true
      })
      await page.waitForTimeout(300)
      const some = await englishIn(page)
      if (some.length > 0) found[place] = some
    }

    await page.goto(await studio.address())
    await page.locator('.project-open').first().waitFor()
    await look('home')
    await page.keyboard.press('Control+k')
    await look('palette')
    await page.keyboard.press('Escape')
    await page.locator('.project-open', { hasText: 'Circles' }).click()
    await page.locator('[data-screen="data"]').waitFor()
    for (const screen of screens) {
      if (screen === 'home') continue
      await page.locator(`[data-screen="${screen}"]`).first().click()
      await page.waitForTimeout(500)
      await look(screen)
    }

    await page.locator('[data-screen="use"]').click()
    const torn = { mimeType: 'image/jpeg', buffer: Buffer.from('half a picture') }
    const photo = { name: 'new.png', mimeType: 'image/png', buffer: await newPhoto('red') }
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([photo, { name: 'torn.jpg', ...torn }])
    await page.locator('.gallery-image, .answer-name').first().waitFor()
    await look('answers')

    await page.locator('[data-screen="model"]').click()
    await button(page, words.model.chooseFile).click()
    await look('picker')
    await go(page, words, join(studio.home, 'nowhere'))
    await page.getByRole('alert').waitFor()
    await look('a path that is not there')
    await page.keyboard.press('Escape')
    for (const file of ['bad.safetensors', 'resnet.safetensors']) {
      await button(page, words.model.chooseFile).click()
      await go(page, words, studio.home)
      await page.locator('.picker-list').getByRole('button', { name: file }).click()
      await page.locator('.notice.error').filter({ hasText: file }).waitFor()
      await look(file)
    }

    await page.locator('[data-screen="home"]').first().click()
    await button(page, words.home.own).first().click()
    await go(page, words, join(studio.home, 'empty'))
    await button(page, words.picker.useFolder('empty')).click()
    await page.locator('.notice.error').first().waitFor()
    await look('a folder without images')

    await page.locator('[data-screen="home"]').first().click()
    await button(page, words.home.sample).click()
    await page.locator('img.thumb').first().waitFor({ timeout: 45_000 })
    await look('the sample pictures')
    expect(found).toEqual({})
    await context.close()
  })
})

/** Opens a path in the picker. */
async function go(page: Page, words: Words, path: string): Promise<void> {
  await page.getByLabel(words.picker.path, { exact: true }).fill(path)
  await page.getByRole('button', { name: words.picker.go, exact: true }).click()
}

/** Runs of English words that a person can see or hear: in texts, names, titles and placeholders. */
async function englishIn(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      // Code is to be copied as it is.
      if (element === null || element.closest('code, pre, script, style') !== null) continue
      if (!element.checkVisibility()) continue
      if (node instanceof Element)
        said.push(
          ...['aria-label', 'title', 'placeholder', 'alt'].flatMap(
            (name) => element.getAttribute(name) ?? [],
          ),
        )
      else said.push(node.textContent ?? '')
    }
    return said
  })
  // A path or an address is no sentence.
  const plain = texts.map((text) => text.replaceAll(/\S*\/\S*/g, '/').replaceAll(names, '/'))
  return [...new Set(plain.flatMap((text) => text.match(english) ?? []))]
}
