/** @file The desktop shell in the language of the system. */
// Loaded before everything else, so that every module gets this one fake Electron.
import 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { app } from './fake-electron.ts'

vi.mock('electron', async () => import('./fake-electron.ts'))

afterEach(() => {
  app.languages = ['en-GB']
})

/** The menu of a program that is started now. */
async function menuOf(languages: string[], platform: NodeJS.Platform) {
  app.languages = languages
  vi.resetModules()
  const { menuTemplate } = await import('../../electron/menu.ts')
  const nothing = (): void => undefined
  return menuTemplate(platform, true, {
    newProject: nothing,
    openProject: nothing,
    showData: nothing,
    showLog: nothing,
    showLicences: nothing,
  })
}

function labelsOf(items: readonly MenuItemConstructorOptions[]): string[] {
  return items
    .filter(({ type }) => type !== 'separator')
    .flatMap(({ label, role, submenu }) => [
      label ?? `unnamed: ${role}`,
      ...(Array.isArray(submenu) ? labelsOf(submenu) : []),
    ])
}

describe('the menu', () => {
  it.each([
    [['ko-KR', 'en-US'], '편집'],
    [['fr', 'ja-JP', 'ko'], '編集'],
    [['en-GB', 'ko'], 'Edit'],
    [['fr', 'de'], 'Edit'],
    [[], 'Edit'],
  ])('of a system that asks for %j has %s', async (languages, expected) => {
    expect(labelsOf(await menuOf(languages, 'linux'))).toContain(expected)
  })

  it.each([
    ['ko', 'darwin', /[가-힣]/],
    ['ko', 'win32', /[가-힣]/],
    ['ja', 'darwin', /[ぁ-んァ-ヶ一-龠]/],
    ['ja', 'win32', /[ぁ-んァ-ヶ一-龠]/],
  ] as const)('in %s on %s leaves nothing in English', async (language, platform, letters) => {
    const labels = labelsOf(await menuOf([language], platform))
    expect(labels.filter((label) => label !== 'ViT Studio' && !letters.test(label))).toEqual([])
    expect(labels.length).toBeGreaterThan(20)
  })
})
