/** @file Imports a file the person already has instead of downloading it, on machines without a network for instance. */
import { open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

import { AppError, throwIfCancelled } from '../errors.ts'
import { locateCheckpoint } from '../files/locate.ts'
import { withLock } from '../files/lock.ts'
import { makeFolder } from '../files/make-folder.ts'
import { fileSize, openRegularFile } from '../files/regular-file.ts'
import { digestOf } from './digest.ts'
import type { CatalogueModel } from './models.ts'
import { requireSameFamily, requireSameModel } from './same-model.ts'
import { folderOf, writeNote, type Store } from './store.ts'

/** Reports the bytes copied; how to stop. */
export interface ImportOptions {
  readonly store: Store
  readonly signal: AbortSignal
  readonly onProgress: (done: number, total: number) => void
}

// They say how a model's images are normalised, and more.
const companions = ['config.json', 'preprocessor_config.json']

/**
 * Copies a checkpoint, or the one in a folder, in place of a model's download, and gives its path there. The file may
 * have any readable format; whatever was there of the model is replaced.
 *
 * @throws AppError `invalid_input` when it is another model, `cancelled`, `busy`, or why it cannot be read
 */
export async function importModel(
  given: string,
  model: CatalogueModel,
  { store, signal, onProgress }: ImportOptions,
): Promise<string> {
  const from = await locateCheckpoint(given).catch((error: unknown) => {
    throw AppError.from(error)
  })
  await requireSameFamily(from, model)
  const folder = folderOf(model, store)
  const replace = async (): Promise<string> => {
    // Named like the model's own folder: names are among the signs that a family is recognised by.
    const staging = join(folder, '.import', model.id)
    try {
      await rm(staging, { recursive: true, force: true })
      await makeFolder(staging)
      await copyAll(from, staging, signal, onProgress)
      await requireSameModel(join(staging, basename(from)), model)
      const digest = await digestOf(join(staging, basename(from)), 'sha256', signal)
      await replaceBy(staging, folder)
      const note = { id: model.id, weights: basename(from), from: resolve(from), commit: null, digest }
      await writeNote(folder, { ...note, at: new Date().toISOString() })
      return join(folder, basename(from))
    } catch (thrown) {
      throwIfCancelled(signal)
      throw thrown
    } finally {
      await rm(dirname(staging), { recursive: true, force: true })
    }
  }
  return withLock(folder, replace, { make: {} })
}

/** Replaces everything in a folder by the files of another; names that begin with a dot are left alone. */
async function replaceBy(staging: string, folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.')) await rm(join(folder, name), { recursive: true, force: true })
  }
  for (const name of await readdir(staging)) await rename(join(staging, name), join(folder, name))
}

async function copyAll(
  from: string,
  to: string,
  signal: AbortSignal,
  onProgress: ImportOptions['onProgress'],
): Promise<void> {
  for (const name of companions) {
    const path = join(dirname(from), name)
    if ((await fileSize(path)) !== null) await copyFile(path, join(to, name), signal, () => undefined)
  }
  const { size } = await stat(from)
  await copyFile(from, join(to, basename(from)), signal, (done) => onProgress(done, size))
}

async function copyFile(
  from: string,
  to: string,
  signal: AbortSignal,
  onBytes: (done: number) => void,
): Promise<void> {
  const file = await open(to, 'wx')
  try {
    const { handle } = await openRegularFile(from)
    let done = 0
    for await (const chunk of handle.createReadStream({ highWaterMark: 1 << 22 })) {
      throwIfCancelled(signal)
      await file.writeFile(chunk as Uint8Array)
      done += (chunk as Uint8Array).byteLength
      onBytes(done)
    }
    await file.sync()
  } finally {
    await file.close()
  }
}
