/** @file Saving a file from the window: the browser, or the desktop shell's dialog, decides where. */

/** Lets the browser save a text under a name. */
export function saveFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun by then; a browser asks for the bytes a little later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
