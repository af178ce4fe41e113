/** @file A relative path from an untrusted source, made absolute: it must stay below its folder. */
import { isAbsolute, join, normalize, sep } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** @throws AppError `invalid_input` for a path that would lead out of the folder */
export function inside(folder: string, path: string): string {
  const relative = normalize(path)
  const isOutside = isAbsolute(relative) || relative === '..' || relative.startsWith(`..${sep}`)
  if (!isOutside && !path.includes('\0')) return join(folder, relative)
  throw new AppError('invalid_input', say`${path} is not inside ${folder}.`)
}
