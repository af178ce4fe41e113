/**
 * @file Photos that a person added to a project while using its model: copies in the project's own folder. Their labels are
 * said like those of all others.
 */
import { randomUUID } from 'node:crypto'
import { copyFile, readdir, rm, statfs, writeFile } from 'node:fs/promises'
import { basename, extname, join, resolve } from 'node:path'

import type { ImageToPredict } from '../../api/contract/predict.ts'
import { compareCodePoints } from '../../data/classes.ts'
import { isImageName } from '../../data/image-names.ts'
import { inspectImage } from '../../data/inspect.ts'
import { statFile } from '../../data/regular-file.ts'
import { AppError } from '../../errors.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { say } from '../../sentence.ts'
import { projectsFolder } from '../home.ts'

function folderOf(project: string): string {
  return join(projectsFolder(), project, 'photos')
}

/** The added photos of a project by their absolute paths, in the order of their names. */
export async function addedPhotos(project: string): Promise<string[]> {
  const names = await readdir(folderOf(project)).catch(() => [])
  return names
    .filter((name) => isImageName(name) && !name.startsWith('.'))
    .sort(compareCodePoints)
    .map((name) => join(folderOf(project), name))
}

/**
 * Copies an image into a project's own folder; the original stays as it is. Returns the path of the copy.
 *
 * @throws AppError `unsupported` where it is no image that can be read, `io` where the disk has no room
 */
export async function keepPhoto(project: string, image: ImageToPredict): Promise<string> {
  const folder = folderOf(project)
  await makeFolder(folder)
  const name = 'path' in image ? basename(image.path) : basename(image.name)
  const ending = isImageName(name) ? extname(name).toLowerCase() : '.png'
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['photo']
  const copy = join(
    folder,
    `${words.slice(0, -1).join('-').slice(0, 60) || 'photo'}-${randomUUID().slice(0, 8)}${ending}`,
  )
  if ('path' in image) {
    const original = resolve(image.folder ?? '', image.path)
    await inspectImage(original)
    await requireRoom(folder, (await statFile(original)).bytes)
    await copyFile(original, copy)
    return copy
  }
  await requireRoom(folder, image.bytes.length)
  await writeFile(copy, image.bytes, { mode: 0o600 })
  try {
    await inspectImage(copy)
    return copy
  } catch (thrown) {
    await rm(copy, { force: true })
    throw thrown
  }
}

// Training needs space as well.
const leftFree = 500e6

async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bsize, bavail } = await statfs(folder)
  if (bsize * bavail - bytes > leftFree) return
  throw new AppError('io', say`The disk with ${folder} is nearly full. Free some space and try again.`)
}
