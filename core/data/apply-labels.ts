/** @file A folder with the labels that a person gave, which take precedence over the folders that its images are in. */
import { relative, sep } from 'node:path'

import { compareCodePoints, noLabel, type DataFolder, type ImageEntry } from './classes.ts'
import { classNames, labelOfImage, marksOf, type Labels, type Mark, type Marks } from './labels.ts'

/**
 * The folder, with its own validation folder if it brings one, as a person labelled it. What was said of images that no
 * longer exist is skipped. Classes are those of the folders, as they are called now, those that were made, and those
 * that an image has; images without a label come last.
 */
export function applyLabels(folder: DataFolder, labels: Labels): DataFolder {
  const { validation, ...own } = folder
  const nameOf = classNames(labels)
  const markOf = markLookup(folder.root, marksOf(labels.images))
  const named = own.images.map((image) => {
    const mark = markOf(image.path)
    return { path: image.path, mark, name: labelOfImage(image.path, mark, nameOf) }
  })
  const folders = own.classes.map(nameOf)
  const names = [...folders, ...labels.made, ...named.map(({ name }) => name)]
  const classes = [...new Set(names.filter((name) => name !== null))].sort(compareCodePoints)
  const labelOf = new Map(classes.map((name, label) => [name, label]))
  const images = named.map(({ path, mark, name }): ImageEntry => {
    const label = name === null ? noLabel : (labelOf.get(name) ?? noLabel)
    return { path, label, ...(mark !== undefined && { said: mark }) }
  })
  return {
    ...own,
    classes,
    images: images.sort(byLabelThenPath),
    ...(validation === undefined ? {} : { validation: applyLabels(validation, labels) }),
  }
}

function byLabelThenPath(a: ImageEntry, b: ImageEntry): number {
  if (a.label === b.label) return compareCodePoints(a.path, b.path)
  if (a.label === noLabel) return 1
  return b.label === noLabel ? -1 : a.label - b.label
}

/**
 * Finds what was said of the images of `root`. A folder that was taken as a whole once and is part of a larger one now,
 * or the other way round, keeps what was said.
 */
export function markLookup(root: string, marks: Marks): (path: string) => Mark | undefined {
  const finders = [...marks].flatMap(([other, own]) => {
    const way = wayBetween(root, other)
    return way === null ? [] : [{ own, way }]
  })
  // What was said under this very root counts first.
  finders.sort((a, b) => Number(b.way.depth === 0) - Number(a.way.depth === 0))
  return (path) => {
    for (const { own, way } of finders) {
      const there = way.translate(path)
      const mark = there === null ? undefined : own.get(there)
      if (mark !== undefined) return mark
    }
    return undefined
  }
}

interface Way {
  readonly depth: number
  /** A path below the one root as a path below the other; null if it does not lie there. */
  readonly translate: (path: string) => string | null
}

function wayBetween(root: string, other: string): Way | null {
  if (root === other) return { depth: 0, translate: (path) => path }
  const down = partsBelow(root, other)
  if (down !== null) {
    const prefix = `${down.join('/')}/`
    return {
      depth: down.length,
      translate: (path) => (path.startsWith(prefix) ? path.slice(prefix.length) : null),
    }
  }
  const up = partsBelow(other, root)
  return up === null ? null : { depth: up.length, translate: (path) => `${up.join('/')}/${path}` }
}

/** The folders between two of which the second lies in the first; null if it does not. */
function partsBelow(outer: string, inner: string): string[] | null {
  const parts = relative(outer, inner).split(sep)
  return parts[0] === '..' || parts[0] === '' || inner === outer || /^[A-Za-z]:/.test(parts[0] ?? '')
    ? null
    : parts
}
