/** @file Data folder and cache are private to their owner, whether created or found open. */
import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { keepFoldersPrivate } from '../../../core/studio/private-folders.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe.skipIf(process.platform === 'win32')('keepFoldersPrivate', () => {
  let home = ''
  let cache = ''

  beforeEach(() => {
    const folder = temporaryFolder()
    home = join(folder, 'data', 'vit-studio')
    vi.stubEnv('VIT_STUDIO_HOME', home)
    vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'))
    cache = join(folder, 'cache', 'vit-studio')
  })

  afterEach(() => vi.unstubAllEnvs())

  const modeOf = (folder: string): number => statSync(folder).mode & 0o777

  it.skipIf(process.platform === 'darwin')('makes them private', async () => {
    expect(await keepFoldersPrivate()).toEqual([])
    expect([modeOf(home), modeOf(cache)]).toEqual([0o700, 0o700])
  })

  it('tightens those that are open, behind a link too, and leaves what is in them', async () => {
    const real = join(temporaryFolder(), 'elsewhere')
    mkdirSync(join(real, 'runs'), { recursive: true })
    chmodSync(real, 0o775)
    mkdirSync(join(home, '..'), { recursive: true })
    symlinkSync(real, home)
    const before = modeOf(join(real, 'runs'))
    expect(await keepFoldersPrivate()).toEqual([])
    expect(modeOf(real)).toBe(0o700)
    expect(modeOf(join(real, 'runs'))).toBe(before)
  })

  it('is not a failure where there can be no such folder', async () => {
    mkdirSync(join(home, '..', '..'), { recursive: true })
    writeFileSync(join(home, '..'), 'a file')
    expect(await keepFoldersPrivate()).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('says which folder stays open (Linux)', async () => {
    // Not even the root user may change this one.
    vi.stubEnv('VIT_STUDIO_HOME', '/proc/self')
    expect(await keepFoldersPrivate()).toEqual([
      expect.stringMatching(/^Other users may read \/proc\/self\. /),
    ])
  })
})
