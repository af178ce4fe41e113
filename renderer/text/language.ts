/** @file The language of the window: what the person chose, or the first of the browser's that is available. */

export const languages = ['en', 'ko', 'ja'] as const
export type Language = (typeof languages)[number]

/** What each language calls itself. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  ko: '한국어',
  ja: '日本語',
}

const key = 'vit-studio.language'

/** The language of this page; another one takes a reload. */
export const language: Language = asLanguage(localStorage.getItem(key)) ?? preferred()

/** Keeps a choice for the pages to come. */
export function storeLanguage(chosen: Language): void {
  localStorage.setItem(key, chosen)
}

function preferred(): Language {
  const found = navigator.languages.map((tag) => asLanguage(tag.split('-')[0] ?? ''))
  return found.find((one) => one !== undefined) ?? 'en'
}

function asLanguage(tag: string | null): Language | undefined {
  return languages.find((one) => one === tag)
}
