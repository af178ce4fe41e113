/**
 * @file Which of the catalogue's models are here: each in a folder named by its id, and complete only once a record of
 * it has been written there, which is done last.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import * as z from 'zod'

import { jsonFile, type JsonFile } from '../files/json-store.ts'
import { withLock } from '../files/lock.ts'
import { Digest } from './digest.ts'
import { findInHubCache } from './hub-cache.ts'
import { weightsFile, type CatalogueModel } from './models.ts'
import type { Presence } from './progress.ts'

/** Where to look for models. */
export interface Store {
  /** The folder of downloads. */
  readonly folder: string
  /** Says where the cache of Hugging Face programs is. */
  readonly environment: NodeJS.ProcessEnv
}

/** Where a model's files came from, kept beside them. */
const Note = z.object({
  id: z.string(),
  /** The file with the weights. */
  weights: z.string(),
  /** An address or a path. */
  from: z.string(),
  commit: z.string().nullable(),
  digest: Digest.nullable(),
  at: z.string(),
})
export type Note = z.output<typeof Note>

/** A model's own folder. */
export function folderOf({ id }: CatalogueModel, { folder }: Store): string {
  return join(folder, id)
}

const noteName = 'vit-studio-download.json'

function noteFile(folder: string): JsonFile<Note> {
  return jsonFile(join(folder, noteName), Note, { indent: 2, damaged: 'nothing' })
}

/** How much of a model is here. */
export async function presenceOf(model: CatalogueModel, store: Store): Promise<Presence> {
  const folder = folderOf(model, store)
  const note = await noteFile(folder).read()
  if (note !== null && (await sizeOf(join(folder, note.weights))) > 0)
    return { state: 'ready', path: join(folder, note.weights), shared: false }
  const snapshot = await findInHubCache(model, store.environment)
  if (snapshot !== null)
    return { state: 'ready', path: join(snapshot, weightsFile(model.source)), shared: true }
  const bytes = await bytesIn(folder)
  return bytes === 0 ? { state: 'absent' } : { state: 'partial', bytes }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => !name.startsWith('.') && !name.endsWith('.json'))
  const sizes = await Promise.all(files.map(async (name) => sizeOf(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  )
}

/** Declares a model complete. */
export async function writeNote(folder: string, note: Note): Promise<void> {
  await noteFile(folder).write(note)
}

/**
 * Deletes what was downloaded or imported of a model, finished or not.
 *
 * @throws AppError `busy` while a process works on it
 */
export async function removeModel(model: CatalogueModel, store: Store): Promise<void> {
  const folder = folderOf(model, store)
  const remove = async (): Promise<void> => {
    // Without its record it no longer counts as complete, should the rest be interrupted.
    await rm(join(folder, noteName), { force: true })
    await rm(folder, { recursive: true, force: true })
  }
  await withLock(folder, remove, { make: {} })
}
