/**
 * @file Downloads one file, however bad the connection: it resumes where a connection broke, in this session or a later
 * one, retries patiently, and gives the file its name only when length and checksum are right.
 */
import { open, stat, statfs, type FileHandle } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { AppError, throwIfCancelled } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { digestOf, type Digest } from './digest.ts'
import { completePart, discardPart, partPath, readPart, writeOrigin, type Origin, type Part } from './part.ts'
import { requireUsable } from './refusals.ts'
import { bodyOf, get, Interruption, type Reply } from './request.ts'

/** How long a bad connection is tolerated. */
export interface RetryPolicy {
  /** Milliseconds of silence after which the connection counts as dead. */
  readonly quietMs: number
  /** Attempts in a row that may bring nothing new. */
  readonly tries: number
  /** Milliseconds before the second attempt; each further wait is twice as long. */
  readonly firstWaitMs: number
}

/** For people at home. */
export const defaultRetryPolicy: RetryPolicy = { quietMs: 20_000, tries: 6, firstWaitMs: 1000 }

/** Callbacks, credentials, and how to stop. */
export interface TransferOptions {
  readonly signal: AbortSignal
  readonly token: string | null
  readonly retryPolicy: RetryPolicy
  /** Bytes that have arrived, and the total if it is known. */
  readonly onBytes: (done: number, total: number | null) => void
  readonly onWait: (seconds: number, reason: Sentence) => void
  readonly onCheck: () => void
}

/** A file that has arrived completely. */
export interface Arrived {
  /** Its checksum as the server announced it, and as it is; null if none was announced. */
  readonly digest: Digest | null
  /** Its commit on the Hub. */
  readonly commit: string | null
}

/**
 * Downloads the file at `url` to `target`, whose folder exists.
 *
 * @throws AppError `cancelled` when the signal is raised (what has arrived is kept), otherwise why it cannot be had
 */
export async function transfer(url: URL, target: string, options: TransferOptions): Promise<Arrived> {
  const { signal, retryPolicy } = options
  let furthest = (await readPart(target)).bytes
  let fruitless = 0
  let damaged = 0
  for (;;) {
    try {
      const arrived = await attempt(url, target, options)
      if (await isSound(target, arrived, options)) {
        await completePart(target)
        return { digest: arrived.digest, commit: arrived.commit }
      }
      await discardPart(target)
      if (++damaged === 2) throw damage(url, target)
      furthest = 0
    } catch (thrown) {
      throwIfCancelled(signal)
      if (!(thrown instanceof Interruption)) throw AppError.from(thrown)
      const { bytes } = await readPart(target)
      fruitless = bytes > furthest ? 1 : fruitless + 1
      furthest = Math.max(furthest, bytes)
      if (fruitless >= retryPolicy.tries) throw givenUp(thrown, url)
      await wait(thrown, retryPolicy.firstWaitMs * 2 ** (fruitless - 1), options)
    }
  }
}

async function wait(
  { sentence, retryAfterSeconds }: Interruption,
  milliseconds: number,
  { signal, onWait }: TransferOptions,
): Promise<void> {
  const longer = Math.max(milliseconds, 1000 * retryAfterSeconds)
  onWait(longer / 1000, sentence)
  await delay(longer, undefined, { signal }).catch(() => throwIfCancelled(signal))
}

/** What a request has brought, before it is checked. */
interface Brought extends Arrived {
  /** The size that the file should have. */
  readonly total: number | null
}

/** One request, and all that it brings. Returns when everything that was sent has arrived. */
async function attempt(url: URL, target: string, options: TransferOptions): Promise<Brought> {
  const part = await readPart(target)
  const reply = await get(url, {
    headers: { 'user-agent': 'vit-studio', 'accept-encoding': 'identity', ...rangeHeaders(part) },
    token: options.token,
    signal: options.signal,
    quietMs: options.retryPolicy.quietMs,
  })
  requireUsable(reply)
  const { digest, commit } = reply
  if (reply.status === 416) {
    reply.discard()
    const { bytes, origin } = part
    if (origin?.total !== bytes || !isSame(origin, digest)) return startAnew(url, target, part)
    return { digest: origin.digest, commit, total: bytes }
  }
  const start = startOf(reply)
  const origin: Origin = { digest, validator: validatorOf(reply), total: totalOf(reply, start) }
  if (start > 0 && !continues(part, start, origin)) {
    reply.discard()
    return startAnew(url, target, part)
  }
  await requireSpace(target, (origin.total ?? 0) - start)
  // Before the first byte: a later session must know what these bytes are a part of.
  if (start === 0) await discardPart(target)
  await writeOrigin(target, origin)
  await append(reply, target, { start, total: origin.total }, options)
  return { digest, commit, total: origin.total }
}

