/** @file What was said of images as the contract sends it, and images as it takes them. */
import { imageFlags, type LabelColumns, type LabelledFile } from '../../core/api/contract/labels.ts'
import type { Photo } from './photo-list.ts'

/** What is said of one image. */
export interface Said {
  readonly root: string
  readonly path: string
  /** Null without a label. */
  readonly label: string | null
  /** The contract's `imageFlags`, added up. */
  readonly flags: number
}

/** Every image of some columns; their labels are places in `classes`. */
export function readSaid(columns: readonly LabelColumns[], classes: readonly string[]): Said[] {
  return columns.flatMap(({ root, paths, labels, flags }) => {
    if (flags.length === 0) return []
    const view = new DataView(labels.buffer, labels.byteOffset, labels.byteLength)
    return paths.split('//').map((path, index) => ({
      root,
      path,
      label: classes[view.getInt32(4 * index, true)] ?? null,
      flags: flags[index] ?? 0,
    }))
  })
}

/** Images of one folder each, as methods take them. */
export function toImages(photos: readonly Photo[]): { root: string; paths: string }[] {
  const byRoot = new Map<string, string[]>()
  for (const { root, path } of photos) {
    const paths = byRoot.get(root)
    if (paths === undefined) byRoot.set(root, [path])
    else paths.push(path)
  }
  return [...byRoot].map(([root, paths]) => ({ root, paths: paths.join('//') }))
}

/** The images to which a person gave a label. */
export function labelledFiles(said: Iterable<Said>): LabelledFile[] {
  return [...said].flatMap(({ root, path, label, flags }) =>
    label !== null && (flags & imageFlags.labelled) !== 0 ? [{ root, path, label }] : [],
  )
}
