/** @file The keys of the command palette: Ctrl K, on a Mac Command K. */

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** As shown to a person. */
export const paletteKeys = isMac ? '⌘K' : 'Ctrl K'

/** Whether a key press opens or closes the palette. */
export function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey
}
