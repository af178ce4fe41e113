/** @file What lies at the top of a folder, by name: folders, and everything else. */
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { compareCodePoints } from './classes.ts'
import { isIgnoredName } from './file-names.ts'
import { isImageName } from './image-names.ts'

/** Names at the top of a folder, hidden and system files left out. */
export interface TopLevel {
  /** Links to folders included. */
  readonly folders: readonly string[]
  readonly others: readonly string[]
}

/**
 * Lists the top of a folder; names are ordered by code point.
 *
 * @throws AppError `not_found` or `invalid_input` where there is no folder
 */
export async function listTop(root: string): Promise<TopLevel> {
  await requireFolder(root)
  const folders: string[] = []
  const others: string[] = []
  for await (const { name, isFolder } of entriesOf(root)) (isFolder ? folders : others).push(name)
  return { folders: folders.sort(compareCodePoints), others: others.sort(compareCodePoints) }
}

/**
 * The folders in a folder in which no image lies beside them; empty where one does. Stops at the first image, so that it
 * costs nothing where there are thousands.
 */
export async function foldersAlone(root: string): Promise<string[]> {
  const folders: string[] = []
  try {
    for await (const { name, isFolder } of entriesOf(root)) {
      if (isFolder) folders.push(name)
      else if (isImageName(name)) return []
    }
  } catch {
    // It cannot be read, which the walk will say.
    return []
  }
  return folders.sort(compareCodePoints)
}

async function* entriesOf(root: string): AsyncGenerator<{ name: string; isFolder: boolean }> {
  const folder = await opendir(root, { bufferSize: 512 }).catch((error: unknown) => {
    throw AppError.from(error)
  })
  for await (const entry of folder) {
    if (isIgnoredName(entry.name)) continue
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolderAt(root, entry.name)))
    yield { name: entry.name, isFolder }
  }
}

async function requireFolder(root: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    throw AppError.from(error)
  })
  if (found.isDirectory()) return
  const sentence = say`${root} is a file. Choose the folder that holds the class folders.`
  throw new AppError('invalid_input', sentence, { path: root })
}

async function isFolderAt(root: string, name: string): Promise<boolean> {
  // A link that leads nowhere is no folder; it is listed with the other stray entries.
  return stat(join(root, name)).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
