/**
 * @file Folders that were dropped in a browser, which gives their contents but no path: they are copied into the studio's
 * folder, part by part. A copy appears under its name only when it is complete.
 */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { appendFile, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { isImageName } from '../../data/image-names.ts'
import { droppedFolder } from '../home.ts'

/** A piece of a file; `path` is relative to the dropped folder, with `/` between the parts. */
export interface DroppedPart {
  readonly path: string
  readonly offset: number
  readonly bytes: Uint8Array
}

/** The folders that are being copied in. */
export interface Drops {
  /** @throws AppError `io` if the disk has no room for this many bytes */
  readonly begin: (name: string, bytes: number) => Promise<string>
  /** @throws AppError `invalid_input` for a path that is not an image below the folder, or a part out of order */
  readonly receive: (drop: string, parts: readonly DroppedPart[]) => Promise<void>
  /** The folder of the copy; null if it was not to be kept. */
  readonly end: (drop: string, keep: boolean) => Promise<string | null>
}

interface Drop {
  readonly name: string
  readonly folder: string
  readonly announced: number
  received: number
}

const unfinished = '.unfinished-'
const largestFile = 200e6

/** Nothing is being copied yet. */
export function createDrops(): Drops {
  const drops = new Map<string, Drop>()
  const find = (id: string): Drop => {
    const drop = drops.get(id)
    if (drop !== undefined) return drop
    throw new AppError('not_found', say`Copying this folder has already ended. Drop it again.`)
  }
  return {
    begin: async (name, bytes) => {
      await removeLeftovers([...drops.values()].map(({ folder }) => folder))
      await requireRoom(bytes)
      const id = randomUUID()
      const folder = join(droppedFolder(), `${unfinished}${id}`)
      await makeFolder(folder)
      drops.set(id, { name: plainName(name), folder, announced: bytes, received: 0 })
      return id
    },
    receive: async (id, parts) => {
      const drop = find(id)
      for (const part of parts) await take(drop, part)
    },
    end: async (id, keep) => {
      const drop = find(id)
      drops.delete(id)
      if (keep) return giveName(drop)
      await rm(drop.folder, { recursive: true, force: true })
      return null
    },
  }
}

/** What a closed window or a killed studio left unfinished. */
async function removeLeftovers(inUse: readonly string[]): Promise<void> {
  await makeFolder(droppedFolder())
  for (const name of await readdir(droppedFolder())) {
    const folder = join(droppedFolder(), name)
    if (name.startsWith(unfinished) && !inUse.includes(folder))
      await rm(folder, { recursive: true, force: true })
  }
}

async function requireRoom(bytes: number): Promise<void> {
  const { bsize, bavail } = await statfs(droppedFolder())
  const free = bsize * bavail
  // Training needs space as well.
  if (bytes < 0.8 * free) return
  throw new AppError(
    'io',
    say`The images take ${(bytes / 1e9).toFixed(1)} GB, and ${(free / 1e9).toFixed(1)} GB are free where they would be copied to (${droppedFolder()}). Choose the folder by its path instead: nothing is copied then.`,
  )
}

async function take(drop: Drop, { path, offset, bytes }: DroppedPart): Promise<void> {
  const file = join(drop.folder, ...requirePlainPath(path))
  drop.received += bytes.length
  if (offset + bytes.length > largestFile || drop.received > drop.announced) {
    throw new AppError(
      'invalid_input',
      say`${path} is larger than announced, or larger than an image may be.`,
    )
  }
  await makeFolder(dirname(file))
  if (offset === 0) {
    await writeFile(file, bytes)
    return
  }
  const { size } = await stat(file)
  if (size !== offset)
    throw new AppError('invalid_input', say`A part of ${path} was lost. Drop the folder again.`)
  await appendFile(file, bytes)
}

/** The parts of a path that can only lead to an image below the folder, on every system. */
function requirePlainPath(path: string): string[] {
  const parts = path.split('/')
  if (parts.every(isPlain) && parts.length <= 20 && isImageName(parts.at(-1) ?? '')) return parts
  throw new AppError(
    'invalid_input',
    say`${path} is not a valid name for an image inside a folder, so it was not copied.`,
  )
}

// oxlint-disable-next-line no-control-regex -- control characters are what is searched for
const nowhere = /^\.|[\\\u0000-\u001f]/
const notOnWindows = /[<>:"|?*]|[. ]$/

function isPlain(name: string): boolean {
  if (name === '' || name.length > 255 || nowhere.test(name)) return false
  return process.platform !== 'win32' || !notOnWindows.test(name)
}

function plainName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is searched for
  const plain = name.replace(/[<>:"|?*/\\\u0000-\u001f]+/g, '-').replace(/^[. ]+|[. ]+$/g, '')
  return plain === '' ? 'images' : plain.slice(0, 80)
}

async function giveName({ name, folder }: Drop): Promise<string> {
  for (let count = 1; ; count++) {
    const target = join(droppedFolder(), count === 1 ? name : `${name} ${count}`)
    if (existsSync(target)) continue
    await rename(folder, target)
    return target
  }
}
