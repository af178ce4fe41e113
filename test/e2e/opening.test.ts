/** @file Who gets into the studio in a real browser: whoever opens its page or its address, and then that browser alone. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { writeOpeningPage } from '../../core/host/server/opening-page.ts'
import { lockHome } from '../../core/studio/lock.ts'
import { launchChromium } from '../support/chromium.ts'
import { button, checkScreen, openWindow, startStudio, type RunningStudio } from '../support/studio-window.ts'

const browser = await launchChromium()
const welcome = 'What you train appears here'
let studio: RunningStudio

describe.skipIf(browser === null)('a browser', () => {
  beforeAll(async () => {
    studio = await startStudio()
    vi.stubEnv('VIT_STUDIO_HOME', join(studio.home, 'studio'))
  })

  afterAll(async () => {
    vi.unstubAllEnvs()
    await browser?.close()
    await studio.close()
  })

  it('is led in by the page on the disk, stays in, and leaves no key and no cookie behind', async () => {
    const address = await studio.address()
    const { page, context, problems } = await openWindow(browser!)
    await page.goto(pathToFileURL(await writeOpeningPage(address)).href)
    await page.getByText(welcome).waitFor()
    expect(page.url()).toBe(`${new URL(address).origin}/`)
    await page.reload()
    await page.getByText(welcome).waitFor()
    const second = await context.newPage()
    await second.goto(new URL(address).origin)
    await second.getByText(welcome).waitFor()
    expect(await context.cookies()).toEqual([])
    expect(problems).toEqual([])
  })

  it('is not let in without a key or with one that was used, and then with the next', async () => {
    const { page, problems } = await openWindow(browser!)
    const used = await studio.address()
    const { page: other } = await openWindow(browser!)
    await other.goto(used)
    await other.getByText(welcome).waitFor()
    const { origin } = new URL(used)
    for (const address of [origin, used]) {
      await page.goto(address)
      await page.getByRole('alert').getByText('printed last in its terminal').waitFor()
    }
    await checkScreen(page, 'not-let-in')
    await button(page, 'Reload').click()
    await page.getByRole('alert').waitFor()
    // Typed into the page that refuses: only the part after the # is new.
    await page.goto(await studio.address())
    await page.getByText(welcome).waitFor()
    expect(problems).toEqual([])
  })

  it('is told to others by an address that can still be used', async () => {
    const next = await studio.address()
    const second = async (): Promise<unknown> => lockHome(join(studio.home, 'studio'))
    await vi.waitFor(async () => expect(second()).rejects.toMatchObject({ details: { url: next } }))
    const { page } = await openWindow(browser!)
    await page.goto(next)
    await page.getByText(welcome).waitFor()
  })
})
