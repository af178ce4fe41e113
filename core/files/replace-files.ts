/**
 * @file Files that belong together are replaced together: the new ones are written aside, and moved into place only
 * when all of them are complete. One of them is what makes the set usable; it is removed first and added last, so that
 * no kill leaves the new description beside old weights.
 */
import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'

import { renameOver } from './atomic.ts'
import { withLock } from './lock.ts'
import { makeFolder } from './make-folder.ts'

/**
 * Replaces files in `folder`, which is created if necessary, by those that `write` puts into the folder it is given;
 * other files stay. If `write` fails or writes nothing, `folder` is as before.
 *
 * @param main name of the file without which the others are useless
 * @throws AppError `busy` while another process writes to the folder
 */
export async function replaceFiles<T>(
  folder: string,
  main: string,
  write: (staging: string) => Promise<T>,
): Promise<T> {
  return withLock(folder, async () => stageAndSwap(folder, main, write), { make: {} })
}

async function stageAndSwap<T>(
  folder: string,
  main: string,
  write: (staging: string) => Promise<T>,
): Promise<T> {
  await removeLeftovers(folder)
  const aside = join(folder, `${prefix}${randomBytes(6).toString('hex')}`)
  // Named like the folder itself, since names are among the signs that a model is recognised by.
  const staging = join(aside, basename(resolve(folder)))
  try {
    await makeFolder(staging)
    const result = await write(staging)
    await swap(staging, folder, main)
    return result
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

const prefix = '.unfinished-'

/** What killed writers left behind. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (/^\.unfinished-[0-9a-f]{12}$/.test(name))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}

async function swap(staging: string, folder: string, main: string): Promise<void> {
  const names = await readdir(staging)
  if (names.length === 0) return
  await rm(join(folder, main), { force: true })
  const others = names.filter((name) => name !== main)
  for (const name of [...others, main]) await renameOver(join(staging, name), join(folder, name))
}
