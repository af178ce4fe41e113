/** @file Theme and language as choices: for the menus in the corner, and for the command palette. */
import { useSyncExternalStore } from 'react'

import { language, languageNames, languages, storeLanguage } from '../text/language.ts'
import { text } from '../text/text.ts'
import { applyTheme, onTheme, storedTheme, themes } from '../theme.ts'
import type { MenuChoice } from '../ui/choice-menu.tsx'

/** Light, dark or like the system. */
export function useThemeChoices(): readonly MenuChoice[] {
  const theme = useSyncExternalStore(onTheme, storedTheme)
  return themes.map((id) => ({
    id,
    name: text.common.themes[id],
    isChosen: id === theme,
    choose: () => applyTheme(id),
  }))
}

/** Choosing another one reloads the window. */
export const languageChoices: readonly MenuChoice[] = languages.map((id) => ({
  id,
  name: languageNames[id],
  lang: id,
  isChosen: id === language,
  choose: () => {
    if (id === language) return
    storeLanguage(id)
    location.reload()
  },
}))
