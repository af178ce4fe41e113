/** @file What a person sees of a screen, measured in the browser: text that is too small, things that jump. */
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** Pixels of the smallest text. */
const smallest = 14

/** Checks that no visible text of the page is too small to read. */
export async function checkLook(page: Page, name: string): Promise<void> {
  expect([name, await page.evaluate(smallText, smallest)]).toEqual([name, []])
}

/** Runs in the page: text set smaller than `least` pixels. */
function smallText(least: number): string[] {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const found: string[] = []
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const element = node.parentElement
    const words = node.textContent?.trim() ?? ''
    if (element === null || words === '' || !element.checkVisibility()) continue
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    if (size < least) found.push(`${size} px: ${words}`)
  }
  return found
}

/** The most that a screen may shift with an action: the sum that browsers call cumulative layout shift. */
const mostShift = 0.02

/**
 * Does something and waits until the page has been still for a moment; nothing that was there before may have jumped. Shifts right after a
 * key or a click count like all others.
 */
export async function withoutJumps(page: Page, name: string, act: () => Promise<unknown>): Promise<void> {
  await page.evaluate(watchShifts)
  await act()
  await page.waitForTimeout(700)
  const { sum, jumped } = await page.evaluate(readShifts)
  expect([name, sum > mostShift ? { sum, jumped } : 'still']).toEqual([name, 'still'])
}

interface Watched {
  shifts?: { observer: PerformanceObserver; sum: number; jumped: string[] }
}

interface LayoutShift extends PerformanceEntry {
  readonly value: number
  readonly sources: readonly { readonly node: Node | null }[]
}

/** Runs in the page. */
function watchShifts(): void {
  const watched = globalThis as Watched
  watched.shifts?.observer.disconnect()
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      if (watched.shifts === undefined) return
      watched.shifts.sum += entry.value
      for (const { node } of entry.sources) {
        const element = node instanceof Element ? node : node?.parentElement
        watched.shifts.jumped.push(
          `${element?.tagName} ${element?.className}: ${element?.textContent?.slice(0, 60)}`,
        )
      }
    }
  })
  watched.shifts = { observer, sum: 0, jumped: [] }
  observer.observe({ type: 'layout-shift' })
}

/** Runs in the page. */
function readShifts(): { readonly sum: number; readonly jumped: readonly string[] } {
  const { sum, jumped } = (globalThis as Watched).shifts ?? { sum: Number.NaN, jumped: [] }
  return { sum, jumped }
}
