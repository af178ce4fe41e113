/** @file The lock of a data folder: one holder at a time, its address kept private. */
import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished } from 'vitest'

import { lockHome } from '../../../core/studio/lock.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('lockHome', () => {
  it('gives a folder to one at a time', async () => {
    const home = join(temporaryFolder(), 'new')
    const lock = await lockHome(home)
    await expect(lockHome(home)).rejects.toMatchObject({ code: 'busy', details: {} })
    await lock.announce('http://127.0.0.1:1/?key=k')
    await expect(lockHome(home)).rejects.toMatchObject({ details: { url: 'http://127.0.0.1:1/?key=k' } })
    await lock.release()
    const next = await lockHome(home)
    await next.release()
  })

  it('takes another folder at the same time', async () => {
    const first = await lockHome(temporaryFolder())
    const second = await lockHome(temporaryFolder())
    await Promise.all([first.release(), second.release()])
  })

  it.skipIf(process.platform === 'win32')('keeps the address from other users', async () => {
    const home = join(temporaryFolder(), 'new')
    const lock = await lockHome(home)
    onTestFinished(async () => lock.release())
    await lock.announce('http://127.0.0.1:1/?key=k')
    expect((await stat(home)).mode & 0o077).toBe(0)
    for (const name of await readdir(home)) expect((await stat(join(home, name))).mode & 0o077).toBe(0)
  })

  it('does not tell the address of a studio that was killed', async () => {
    const home = temporaryFolder()
    const lock = await lockHome(home)
    await lock.announce('http://127.0.0.1:1/?key=k')
    const [name = ''] = await readdir(home)
    // Beyond the largest possible process id.
    await rename(join(home, name), join(home, name.replace(/\d+/, String(2 ** 30))))
    const next = await lockHome(home)
    await expect(lockHome(home)).rejects.toMatchObject({ details: {} })
    await next.release()
    await lock.release()
  })
})
