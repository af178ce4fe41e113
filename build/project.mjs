/** @file Where the project is, and the kind of error whose message is all that a person needs to see. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the project's folder. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Absolute path of a file of the project.
 *
 * @param {string[]} parts
 */
export function inProject(...parts) {
  return join(root, ...parts)
}

/** Something that the person at the keyboard can fix; it is shown without a stack. */
export class SetupError extends Error {}

/**
 * Calls `write`; if the project's folder is not writable, the error says so in a sentence.
 *
 * @template T
 * @param {() => T} write
 * @returns {T}
 * @throws {SetupError}
 */
export function writing(write) {
  try {
    return write()
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(error))) throw error
    throw new SetupError(
      `Nothing can be written to ${root} (${codeOf(error)}). Free some space or move the project to a folder of your own, then run the command again.`,
      { cause: error },
    )
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** The folder the person is in. npm changes to the project's folder and stores the one it was called from in INIT_CWD. */
export function callersFolder() {
  const called = process.env['INIT_CWD']
  return called !== undefined && process.cwd() === root && existsSync(called) ? called : process.cwd()
}
