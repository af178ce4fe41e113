/** @file How every image of a project's folders is labelled, and which are labelled otherwise than before. */
import type { LabelColumns } from '../../api/contract/labels.ts'
import { markLookup } from '../../data/apply-labels.ts'
import { compareCodePoints } from '../../data/classes.ts'
import { classNames, labelOfImage, marksOf, type Labels } from '../../data/labels.ts'
import { toSignedBytes } from '../data/columns.ts'
import { flagsOf } from './image-flags.ts'
import type { ListedFolders } from './image-folders.ts'

/** The images of one folder; `names` and `flags` go with `paths`. */
interface DescribedFolder {
  readonly root: string
  readonly paths: readonly string[]
  readonly names: readonly (string | null)[]
  readonly flags: readonly number[]
}

/** All images, and all classes in the order of their names. */
export interface Described {
  readonly classes: readonly string[]
  readonly folders: readonly DescribedFolder[]
}

/** The images of `listed` as `labels` has them. */
export function describeLabels(listed: ListedFolders, labels: Labels): Described {
  const marks = marksOf(labels.images)
  const nameOf = classNames(labels)
  const names = new Set(labels.made)
  const folders = listed.map(({ root, classes, images }) => {
    for (const folder of classes) addName(names, nameOf(folder))
    const markOf = markLookup(root, marks)
    const paths: string[] = []
    const labelled: (string | null)[] = []
    const flags: number[] = []
    for (const { path } of images) {
      const mark = markOf(path)
      const name = labelOfImage(path, mark, nameOf)
      addName(names, name)
      paths.push(path)
      labelled.push(name)
      flags.push(flagsOf(mark))
    }
    return { root, paths, names: labelled, flags }
  })
  return { classes: [...names].sort(compareCodePoints), folders }
}

function addName(names: Set<string>, name: string | null): void {
  if (name !== null) names.add(name)
}

/** The images for which `isWanted`, in columns; folders without one are left out. */
export function toLabelColumns(
  { classes, folders }: Described,
  isWanted: (folder: number, image: number) => boolean,
): LabelColumns[] {
  const labelOf = new Map(classes.map((name, label) => [name, label]))
  return folders.flatMap(({ root, paths, names, flags }, folder) => {
    const chosen = [...paths.keys()].filter((image) => isWanted(folder, image))
    if (chosen.length === 0) return []
    const indices = chosen.map((image) => labelOf.get(names[image] ?? '') ?? -1)
    return [
      {
        root,
        paths: chosen.map((image) => paths[image]).join('//'),
        labels: toSignedBytes(indices),
        flags: Uint8Array.from(chosen, (image) => flags[image] ?? 0),
      },
    ]
  })
}

/** The images of `after` that are labelled otherwise in `before`, which has the same images. */
export function changedImages(before: Described, after: Described): LabelColumns[] {
  return toLabelColumns(after, (folder, image) => {
    const [old, now] = [before.folders[folder], after.folders[folder]]
    return old?.names[image] !== now?.names[image] || old?.flags[image] !== now?.flags[image]
  })
}
