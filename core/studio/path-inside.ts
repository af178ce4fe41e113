/** @file A relative path from an untrusted source, made absolute: it must stay below its folder. */
import { isAbsolute, join, normalize, relative, sep } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { projectsFolder } from './home.ts'

/**
 * An image of a folder, or by its absolute path one that a project keeps itself.
 *
 * @throws AppError `invalid_input` for any other path
 */
export function imageInside(folder: string, path: string): string {
  const kept = projectsFolder()
  return isAbsolute(path) ? inside(kept, relative(kept, path)) : inside(folder, path)
}

/** @throws AppError `invalid_input` for a path that would lead out of the folder */
export function inside(folder: string, path: string): string {
  const way = normalize(path)
  const isOutside = isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`)
  if (!isOutside && !path.includes('\0')) return join(folder, way)
  throw new AppError('invalid_input', say`${path} is not inside ${folder}.`)
}
