/**
 * @file One process at a time works on a model's folder. The mark is a file that its owner keeps renewing; one that was
 * not renewed for a while was left by a process that was killed, and counts for nothing.
 */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'

const renewEveryMs = 5000
const forgottenAfterMs = 20_000

/**
 * Does `work` while no other process works on `folder`, which is made if need be, and goes if it stays empty.
 *
 * @throws AppError `busy` while another one does
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await makeFolder(folder)
  const mark = join(folder, '.in-use')
  await take(mark, folder)
  const renewal = setInterval(() => {
    const now = new Date()
    // A mark that cannot be renewed harms nobody but its owner's claim.
    utimes(mark, now, now).catch(() => undefined)
  }, renewEveryMs)
  renewal.unref()
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    await rm(mark, { force: true })
    await removeEmpty(folder)
  }
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(error.code ?? '')) throw AppError.from(error)
  })
}

async function take(mark: string, folder: string): Promise<void> {
  const own = JSON.stringify({ process: process.pid, claim: randomUUID() })
  if (await claim(mark, own)) return
  if (await isForgotten(mark)) {
    // Renamed before it is removed, so that of two processes that find it only one goes on.
    const aside = `${mark}.${randomUUID()}`
    const mine = await rename(mark, aside).then(
      () => true,
      () => false,
    )
    if (mine) await rm(aside, { force: true })
    if (mine && (await claim(mark, own))) return
  }
  throw new AppError(
    'busy',
    `Another window or program works in ${folder}. Wait until it has finished, or stop it there.`,
  )
}

async function claim(mark: string, own: string): Promise<boolean> {
  return writeFile(mark, own, { flag: 'wx' }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw AppError.from(error)
    },
  )
}

async function isForgotten(mark: string): Promise<boolean> {
  const info = await stat(mark).catch(() => null)
  return info === null || Date.now() - info.mtimeMs > forgottenAfterMs || !(await ownerLives(mark))
}

/** Whether the process that made the mark is still there. One that cannot be told counts as alive. */
async function ownerLives(mark: string): Promise<boolean> {
  const text = await readFile(mark, 'utf8').catch(() => '')
  const owner = /"process":(\d+)/.exec(text)?.[1]
  if (owner === undefined) return true
  try {
    process.kill(Number(owner), 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
