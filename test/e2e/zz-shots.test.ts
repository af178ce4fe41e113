import { it } from 'vitest'
import { launchChromium } from '../support/chromium.ts'
import { button, drawPhotos, openWindow, startStudio } from '../support/studio-window.ts'
import { trainTwice } from '../support/train-twice.ts'
it('x', async () => {
  const browser = await launchChromium([], { scrollBars: true })
  const studio = await startStudio()
  await trainTwice(studio, await drawPhotos(studio.home))
  const { page } = await openWindow(browser!)
  await page.goto(await studio.address())
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/tr/home.png' })
  await page.getByText('Circles').first().click()
  await page.locator('.confusion').waitFor()
  for (const width of [900, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(500)
    await page.screenshot({ path: `/tmp/tr/results-${width}.png` })
  }
  await button(page, 'All trainings').click()
  await page.locator('.chart canvas').waitFor()
  for (const width of [900, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 })
    await page.waitForTimeout(500)
    await page.screenshot({ path: `/tmp/tr/trainings-${width}.png` })
  }
  await page.setViewportSize({ width: 1280, height: 900 })
  await button(page, 'Delete Run 0').click()
  await button(page, 'Rename Run 1').click()
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.waitForTimeout(500)
  await page.screenshot({ path: `/tmp/tr/deleted.png` })
  await browser!.close(); await studio.close()
}, 200000)
