/**
 * @file The whole path against the real engine with nothing mocked, in a real browser and, if there is an Electron, on
 * the desktop.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { shells, type ShellStudio } from '../support/shells.ts'
import { button, checkScreen, drawPhotos, newPhoto } from '../support/studio-window.ts'

for (const { title, isMissing, isDesktop, start } of await shells()) {
  describe.skipIf(isMissing)(`the studio ${title}`, () => {
    let studio: ShellStudio
    let photos = ''

    beforeAll(async () => {
      studio = await start()
      photos = await drawPhotos(studio.home)
    })

    afterAll(async () => {
      await studio.close()
    })

    it('goes from a folder of photos to the name of a new one', async () => {
      const { page, problems } = await studio.window()
      await page.getByText('What you train appears here').waitFor()
      await checkScreen(page, 'home')

      await studio.chooseFolder(page, /Choose a folder of photos/, photos)
      await page.getByText('30 images in 3 classes').first().waitFor()
      await page.locator('img.thumb').nth(4).waitFor()
      await checkScreen(page, 'data')
      await button(page, '1 file left out').click()
      await page.getByRole('dialog').getByText('torn.jpg').waitFor()
      await checkScreen(page, 'left-out')
      await page.keyboard.press('Escape')

      await button(page, 'Continue to Model').click()
      await page.locator('img.patches-image').waitFor()
      await checkScreen(page, 'model')

      await button(page, 'Continue to Train').click()
      await page.getByText('Details', { exact: true }).click()
      await page.getByLabel('Rounds (steps)').fill('12')
      await page.getByLabel('Images per round (batch)').fill('8')
      await checkScreen(page, 'settings')
      await button(page, 'Start training').click()
      await page.locator('.chart canvas').first().waitFor()
      await checkScreen(page, 'training')
      await button(page, 'See the results').waitFor({ timeout: 60_000 })
      await checkScreen(page, 'trained')

      await button(page, 'See the results').click()
      await page.locator('.confusion').waitFor()
      await checkScreen(page, 'results')
      await page.locator('button.cell').first().click()
      await page.locator('dialog img').first().waitFor()
      await checkScreen(page, 'cell')
      await page.keyboard.press('Escape')

      await button(page, 'Use the model').click()
      const photo = await newPhoto('red')
      await page
        .locator('input[type=file]')
        .setInputFiles([{ name: 'new.png', mimeType: 'image/png', buffer: photo }])
      await page.locator('.answer-name').waitFor()
      expect(await page.locator('.answer .bars li').count()).toBe(3)
      await button(page, 'Take it with you').click()
      await button(page, 'Export the model').click()
      await page.getByText('gives the same answers').waitFor()
      await checkScreen(page, 'use')

      // A reopened window finds the work where it was left off.
      await page.reload()
      await page.getByRole('heading', { level: 1, name: 'Use' }).waitFor()
      await page.locator('.brand').click()
      await page.locator('.project-open').waitFor()
      await checkScreen(page, 'projects')
      await page.locator('.project-open').click()
      await page.getByRole('heading', { level: 1, name: 'Use' }).waitFor()
      await button(page, /Results/).click()
      await page.locator('.confusion').waitFor()
      expect(problems).toEqual([])
    })

    it.skipIf(process.platform !== 'linux')('continues a training whose engine was killed', async () => {
      const { page } = await studio.window({ width: 900, height: 600 })
      await studio.chooseFolder(page, /Choose a folder of photos/, photos)
      await button(page, 'Continue to Model').click()
      await button(page, 'Continue to Train').click()
      await page.getByText('Details', { exact: true }).click()
      await page.getByLabel('Rounds (steps)').fill('1000')
      await page.getByLabel('Images per round (batch)').fill('4')
      await button(page, 'Start training').click()
      await page.getByText(/^Round ([2-9]|\d\d+) of/).waitFor()
      await studio.killEngine()
      await page.getByText('Training was interrupted.').waitFor()
      await checkScreen(page, 'interrupted')
      await button(page, 'Continue').click()
      await button(page, 'Stop and keep the best').click()
      await page.getByText('Stopped. The best model so far is kept').waitFor()
    })

    it.skipIf(isDesktop)('says in the picker what is wrong with a path that is not there', async () => {
      const { page } = await studio.window()
      await button(page, /Choose a folder of photos/).click()
      await page.locator('.picker-entry').first().waitFor()
      await checkScreen(page, 'picker')
      await page.getByLabel('Path').fill('/nowhere/at/all')
      await page.keyboard.press('Enter')
      expect(await page.getByRole('alert').textContent()).toContain('/nowhere/at/all')
    })
  })
}
