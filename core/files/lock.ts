/**
 * @file One writer per folder. A process that wants a folder puts a claim in it, a file whose name says which process
 * it belongs to, and then looks for the claims of others: of two that come at once, at least one sees the other. A
 * claim whose process has ended, however it ended, is void and is removed. Nothing outside the folder can take its
 * lock.
 */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { makeFolder } from './make-folder.ts'
import { isRunning, thisProcess, type ProcessIdentity } from './process-identity.ts'
import { readTextFile } from './regular-file.ts'
import { parseJson } from './json-text.ts'

/** A folder that belongs to this process until it is released. */
export interface FolderLock {
  /** Leaves a note for whoever finds the folder taken. */
  readonly announce: (note: string) => Promise<void>
  /** False once the folder, or the claim in it, was removed. */
  readonly isHeld: () => boolean
  readonly release: () => Promise<void>
}

/** Who has a folder. */
export interface Holder {
  readonly pid: number
  /** Name of its machine; null if it is this one. */
  readonly host: string | null
  /** The note it left; null if none. */
  readonly note: string | null
}

export interface LockOptions {
  /** Creates the folder with these permissions if it is missing. */
  readonly make?: { readonly mode?: number } | undefined
  /** The error if another process has the folder. */
  readonly busy?: ((holder: Holder) => AppError) | undefined
}

interface Claim extends ProcessIdentity {
  readonly path: string
  /** Of two that come at once, the lower one stays. */
  readonly turn: string
}

const renewEveryMs = 20_000
// A process on another machine cannot be inspected: what counts is whether it still renews its claim.
const forgottenAfterMs = 180_000
const contestMs = 2000

/**
 * Takes a folder for this process.
 *
 * @throws AppError `busy` (or what `options.busy` makes) where another holder has it, in this process or elsewhere
 */
export async function lockFolder(folder: string, options: LockOptions = {}): Promise<FolderLock> {
  const deadline = Date.now() + contestMs
  for (;;) {
    const claim = await layClaim(folder, options)
    const other = await contest(folder, claim, deadline)
    if (other === null) return hold(claim)
    await rm(claim.path, { force: true })
    const holder = await holderOf(other)
    if (holder.isSettled || Date.now() > deadline) throw (options.busy ?? usualError(folder))(holder)
    // Another came at the same time and has the lower turn: by then it holds the folder, or has released it again.
    await delay(10 + Math.random() * 40)
  }
}

/**
 * Does `work` while no other process works on `folder`. A folder created for it is removed again if it stays empty.
 *
 * @throws AppError `busy` while another one does
 */
export async function withLock<T>(
  folder: string,
  work: () => Promise<T>,
  options: LockOptions = {},
): Promise<T> {
  try {
    const lock = await lockFolder(folder, options)
    try {
      return await work()
    } finally {
      await lock.release()
    }
  } finally {
    if (options.make !== undefined) await removeIfEmpty(folder)
  }
}

async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(error.code ?? '')) throw AppError.from(error)
  })
}

async function layClaim(folder: string, { make }: LockOptions): Promise<Claim> {
  const own = await thisProcess()
  const turn = randomBytes(6).toString('hex')
  const path = join(folder, `.in-use-${own.pid}-${own.started}-${own.machine}-${turn}`)
  if (make !== undefined) await makeFolder(folder, make.mode)
  try {
    await writeFile(path, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    // An empty folder may disappear the moment another process releases it.
    const hasGone = (error as NodeJS.ErrnoException).code === 'ENOENT' && make !== undefined
    if (!hasGone) throw error
    await makeFolder(folder, make.mode)
    await writeFile(path, '', { flag: 'wx', mode: 0o600 })
  }
  return { ...own, path, turn }
}

/** Null once the folder is this claim's; otherwise the claim that is in its way. */
async function contest(folder: string, own: Claim, deadline: number): Promise<Claim | null> {
  for (;;) {
    const others = await livingClaims(folder, own)
    const [other] = others
    if (other === undefined) return null
    const lower = others.find(({ turn }) => turn < own.turn)
    if (lower !== undefined) return lower
    for (const one of others) if ((await holderOf(one)).isSettled) return one
    // The others have seen this claim, or will, and give way.
    if (Date.now() > deadline) return other
    await delay(5)
  }
}

const claimName = /^\.in-use-(\d+)-([0-9a-f]+)-([0-9a-f]+)-([0-9a-f]+)$/

async function livingClaims(folder: string, own: Claim): Promise<Claim[]> {
  const living: Claim[] = []
  for (const name of await readdir(folder)) {
    const [, pid = '', started = '', machine = '', turn = ''] = claimName.exec(name) ?? []
    const claim = { path: join(folder, name), pid: Number(pid), started, machine, turn }
    if (turn === '' || turn === own.turn) continue
    if (await isAlive(claim, own)) living.push(claim)
    // Its name is never reused, so that only this dead claim can be removed here.
    else await rm(claim.path, { force: true })
  }
  return living
}

async function isAlive(claim: Claim, own: Claim): Promise<boolean> {
  if (claim.machine === own.machine) return isRunning(claim)
  const times = [claim, own].map(async ({ path }) =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => -Infinity,
    ),
  )
  // Both by the clock of the disk.
  const [renewed = 0, now = 0] = await Promise.all(times)
  return now - renewed < forgottenAfterMs
}

/** Turns a claim into the lock: its content says so, and is renewed. */
async function hold(claim: Claim): Promise<FolderLock> {
  let note: string | null = null
  const write = async (): Promise<void> => {
    const content = `${JSON.stringify({ host: hostname(), note } satisfies z.output<typeof Content>)}\n`
    // Never recreated: whoever removes the folder removes the claim with it.
    await writeFile(claim.path, content, { flag: 'r+' })
  }
  await write()
  const renewal = setInterval(() => {
    // A claim that cannot be renewed weakens only its owner's hold, and only if machines share a disk.
    write().catch(() => undefined)
  }, renewEveryMs)
  renewal.unref()
  return {
    announce: async (text) => {
      note = text
      await write()
    },
    isHeld: () => existsSync(claim.path),
    release: async () => {
      clearInterval(renewal)
      await rm(claim.path, { force: true })
    },
  }
}

async function holderOf(claim: Claim): Promise<Holder & { readonly isSettled: boolean }> {
  const text = await readTextFile(claim.path, 10_000).catch(() => '')
  const { machine } = await thisProcess()
  const { host, note } = parseContent(text)
  return {
    pid: claim.pid,
    host: claim.machine === machine ? null : (host ?? 'another machine'),
    note,
    isSettled: text !== '',
  }
}

const Content = z.object({ host: z.string().optional(), note: z.string().nullable().default(null) })

function parseContent(text: string): z.output<typeof Content> {
  // Anything after the first line is left over from a longer one.
  const [line = ''] = text.split('\n')
  try {
    return Content.parse(parseJson(line))
  } catch {
    // It is being written at this moment.
    return { note: null }
  }
}

function usualError(folder: string): (holder: Holder) => AppError {
  return (holder) =>
    new AppError(
      'busy',
      say`${holderText(holder)} is using ${folder}. Wait until it has finished, or stop it there.`,
    )
}

/** The holder as the subject of a sentence. */
export function holderText({ pid, host }: Holder): Sentence {
  return host === null
    ? say`Another process of ViT Studio (number ${pid})`
    : say`Another process of ViT Studio (number ${pid} on ${host})`
}
