/** @file Checksums: what servers announce about a file before they send it, and the same checksum of the file that arrived. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { IncomingHttpHeaders } from 'node:http'

import * as z from 'zod'

/** `git`: the sha1 that git gives a file, which is what the Hub announces for small ones. Values are in hexadecimal. */
export const Digest = z.object({ kind: z.enum(['sha256', 'git', 'md5']), value: z.string() })
export type Digest = z.output<typeof Digest>

/**
 * What the headers of one answer announce about a file. The Hub gives sha256 or git's hash as the (linked) ETag, along
 * with the commit; Google's storage gives md5 in `x-goog-hash`. An ETag of another server says nothing.
 */
export function announcedDigest(headers: IncomingHttpHeaders): Digest | null {
  const linked = single(headers['x-linked-etag'])
  const tag = linked ?? (headers['x-repo-commit'] === undefined ? undefined : headers.etag)
  const value = tag?.replace(/^W\//, '').replaceAll('"', '').toLowerCase() ?? ''
  if (/^[0-9a-f]{64}$/.test(value)) return { kind: 'sha256', value }
  if (/^[0-9a-f]{40}$/.test(value)) return { kind: 'git', value }
  const md5 = /(?:^|,)\s*md5=([A-Za-z0-9+/]{22}==)/.exec(single(headers['x-goog-hash']) ?? '')?.[1]
  return md5 === undefined ? null : { kind: 'md5', value: Buffer.from(md5, 'base64').toString('hex') }
}

/** A header that may have come several times, as one text. */
export function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'object' ? header.join(', ') : header
}

/** The checksum of a file, of the kind asked for. */
export async function digestOf(path: string, kind: Digest['kind'], signal?: AbortSignal): Promise<Digest> {
  const hash = await begin(path, kind)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(chunk as Uint8Array)
  return { kind, value: hash.digest('hex') }
}

async function begin(path: string, kind: Digest['kind']): Promise<Hash> {
  if (kind !== 'git') return createHash(kind)
  return createHash('sha1').update(`blob ${(await stat(path)).size}\0`)
}
