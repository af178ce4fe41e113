import { existsSync } from 'node:fs'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { withLock } from '../../../core/catalogue/in-use.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const done = async (): Promise<string> => Promise.resolve('done')

async function marked(owner: number, secondsAgo: number): Promise<string> {
  const folder = join(temporaryFolder(), 'model')
  await mkdir(folder)
  const mark = join(folder, '.in-use')
  await writeFile(mark, JSON.stringify({ process: owner, claim: 'x' }))
  const then = new Date(Date.now() - 1000 * secondsAgo)
  await utimes(mark, then, then)
  return folder
}

describe('a folder', () => {
  it('belongs to one at a time', async () => {
    const folder = join(temporaryFolder(), 'model')
    await withLock(folder, async () => {
      await expect(withLock(folder, done)).rejects.toMatchObject({ code: 'busy' })
    })
    expect(await withLock(folder, done)).toBe('done')
  })

  it('is free again after a failure, and gone when it stayed empty', async () => {
    const folder = join(temporaryFolder(), 'model')
    const failing = withLock(folder, async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(folder)).toBe(false)
  })

  it('is taken over from a process that is gone', async () => {
    // Beyond the largest number that a process can have.
    expect(await withLock(await marked(2 ** 30, 0), done)).toBe('done')
  })

  it('is taken over from one that stopped renewing its mark', async () => {
    expect(await withLock(await marked(process.pid, 60), done)).toBe('done')
  })

  it('is not taken from one that lives', async () => {
    await expect(withLock(await marked(process.pid, 5), done)).rejects.toMatchObject({ code: 'busy' })
  })
})
