/** @file The lock of a folder: one holder, however many come at once and however the holder ends. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { describe, expect, it, onTestFinished } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { lockFolder, withLock, type FolderLock } from '../../../core/files/lock.ts'
import { isRunning, thisProcess, type ProcessIdentity } from '../../../core/files/process-identity.ts'
import { bundled } from '../../support/bundled.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const busy = { code: 'busy' }

/** Creates the claim of another process. */
async function claim(folder: string, changes: Partial<ProcessIdentity>, content = '{}'): Promise<string> {
  const { pid, started, machine } = { ...(await thisProcess()), ...changes }
  const path = join(folder, `.in-use-${pid}-${started}-${machine}-000000000000`)
  await writeFile(path, content)
  return path
}

// Beyond the largest possible process id.
const nobody = 2 ** 30

describe('a folder', () => {
  it('belongs to one at a time, and leaves nothing behind', async () => {
    const folder = temporaryFolder()
    await withLock(folder, async () => {
      await expect(lockFolder(folder)).rejects.toMatchObject({
        code: 'busy',
        message: `Another process of ViT Studio (number ${process.pid}) is using ${folder}. Wait until it has finished, or stop it there.`,
      })
    })
    expect(await withLock(folder, async () => Promise.resolve('done'))).toBe('done')
    expect(await readdir(folder)).toEqual([])
  })

  it('is free again after a failure', async () => {
    const folder = temporaryFolder()
    await expect(withLock(folder, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    await (await lockFolder(folder)).release()
  })

  it('goes to exactly one of many that come at once', async () => {
    const folder = temporaryFolder()
    const all = await Promise.allSettled(Array.from({ length: 20 }, async () => lockFolder(folder)))
    const [won, ...others] = all.filter((one) => one.status === 'fulfilled').map(({ value }) => value)
    expect(others).toEqual([])
    await won!.release()
  })

  it('says what its holder announces', async () => {
    const folder = temporaryFolder()
    const lock = await lockFolder(folder)
    const told = async (): Promise<unknown> =>
      lockFolder(folder, {
        busy: ({ note, host }) => new AppError('busy', `${host} ${note}`),
      }).catch((error: unknown) => AppError.from(error).message)
    expect(await told()).toBe('null null')
    await lock.announce('http://127.0.0.1:12345/')
    expect(await told()).toBe('null http://127.0.0.1:12345/')
    await lock.announce('short')
    expect(await told()).toBe('null short')
    await lock.release()
  })

  it('is made only where that is asked for', async () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'ENOENT' })
    const lock = await lockFolder(folder, { make: { mode: 0o700 } })
    if (process.platform !== 'win32') expect((await stat(folder)).mode & 0o777).toBe(0o700)
    await lock.release()
  })

  it('may be removed while it is held', async () => {
    const folder = join(temporaryFolder(), 'run')
    const lock = await lockFolder(folder, { make: {} })
    await rm(folder, { recursive: true })
    await lock.release()
    expect(existsSync(folder)).toBe(false)
  })
})

describe('a claim counts for nothing', () => {
  const taken = async (folder: string): Promise<void> => (await lockFolder(folder)).release()

  it('when its process is gone', async () => {
    const folder = temporaryFolder()
    await claim(folder, { pid: nobody })
    await taken(folder)
    expect(await readdir(folder)).toEqual([])
  })

  it('when its number belongs to a process that was started at another time', async () => {
    const folder = temporaryFolder()
    await claim(folder, { started: 'abcdef012345' })
    await taken(folder)
    await claim(folder, {})
    await expect(lockFolder(folder)).rejects.toMatchObject(busy)
  })

  it('when it was laid elsewhere and has not been renewed for minutes', async () => {
    const folder = temporaryFolder()
    const path = await claim(folder, { pid: nobody, machine: 'abcdef012345' }, '{"host":"laptop"}')
    await expect(lockFolder(folder)).rejects.toThrow(`(number ${nobody} on laptop)`)
    const then = new Date(Date.now() - 200_000)
    await utimes(path, then, then)
    await taken(folder)
  })

  it.skipIf(process.platform !== 'linux')('when its process has ended and was not cleared away', async () => {
    const folder = temporaryFolder()
    // The shell becomes a program that never asks how its child ended.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 60'])
    const [output] = (await once(parent.stdout, 'data')) as [Buffer]
    await delay(100)
    await claim(folder, { pid: Number(String(output)), started: '0' })
    await taken(folder)
    parent.kill('SIGKILL')
  })
})

describe('processes', () => {
  const start = (entry: string, ...parameters: string[]): ChildProcess =>
    spawn(process.execPath, [entry, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] })

  it('never meet in a folder, also where some of them are killed in it', async () => {
    const folder = temporaryFolder()
    const entry = await bundled(fileURLToPath(new URL('lock-contender.ts', import.meta.url)))
    const doomed = [start(entry, folder, '1000'), start(entry, folder, '1000')]
    const others = Array.from({ length: 4 }, () => start(entry, folder, '40'))
    const outputs = others.map(async ({ stdout }) => {
      let text = ''
      for await (const chunk of stdout!) text += String(chunk)
      return JSON.parse(text) as { won: number; refused: number; met: number }
    })
    for (const one of doomed) {
      await delay(300 + 100 * Math.random())
      one.kill('SIGKILL')
    }
    const told = await Promise.all(outputs)
    for (const { won, met } of told) {
      expect(won).toBeGreaterThan(0)
      expect(met).toBe(0)
    }
    await rm(join(folder, 'inside'), { force: true })
    const lock: FolderLock = await lockFolder(folder)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  })

  it('are distinguished by when they were started', async () => {
    const own = await thisProcess()
    expect(own.pid).toBe(process.pid)
    expect(own.started).toMatch(/^[0-9a-f]{12}$/)
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    onTestFinished(() => void other.kill('SIGKILL'))
    const { pid = 0 } = other
    expect(await isRunning({ ...own, pid, started: '0' })).toBe(true)
    expect(await isRunning({ ...own, pid })).toBe(false)
    expect(await isRunning(own)).toBe(true)
  })
})
