/** @file Finds images by what a table calls them: a name or a path of any system, in any case, with or without ending. */
import { at } from '../tensor/shape.ts'
import { isImageName } from './image-names.ts'

/** Images of one folder by path. */
export interface NamedImages {
  readonly root: string
  readonly paths: readonly string[]
}

/** An image of the folders. */
export interface FoundImage {
  readonly root: string
  readonly path: string
}

/** The image that is meant, several that may be, or none. */
export type Finding = FoundImage | 'none' | 'several'

/** Finds images by a cell of a table. */
export type ImageFinder = (cell: string) => Finding

interface Candidate extends FoundImage {
  /** The parts of its path, the last first, as they are compared. */
  readonly parts: readonly string[]
}

/**
 * Finds images in these folders. Where several have the name, the one whose folders are those of the cell is meant.
 */
export function createImageFinder(folders: readonly NamedImages[]): ImageFinder {
  const byName = new Map<string, Candidate[]>()
  for (const { root, paths } of folders) {
    for (const path of paths) {
      const candidate = { root, path, parts: partsOf(path) }
      const name = at(candidate.parts, 0)
      add(byName, name, candidate)
      if (isImageName(name)) add(byName, withoutEnding(name), candidate)
    }
  }
  return (cell) => {
    const parts = partsOf(cell)
    const [name] = parts
    if (name === undefined) return 'none'
    // A photo may have been converted since the table was written.
    const candidates = byName.get(name) ?? (isImageName(name) ? byName.get(withoutEnding(name)) : undefined)
    return candidates === undefined ? 'none' : nearest(candidates, parts)
  }
}

function add(lists: Map<string, Candidate[]>, key: string, candidate: Candidate): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [candidate])
  else list.push(candidate)
}

function nearest(candidates: readonly Candidate[], parts: readonly string[]): Finding {
  let best: Candidate | undefined
  let most = -1
  let isTied = false
  for (const candidate of candidates) {
    const common = commonFolders(candidate.parts, parts)
    if (common === most) isTied = true
    if (common <= most) continue
    best = candidate
    most = common
    isTied = false
  }
  if (best === undefined) return 'none'
  return isTied ? 'several' : { root: best.root, path: best.path }
}

/** Folders that two paths have in common, counted from the file. */
function commonFolders(a: readonly string[], b: readonly string[]): number {
  let count = 1
  while (count < a.length && count < b.length && a[count] === b[count]) count++
  return count
}

/** The parts of a path, the last first. */
function partsOf(path: string): string[] {
  const plain = path.replaceAll('\\', '/').normalize('NFC').toLowerCase()
  return plain
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .reverse()
}

function withoutEnding(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}
