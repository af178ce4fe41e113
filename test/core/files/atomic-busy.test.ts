/** @file Atomic writing where another program holds the file for a moment, as virus scanners on Windows do. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, expect, it, vi } from 'vitest'

import { writeFileAtomic } from '../../../core/files/atomic.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const busy = vi.hoisted(() => ({ refusals: 0 }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs/promises')>()
  const rename: typeof original.rename = async (from, to) => {
    if (busy.refusals-- > 0) throw Object.assign(new Error('busy'), { code: 'EBUSY', path: from })
    await original.rename(from, to)
  }
  return { ...original, rename }
})

beforeEach(() => {
  busy.refusals = 0
})

it('tries again until the file is free', async () => {
  const path = join(temporaryFolder(), 'run.json')
  busy.refusals = 3
  await writeFileAtomic(path, 'text')
  expect(await readFile(path, 'utf8')).toBe('text')
})

it('gives up after a while, names the target and leaves nothing behind', async () => {
  const path = join(temporaryFolder(), 'run.json')
  busy.refusals = Infinity
  await expect(writeFileAtomic(path, 'text')).rejects.toMatchObject({ code: 'EBUSY', path })
  expect(await readdir(join(path, '..'))).toEqual([])
})
