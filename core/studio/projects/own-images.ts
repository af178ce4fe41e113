/**
 * @file What the corrections of a project may refer to: images and classes of the project's own folders. A project may
 * come from someone else, and its corrections name files; nothing but its images may be touched because of them.
 */
import type { Project } from '../../api/contract/projects.ts'
import type { DataFolder } from '../../data/classes.ts'
import type { Correction } from '../../data/correction.ts'
import { scanFolder, scanValidationFolder } from '../../data/scan.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'

/**
 * Lists the project's folders, and returns a test whether a correction refers to an image and a class there.
 *
 * @throws AppError `invalid_input` where the project has no images, or those of `scanFolder`
 */
export async function ownImages(
  { name, data }: Project,
  signal: AbortSignal,
): Promise<(correction: Correction) => boolean> {
  if (data === null) throw new AppError('invalid_input', say`“${name}” has no images. Choose a folder first.`)
  const training = await scanFolder(data.folder, { signal })
  const validation =
    data.validation === null
      ? training.validation
      : await scanValidationFolder(data.validation, training.classes, { signal })
  const folders = validation === undefined ? [training] : [training, validation]
  const paths = new Map(folders.map(({ root, images }) => [root, pathsOf(images)]))
  const classes = new Set(training.classes)
  return ({ root, path, label }) => (paths.get(root)?.has(path) ?? false) && classes.has(label)
}

function pathsOf(images: DataFolder['images']): ReadonlySet<string> {
  return new Set(images.map(({ path }) => path))
}
