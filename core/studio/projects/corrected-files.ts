/** @file Moves images whose labels were corrected into the folders of their classes. Nothing is ever overwritten. */
import { lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join, sep } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { makeFolder } from '../../files/make-folder.ts'
import type { MovedFiles } from '../../api/contract/projects.ts'
import type { Correction } from '../../data/correction.ts'
import { inside } from '../path-inside.ts'

/** The result of one correction. */
type Outcome = MovedFiles['moved'][number] | MovedFiles['failed'][number]

/**
 * Moves the file of one correction that `isOwn` knows as an image of the project; a name that is taken gets a number.
 * What cannot be moved says why.
 */
export async function moveCorrectedFile(
  correction: Correction,
  isOwn: (correction: Correction) => boolean,
): Promise<Outcome> {
  const { root, path, label } = correction
  const from = join(root, path)
  try {
    if (!isOwn(correction)) throw notOwn(correction)
    await requirePlainFile(root, from)
    const folder = await classFolder(root, label)
    const to = await reserve(folder, basename(path))
    // The name is ours by now, as an empty file: renaming over it overwrites nothing.
    await rename(from, to).catch(async (error: unknown) => {
      await rm(to, { force: true })
      throw error
    })
    return { from, to }
  } catch (thrown) {
    return { path: from, reason: AppError.from(thrown).message }
  }
}

function notOwn({ label }: Correction): AppError {
  return new AppError(
    'invalid_input',
    say`It is no image of this project's folder, or “${label}” is none of its classes.`,
  )
}

/** A link may lead anywhere: only a file that really is below the folder is moved. */
async function requirePlainFile(root: string, file: string): Promise<void> {
  const [info, folder] = [await lstat(file), await realpath(dirname(file))]
  if (info.isFile() && folder.startsWith((await realpath(root)) + sep)) return
  throw new AppError('unsupported', say`It is a link, or lies behind one. Move it yourself if that is right.`)
}

/** Disks of different systems store accents differently, so the folder that exists counts, not how its name is encoded. */
async function classFolder(root: string, label: string): Promise<string> {
  const names = await readdir(root)
  const name = names.find((one) => one.normalize('NFC') === label.normalize('NFC')) ?? label
  const folder = inside(root, name)
  if (dirname(folder) !== root || name === '.') {
    throw new AppError('invalid_input', say`${label} is not the name of a class folder in ${root}.`)
  }
  await makeFolder(folder)
  if ((await realpath(folder)) === join(await realpath(root), name)) return folder
  throw new AppError('unsupported', say`${folder} is a link. Move the file yourself if that is right.`)
}

async function reserve(folder: string, name: string): Promise<string> {
  const extension = extname(name)
  const stem = basename(name, extension)
  for (let count = 1; ; count++) {
    const path = join(folder, count === 1 ? name : `${stem}-${count}${extension}`)
    try {
      await (await open(path, 'wx')).close()
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
