/** @file Whether a screen stays within the window: no second scroll bar, and nothing placed outside of what scrolls it. */
import type { Page } from 'playwright'
import { expect } from 'vitest'

/** A small window, the usual one and a large one, in CSS pixels; low, so that most screens are longer than the window. */
const widths = [900, 1280, 2560] as const
const height = 640

/** What is wrong with what a page shows now. */
interface Overflow {
  /** How much larger than the window the document is, in pixels. */
  readonly beyond: { readonly x: number; readonly y: number }
  /** Whether the screen can be scrolled sideways. */
  readonly isTooWide: boolean
  /** Elements that scroll with something else than what scrolls around them; those lengthen it by their own place. */
  readonly strays: readonly string[]
}

/** Looks at what is shown at every width. The page's window is as before afterwards. */
export async function checkOverflow(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    // What is drawn follows a new width a moment later.
    await expect
      .poll(async () => ({ name, width, ...(await page.evaluate(overflowOf)) }))
      .toEqual({ name, width, beyond: { x: 0, y: 0 }, isTooWide: false, strays: [] })
  }
  if (before !== null) await page.setViewportSize(before)
}

/** Runs in the page. */
function overflowOf(): Overflow {
  const { scrollingElement, body } = document
  const root = scrollingElement ?? body
  const screen = document.querySelector('.screen-body')
  const scrolls = ({ overflowX, overflowY }: CSSStyleDeclaration): boolean =>
    [overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll')
  const isStray = (element: Element): boolean => {
    if (getComputedStyle(element).position !== 'absolute') return false
    for (let one = element.parentElement; one !== null && one !== body; one = one.parentElement) {
      const style = getComputedStyle(one)
      if (style.position !== 'static' || style.transform !== 'none') return false
      if (scrolls(style)) return true
    }
    return true
  }
  const all = [...body.querySelectorAll('*')].filter((element) => element.closest('svg') === null)
  return {
    beyond: { x: root.scrollWidth - innerWidth, y: root.scrollHeight - innerHeight },
    isTooWide: screen !== null && screen.scrollWidth > screen.clientWidth,
    strays: all.filter(isStray).map((element) => element.outerHTML.slice(0, 160)),
  }
}
