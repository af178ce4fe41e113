/** @file What the browser answers as a shell: no dialogs, no commands, and the file manager if there is one. */
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { browserShell, fileManagerFor } from '../../../../core/host/server/shell-handlers.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('browserShell', () => {
  const context = { signal: new AbortController().signal }

  it('says that it has no dialogs, and refuses them in a sentence', async () => {
    const shell = browserShell()
    expect(await shell.about(undefined, context)).toEqual({ kind: 'browser', dialogs: false })
    expect(() => shell.chooseFolder({ title: 'Photos' }, context)).toThrow('Choose the folder in the window.')
  })

  it('has no commands, until nobody listens any more', async () => {
    const listening = new AbortController()
    const commands = browserShell().commands(undefined, { signal: listening.signal })[Symbol.asyncIterator]()
    const next = commands.next()
    listening.abort()
    expect(await next).toEqual({ done: true, value: undefined })
  })

  it('says that there is nothing to show', async () => {
    const path = join(temporaryFolder(), 'none')
    await expect(browserShell().reveal({ path }, context)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('fileManagerFor', () => {
  it('opens folders only: a file could be a program', () => {
    const screen = { DISPLAY: ':0' }
    expect(fileManagerFor('linux', screen, '/exports/fruit/run.desktop', false)).toEqual([
      'xdg-open',
      '/exports/fruit',
    ])
    expect(fileManagerFor('linux', screen, '/exports/fruit', true)).toEqual(['xdg-open', '/exports/fruit'])
    expect(fileManagerFor('darwin', {}, '/exports/Fruit.app', true)).toEqual([
      'open',
      '-R',
      '/exports/Fruit.app',
    ])
    expect(fileManagerFor('win32', {}, '/exports/model.exe', false)?.at(-1)).toBe('/exports')
  })

  it('knows none where there is no screen', () => {
    expect(fileManagerFor('linux', {}, '/exports', true)).toBeNull()
  })
})
