/** @file The window in the browser's language, and switched by hand, in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { checkScreen, startStudio, type RunningStudio } from '../support/studio-window.ts'

const browser = await launchChromium()
let studio: RunningStudio

describe.skipIf(browser === null)('the languages of the window', () => {
  beforeAll(async () => {
    studio = await startStudio()
  })

  afterAll(async () => {
    await browser?.close()
    await studio.close()
  })

  it('starts in the browser’s and continues in the one that is chosen', async () => {
    const context = await browser!.newContext({ locale: 'ko-KR', viewport: { width: 900, height: 600 } })
    const page = await context.newPage()
    const html = page.locator('html')
    await page.goto(await studio.address())
    await page.getByText('아직 프로젝트가 없어요').waitFor()
    expect(await html.getAttribute('lang')).toBe('ko')
    await checkScreen(page, 'home-ko')

    await page.getByRole('button', { name: '언어' }).click()
    await page.getByRole('menuitemradio', { name: '日本語' }).click()
    await page.getByText('プロジェクトはまだありません').waitFor()
    expect(await html.getAttribute('lang')).toBe('ja')
    await checkScreen(page, 'home-ja')

    // Kept for later windows, whatever the browser asks for.
    const another = await context.newPage()
    await another.goto(await studio.address())
    await another.getByText('プロジェクトはまだありません').waitFor()
  })

  it.each(['ko-KR', 'ja-JP'])('fits its words into the narrowest window in %s', async (locale) => {
    const context = await browser!.newContext({ locale, viewport: { width: 900, height: 600 } })
    const page = await context.newPage()
    await page.goto(await studio.address())
    await page.locator('.project-open, .how').first().waitFor()
    // If the browser has no such letters, the replacements are a little narrower.
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('.home-bar, .screen-body, button, select')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map(({ textContent }) => textContent),
    )
    expect(wide).toEqual([])
  })
})
