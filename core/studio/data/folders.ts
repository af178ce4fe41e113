/** @file What the folder picker shows, because a browser gives no paths: names of folders and models, never contents. */
import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

import { AppError } from '../../errors.ts'
import type { FolderListing } from '../../api/contract/folders.ts'
import { isIgnoredName } from '../../data/file-names.ts'
import { isImageName } from '../../data/image-names.ts'

type Place = FolderListing['places'][number]

const modelName = /\.(safetensors|npz|pth|pt|bin|onnx)$/i

/**
 * The contents of a folder; of the home folder if no path is given.
 *
 * @throws AppError `not_found`, `io` or `invalid_input` where it cannot be listed
 */
export async function listFolder(path: string | undefined): Promise<FolderListing> {
  const folder = resolve(path ?? homedir())
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw AppError.from(error)
  })
  const shown = entries.filter(({ name }) => !name.startsWith('.') && !isIgnoredName(name))
  const parent = dirname(folder)
  return {
    path: folder,
    name: basename(folder) === '' ? folder : basename(folder),
    parent: parent === folder ? null : parent,
    folders: await foldersIn(folder, shown),
    models: await modelsIn(folder, shown),
    images: shown.filter((entry) => entry.isFile() && isImageName(entry.name)).length,
    places: await places(),
  }
}

async function foldersIn(folder: string, entries: readonly Dirent[]): Promise<Place[]> {
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isReadableFolder(path)))
      return isFolder ? [{ name: entry.name, path }] : []
    }),
  )
  return found.flat().sort(byName)
}

async function modelsIn(folder: string, entries: readonly Dirent[]): Promise<FolderListing['models']> {
  const names = entries.filter((entry) => !entry.isDirectory() && modelName.test(entry.name))
  const found = await Promise.all(
    names.map(async ({ name }) => {
      const path = join(folder, name)
      const info = await stat(path).catch(() => null)
      return info?.isFile() === true ? [{ name, path, bytes: info.size }] : []
    }),
  )
  return found.flat().sort(byName)
}

const collator = new Intl.Collator(undefined, { numeric: true })

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return collator.compare(a.name, b.name)
}

async function isReadableFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  )
}

const homeFolders = ['Pictures', 'Desktop', 'Documents', 'Downloads']

/** Where people start looking: their own folders, drives, mounted disks. Only those that exist. */
async function places(): Promise<Place[]> {
  const home = homedir()
  const own = homeFolders.map((name) => ({ name, path: join(home, name) }))
  const candidates = [{ name: basename(home), path: home }, ...own, ...(await drives())]
  const isThere = await Promise.all(candidates.map(async ({ path }) => isReadableFolder(path)))
  return candidates.filter((_, index) => isThere[index])
}

async function drives(): Promise<Place[]> {
  if (process.platform === 'win32') {
    return 'CDEFGHIJKLMNOPQRSTUVWXYZAB'
      .split('')
      .map((letter) => ({ name: `${letter}:`, path: `${letter}:\\` }))
  }
  const mounted =
    process.platform === 'darwin' ? ['/Volumes'] : ['/mnt', '/media', join('/media', basename(homedir()))]
  const found = await Promise.all(mounted.map(mountsIn))
  return [...found.flat(), { name: '/', path: '/' }]
}

async function mountsIn(folder: string): Promise<Place[]> {
  const names = await readdir(folder).catch(() => [])
  const real = await Promise.all(names.map(async (name) => realpath(join(folder, name)).catch(() => null)))
  return names.flatMap((name, index) => {
    const path = real[index]
    return path === null || path === undefined ? [] : [{ name, path }]
  })
}
