/** @file Light, dark or like the system: an attribute of the page that the style sheet follows, saved for next time. */

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const key = 'vit-studio.theme'

/** The choice of last time. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(key)
  return themes.find((theme) => theme === stored) ?? 'system'
}

/** Applies a choice and saves it. */
export function applyTheme(theme: Theme): void {
  const { dataset } = document.documentElement
  if (theme === 'system') delete dataset['theme']
  else dataset['theme'] = theme
  localStorage.setItem(key, theme)
  changes.dispatchEvent(new Event('theme'))
}

const changes = new EventTarget()

/** Calls after every choice, until the returned function is called. */
export function onTheme(call: () => void): () => void {
  changes.addEventListener('theme', call)
  return () => changes.removeEventListener('theme', call)
}
