/**
 * @file Which of the catalogue's models are here: each in a folder named by its id, and complete only once a record of
 * it has been written there, which is done last.
 */
import { readdir, rm } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'

import * as z from 'zod'

import { jsonFile, type JsonFile } from '../files/json-store.ts'
import { withLock } from '../files/lock.ts'
import { fileSize } from '../files/regular-file.ts'
import { Digest } from './digest.ts'
import { findInHubCache } from './hub-cache.ts'
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { weightsFile, type CatalogueModel } from './models.ts'
import type { OtherCopy, Presence } from './progress.ts'

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
  return (await fileSize(path)) ?? 0
}

/** Declares a model complete. */
export async function writeNote(folder: string, note: Note): Promise<void> {
  await noteFile(folder).write(note)
}

/**
 * Deletes what was downloaded or imported of a model, finished or not, and gives the copies that there are besides.
 *
 * @throws AppError `busy` while a process works on it, `invalid_input` where only a copy is here that is not the studio's
 */
export async function removeModel(model: CatalogueModel, store: Store): Promise<OtherCopy[]> {
  const folder = folderOf(model, store)
  const remove = async (): Promise<OtherCopy[]> => {
    const imported = await importedFile(folder)
    const cached = await cachedCopy(model, store)
    if (cached.length > 0 && (await bytesIn(folder)) === 0) throw notOurs(model, cached)
    // Without its record it no longer counts as complete, should the rest be interrupted.
    await rm(join(folder, noteName), { force: true })
    await rm(folder, { recursive: true, force: true })
    return [...cached, ...imported]
  }
  return withLock(folder, remove, { make: {} })
}

/** The file that a model was imported from, if it is still there. */
async function importedFile(folder: string): Promise<OtherCopy[]> {
  const from = (await noteFile(folder).read())?.from ?? ''
  const bytes = isAbsolute(from) ? await sizeOf(from) : 0
  return bytes === 0 ? [] : [{ place: 'imported', path: from, bytes }]
}

async function cachedCopy(model: CatalogueModel, { environment }: Store): Promise<OtherCopy[]> {
  const snapshot = await findInHubCache(model, environment)
  if (snapshot === null) return []
  const sizes = await Promise.all(model.source.files.map(async (file) => sizeOf(join(snapshot, file))))
  const bytes = sizes.reduce((sum, size) => sum + size, 0)
  return [{ place: 'hubCache', path: snapshot, bytes }]
}

function notOurs({ name }: CatalogueModel, copies: readonly OtherCopy[]): AppError {
  const paths = copies.map(({ path }) => path).join(', ')
  return new AppError(
    'invalid_input',
    say`${name} is in a cache that other programs use too: ${paths}. Remove it there if nothing else needs it.`,
  )
}
