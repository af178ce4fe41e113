/**
 * @file Copies the images of a project into class folders of a new folder, as they are labelled. What a person leaves
 * out and what has no label stays behind; nothing is overwritten, and a copy that is stopped leaves nothing.
 */
import { basename, resolve } from 'node:path'

import type { Project } from '../../api/contract/projects.ts'
import type { CopiedImages, Progress } from '../../api/contract/values.ts'
import { judge, type CheckedData } from '../../data/check.ts'
import type { CheckedImage } from '../../data/load.ts'
import { divideImages } from '../../data/split.ts'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { at } from '../../tensor/shape.ts'
import { copyIntoFolders, createFreeNames, type Copy } from '../copy-into-folders.ts'
import type { Projects } from '../projects/projects.ts'
import type { ImageFolders } from './image-folders.ts'
import { folderChoiceOf } from './project-labels.ts'

type CopyItem = Progress | { readonly type: 'done'; readonly result: CopiedImages }

/** What is copied where. */
export interface CopyRequest {
  readonly project: string
  /** An empty or new folder. */
  readonly to: string
  /** Whether there are folders `train` and `val` above the class folders. */
  readonly heldBackApart: boolean
}

/**
 * Copies them.
 *
 * @throws AppError `cancelled`, `invalid_input` where the folder is not empty, lies within the images or nothing has a
 *   label, `io` where the disk has no room
 */
export async function* copyImages(
  { projects, folders }: { readonly projects: Projects; readonly folders: ImageFolders },
  { project: id, to, heldBackApart }: CopyRequest,
  signal: AbortSignal,
): AsyncGenerator<CopyItem> {
  const project = await projects.read(id)
  const choice = folderChoiceOf(project)
  const labels = await projects.labels(id)
  const known = folders.known(choice) ?? (await folders.examine(choice, { labels, signal }))
  const copies = copiesOf(judge(known, { labels }), project, heldBackApart)
  const sources = [choice.folder, ...known.folders.map(({ folder }) => folder.root)]
  const failed = yield* copyIntoFolders({ to, sources, copies, signal })
  yield { type: 'done', result: { folder: to, copied: copies.length - failed.length, failed } }
}

/** What is copied; names that are taken, in whatever case, get a number. */
function copiesOf(checked: CheckedData, { data, training }: Project, heldBackApart: boolean): Copy[] {
  const split = divideImages(checked, data?.validationSplit ?? 0, training?.seed ?? 0)
  const { root, validation } = checked
  const parts = [
    { root, images: split.training, part: 'train' },
    { root: validation?.root ?? root, images: split.validation, part: 'val' },
  ]
  const freeName = createFreeNames()
  const copies = parts.flatMap(({ root: source, images, part }) =>
    images.map((image: CheckedImage): Copy => {
      const className = at(checked.classes, image.label)
      const inFolders = heldBackApart ? [part, className] : [className]
      const name = freeName(inFolders, basename(image.path))
      return { from: resolve(source, image.path), folders: inFolders, name, bytes: image.bytes }
    }),
  )
  if (copies.length > 0) return copies
  throw new AppError(
    'invalid_input',
    say`No image has a label yet, so there is nothing to copy. Label some first.`,
  )
}
