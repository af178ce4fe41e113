import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  })
})

afterEach(() => vi.unstubAllGlobals())

/** The module as in a page that is opened now. */
async function openPage(
  browser: readonly string[],
): Promise<typeof import('../../../renderer/text/language.ts')> {
  vi.stubGlobal('navigator', { languages: browser })
  vi.resetModules()
  return import('../../../renderer/text/language.ts')
}

describe('the language of the window', () => {
  it.each([
    [['ko-KR', 'en-US'], 'ko'],
    [['ja'], 'ja'],
    [['fr-FR', 'ja-JP', 'ko'], 'ja'],
    [['en-GB', 'ko'], 'en'],
    [['fr', 'de-AT'], 'en'],
    [[], 'en'],
  ])('of a browser that asks for %j is %s', async (browser, expected) => {
    expect((await openPage(browser)).language).toBe(expected)
  })

  it('is the one that was chosen, from the next page on', async () => {
    const page = await openPage(['ko'])
    page.storeLanguage('ja')
    expect(page.language).toBe('ko')
    expect((await openPage(['ko'])).language).toBe('ja')
  })

  it('is the browser’s where what was stored is not a language', async () => {
    const { storeLanguage } = await openPage(['en'])
    storeLanguage('ja')
    for (const key of stored.keys()) stored.set(key, 'tlh')
    expect((await openPage(['ko'])).language).toBe('ko')
  })

  it('has a name for every language', async () => {
    const { languageNames, languages } = await openPage([])
    expect(Object.keys(languageNames)).toEqual([...languages])
  })
})

describe('the words', () => {
  it('come in the language of the page, which says so, with its numbers', async () => {
    const documentElement = { lang: 'en' }
    vi.stubGlobal('document', { documentElement })
    await openPage(['ja-JP'])
    const { text } = await import('../../../renderer/text/text.ts')
    const { duration } = await import('../../../renderer/text/format.ts')
    expect(documentElement.lang).toBe('ja')
    expect(text.common.cancel).toBe('キャンセル')
    expect(duration(720)).toBe('12分')
  })
})
