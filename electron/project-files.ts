/** @file Project files that the program is asked to open from outside: by its arguments, or by macOS. */
import { resolve } from 'node:path'

/** Extension of a project file. */
export const projectEnding = 'vitstudio'

/** The project file among the arguments of a start, as an absolute path; null if there is none. */
export function projectFileIn(args: readonly string[], folder: string): string | null {
  const given = args.findLast((arg) => !arg.startsWith('-') && arg.endsWith(`.${projectEnding}`))
  return given === undefined ? null : resolve(folder, given)
}
