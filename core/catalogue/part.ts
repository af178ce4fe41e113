/**
 * @file A partly downloaded file: its bytes in `.part`, and beside them what it is a part of, so that a later session
 * continues it only if the server still has the same file.
 */
import { rm } from 'node:fs/promises'

import * as z from 'zod'

import { renameOver } from '../files/atomic.ts'
import { jsonFile, type JsonFile } from '../files/json-store.ts'
import { fileSize } from '../files/regular-file.ts'
import { Digest } from './digest.ts'

/** Which file on which server a part belongs to. */
const Origin = z.object({
  digest: Digest.nullable(),
  /** The server's own mark of this version: a strong ETag, or the date of the last change. */
  validator: z.string().nullable(),
  /** Size of the whole file. */
  total: z.number().nullable(),
})
export type Origin = z.output<typeof Origin>

/** What has arrived; nothing where `origin` is null. */
export interface Part {
  readonly bytes: number
  readonly origin: Origin | null
}

/** Where the bytes are kept until the file is complete. */
export function partPath(target: string): string {
  return `${target}.part`
}

function originPath(target: string): string {
  return `${target}.part.json`
}

function originFile(target: string): JsonFile<Origin> {
  return jsonFile(originPath(target), Origin, { damaged: 'nothing' })
}

/** What has arrived of the file that will be `target`. A part that cannot be resumed counts as nothing. */
export async function readPart(target: string): Promise<Part> {
  const bytes = (await fileSize(partPath(target))) ?? 0
  const origin = await originFile(target).read()
  const isUsable =
    origin !== null &&
    (origin.digest !== null || origin.validator !== null) &&
    bytes <= (origin.total ?? bytes)
  return isUsable && bytes > 0 ? { bytes, origin } : { bytes: 0, origin: null }
}

/** Records where a part comes from. */
export async function writeOrigin(target: string, origin: Origin): Promise<void> {
  await originFile(target).write(origin)
}

/** Removes a part. */
export async function discardPart(target: string): Promise<void> {
  await rm(partPath(target), { force: true })
  await rm(originPath(target), { force: true })
}

/** Gives a complete part its final name. */
export async function completePart(target: string): Promise<void> {
  await renameOver(partPath(target), target)
  await rm(originPath(target), { force: true })
}
