/**
 * @file Remembers which files of a folder were found good, so that a second check opens only new and changed ones. Bad
 * files are not remembered: the cause may disappear without the file changing.
 */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import * as z from 'zod'

import { AppError } from '../errors.ts'
import { makeFolder } from '../files/make-folder.ts'
import { cacheKey } from './cache.ts'
import { ImageInfo } from './image.ts'

const FileRecord = ImageInfo.extend({
  /** Relative to the folder. */
  path: z.string(),
  bytes: z.number(),
  modifiedMs: z.number(),
  /** Pages or frames, where there is more than one. */
  pages: z.int().optional(),
  /** Of the 16 bits of each channel, those that its values reach, where they leave some unused. */
  usedBits: z.int().optional(),
  /** Whether the whole image is almost a single colour. */
  flat: z.boolean(),
  /** Its tiny thumbnail, in base64; see near-copies.ts. */
  thumbnail: z.string(),
  /** SHA-256 of the content, where another file has the same size. */
  hash: z.string().optional(),
})

/** What was found out about a good file, valid as long as size and modification time are the same. */
export type FileRecord = z.output<typeof FileRecord>

/** The records of one folder. */
export interface CheckStore {
  readonly find: (path: string, bytes: number, modifiedMs: number) => FileRecord | undefined
  /** Replaces the file on disk, completely or not at all. */
  readonly save: (records: Iterable<FileRecord>) => Promise<void>
  /** Every record that was there when the store was opened. */
  readonly earlier: ReadonlyMap<string, FileRecord>
}

/** Opens the records of the folder `root` kept in `directory`; unreadable or outdated ones count as none. */
export async function openCheckStore(directory: string, root: string): Promise<CheckStore> {
  const file = join(directory, 'checks', `${cacheKey('check', root)}.jsonl`)
  const earlier = await readRecords(file)
  return {
    earlier,
    find: (path, bytes, modifiedMs) => {
      const record = earlier.get(path)
      return record?.bytes === bytes && record.modifiedMs === modifiedMs ? record : undefined
    },
    save: async (records) => writeRecords(file, records),
  }
}

async function readRecords(file: string): Promise<Map<string, FileRecord>> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const records = new Map<string, FileRecord>()
  for (const line of text.split('\n')) {
    const parsed = FileRecord.safeParse(parseLine(line))
    if (parsed.success) records.set(parsed.data.path, parsed.data)
  }
  return records
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

async function writeRecords(file: string, records: Iterable<FileRecord>): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`
  const text = Array.from(records, (record) => `${JSON.stringify(record)}\n`).join('')
  try {
    await makeFolder(dirname(file))
    await writeFile(temporary, text)
    await rename(temporary, file)
  } catch (error) {
    throw AppError.from(error)
  }
}