/** Only a part of the same file is resumed: a known checksum decides, otherwise the server. */
function rangeHeaders({ bytes, origin }: Part): Record<string, string> {
  if (bytes === 0 || origin === null) return {}
  const range = { range: `bytes=${bytes}-` }
  return origin.digest === null && origin.validator !== null
    ? { ...range, 'if-range': origin.validator }
    : range
}

function isSame(origin: Origin | null, digest: Digest | null): boolean {
  return origin !== null && (digest === null || origin.digest?.value === digest.value)
}

function continues(part: Part, start: number, { digest, total }: Origin): boolean {
  const { bytes, origin } = part
  return start === bytes && isSame(origin, digest) && (total === null || total === (origin?.total ?? total))
}

/** Drops a part that belongs to another version of the file. The next try asks for no range, so this happens once. */
async function startAnew(url: URL, target: string, { bytes }: Part): Promise<never> {
  if (bytes === 0)
    throw new AppError('io', say`${url.host} answers a request for a whole file with a part of it.`)
  await discardPart(target)
  throw new Interruption(
    say`The file at ${url.host} has changed in the meantime, so it is downloaded again from the start.`,
  )
}

function startOf({ status, headers }: Reply): number {
  if (status !== 206) return 0
  return Number(/^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1] ?? 0)
}

function totalOf({ headers, linkedBytes }: Reply, start: number): number | null {
  const { 'content-range': range = '', 'content-length': length } = headers
  const stated = /\/(\d+)$/.exec(range)?.[1]
  if (stated !== undefined) return Number(stated)
  return length === undefined ? linkedBytes : start + Number(length)
}

function validatorOf({ headers }: Reply): string | null {
  const { etag, 'last-modified': changed } = headers
  return etag === undefined || etag.startsWith('W/') ? (changed ?? null) : etag
}

// The system and other programs need some space too.
const spareBytes = 64 * 1024 * 1024

async function requireSpace(target: string, bytes: number): Promise<void> {
  const folder = dirname(target)
  const { bsize, bavail } = await statfs(folder)
  const free = bsize * bavail
  if (bytes <= 0 || free >= bytes + spareBytes) return
  throw new AppError(
    'io',
    say`${basename(target)} needs ${megabytes(bytes)} MB more, but only ${megabytes(free)} MB are free in ${folder}. Free some space and continue; what has arrived is kept.`,
    { needed: bytes, free },
  )
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}

async function append(
  reply: Reply,
  target: string,
  { start, total }: { readonly start: number; readonly total: number | null },
  { signal, retryPolicy, onBytes }: TransferOptions,
): Promise<void> {
  const file = await open(partPath(target), start === 0 ? 'w' : 'r+')
  try {
    let done = start
    onBytes(done, total)
    for await (const chunk of bodyOf(reply, { signal, quietMs: retryPolicy.quietMs })) {
      await writeAll(file, chunk, done)
      done += chunk.byteLength
      onBytes(done, total)
    }
    await file.sync()
    if (total !== null && done < total) {
      throw new Interruption(say`${reply.url.host} broke off after ${done} of ${total} bytes.`)
    }
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < chunk.byteLength;) {
    const { bytesWritten } = await file.write(chunk, written, chunk.byteLength - written, position + written)
    written += bytesWritten
  }
}

/** Whether the file on disk is what the server announced. */
async function isSound(
  target: string,
  { digest, total }: Brought,
  options: TransferOptions,
): Promise<boolean> {
  const path = partPath(target)
  if (total !== null && (await stat(path)).size !== total) return false
  if (digest === null) return true
  options.onCheck()
  return (await digestOf(path, digest.kind, options.signal)).value === digest.value
}

function damage({ host }: URL, target: string): AppError {
  return new AppError(
    'io',
    say`${basename(target)} arrived damaged from ${host}, twice: its checksum does not match the one announced. Nothing was kept. Try again later, on another network, or with another mirror.`,
  )
}

function givenUp({ sentence, cause }: Interruption, { host }: URL): AppError {
  return new AppError(
    'io',
    say`${sentence} The download from ${host} was tried several times; what has arrived is kept. Check the connection and continue it, choose a mirror, or choose a file you already have.`,
    {},
    { cause },
  )
}
