/**
 * @file The program's own JSON files. Their content is validated when read and when written; a file is replaced in one
 * step; and changes to one file are serialised, so that none undoes another. That holds within a process: a file has
 * one process that writes it, the one that has the lock of its folder (lock.ts).
 */
import { createHash } from 'node:crypto'
import { dirname } from 'node:path'

import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { writeFileAtomic } from './atomic.ts'
import { makeFolder } from './make-folder.ts'
import { readTextFile } from './regular-file.ts'
import { parseJson } from './json-text.ts'

/** One file and its content. */
export interface JsonFile<T> {
  /** Null if there is no file. @throws AppError `invalid_input` (or what `damaged` makes) if it is not understood */
  readonly read: () => Promise<T | null>
  readonly write: (value: T) => Promise<void>
  /** Stores what `change` makes of the content, after every earlier change; returns what was stored. */
  readonly change: (change: (before: T | null) => T | Promise<T>) => Promise<T>
}

export interface JsonFileOptions {
  /** Indentation, for files that people look into; otherwise everything is on one line. */
  readonly indent?: number
  /** The most bytes that it may have, if fewer than a list of a million images has. */
  readonly largest?: number
  /** Creates the folder if it is missing. */
  readonly makesFolder?: boolean
  /** Adds a checksum, which shows damage that leaves the form intact. */
  readonly sealed?: boolean
  /**
   * What a file that is not understood counts as: nothing at all, or an error of this kind. `content` is null if it is
   * not JSON.
   */
  readonly damaged?: 'nothing' | ((content: unknown, cause: unknown) => AppError)
}

/** The JSON file at `path`, whose content is described by `schema`. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, options: JsonFileOptions = {}): JsonFile<T> {
  const read = async (): Promise<T | null> => {
    const text = await textOf(path, options)
    return text === null ? null : understand(text, path, schema, options)
  }
  const write = async (value: T): Promise<void> => {
    const checked = schema.parse(value)
    if (options.makesFolder === true) await makeFolder(dirname(path))
    const content = options.sealed === true ? sealed(checked) : checked
    await writeFileAtomic(path, `${JSON.stringify(content, null, options.indent)}\n`)
  }
  return {
    read,
    write: async (value) => inOrder(path, async () => write(value)),
    change: async (change) =>
      inOrder(path, async () => {
        const value = await change(await read())
        await write(value)
        return value
      }),
  }
}

const waiting = new Map<string, Promise<unknown>>()

/** Does work on the file at `path` after everything requested earlier: writes, changes, other such work. */
export async function inOrder<T>(path: string, work: () => Promise<T>): Promise<T> {
  const result = (waiting.get(path) ?? Promise.resolve()).then(work)
  const settled = result.catch(() => undefined)
  waiting.set(path, settled)
  void settled.then(() => waiting.get(path) === settled && waiting.delete(path))
  return result
}

// The list of a million images fits.
const largestText = 256e6

async function textOf(
  path: string,
  { largest = largestText, damaged }: JsonFileOptions,
): Promise<string | null> {
  try {
    return await readTextFile(path, largest)
  } catch (thrown) {
    const error = AppError.from(thrown)
    if (error.code === 'not_found') return null
    // No file at all, such as a folder or a pipe, or one that is far too large.
    if (error.code === 'invalid_input' && damaged === 'nothing') return null
    throw error
  }
}

function understand<T>(
  text: string,
  path: string,
  schema: z.ZodType<T>,
  { sealed: isSealed = false, damaged = (_, cause) => notUnderstood(path, cause) }: JsonFileOptions,
): T | null {
  let content: unknown = null
  try {
    content = parseJson(text)
    if (isSealed) content = unsealed(content, path)
    return schema.parse(content)
  } catch (cause) {
    if (damaged === 'nothing') return null
    throw cause instanceof AppError ? cause : damaged(content, cause)
  }
}

function notUnderstood(path: string, cause: unknown): AppError {
  const why =
    cause instanceof z.ZodError
      ? cause.issues.map((issue) => `“${issue.path.join('.')}”: ${issue.message}`).join('; ')
      : 'it is not valid JSON'
  return new AppError(
    'invalid_input',
    say`${path} cannot be understood (${why}). It is damaged, was changed by hand or comes from another version of ViT Studio.`,
    { path },
    { cause },
  )
}

const checkName = 'check'

function sealed(content: unknown): unknown {
  return { ...(content as object), [checkName]: checkOf(content) }
}

/** Files of earlier versions, and those whose owner has taken the check out, have none. */
function unsealed(content: unknown, path: string): unknown {
  if (typeof content !== 'object' || content === null || !(checkName in content)) return content
  const { [checkName]: stated, ...rest } = content
  if (stated === checkOf(rest)) return rest
  throw new AppError(
    'invalid_input',
    say`${path} is not as it was written: it is damaged, or was changed by hand. Put the original back; if the change is intended, take “${checkName}” out of the file.`,
    { path },
  )
}

function checkOf(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
}
