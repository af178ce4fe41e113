/** @file How busy the window is during a training of 20,000 steps. */
import { ensureBundled } from '../../build/bundle.mjs'
import { windowFolder } from '../../core/studio/assets.ts'
import { launchChromium } from '../support/chromium.ts'
import { measureWindow } from '../support/window-speed.ts'

/** Prints script per update and the longest task. */
export async function benchWindow(): Promise<void> {
  const browser = await launchChromium()
  if (browser === null) {
    console.log('Window: skipped, there is no Chromium for this machine.')
    return
  }
  await ensureBundled()
  const { scriptPerUpdate, updates, longestTask } = await measureWindow(browser, windowFolder())
  await browser.close()
  console.log(
    `Window, a training of 20,000 steps: ${scriptPerUpdate.toFixed(1)} ms of script per update of all on the screen ` +
      `(${updates} updates), longest task ${longestTask.toFixed(1)} ms`,
  )
}
