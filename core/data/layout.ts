/**
 * @file Where the class folders of a data set lie: directly in its folder, one or more folders further in, or in folders
 * that are parts of a split under one of their usual names. The names propose, what lies inside decides, so that classes
 * that happen to be called "train" or "test" stay classes.
 */
import { join } from 'node:path'

import type { ImageEntry } from './classes.ts'
import { foldersAlone, type TopLevel } from './top-level.ts'

/** What a part of a split is for. */
type PartKind = 'training' | 'validation' | 'test'

const kindsOfName: Readonly<Record<string, PartKind>> = {
  train: 'training',
  training: 'training',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  dev: 'validation',
  development: 'validation',
  eval: 'validation',
  evaluation: 'validation',
  test: 'test',
  testing: 'test',
  pred: 'test',
  prediction: 'test',
  holdout: 'test',
  unlabeled: 'test',
  unlabelled: 'test',
}

// Words that say nothing about what a part is for: training_set, seg_train, test-images, valdata.
const fillers: ReadonlySet<string> = new Set([
  'set',
  'sets',
  'data',
  'dataset',
  'image',
  'images',
  'img',
  'imgs',
  'photo',
  'photos',
  'picture',
  'pictures',
  'seg',
  'split',
  'folder',
  'sample',
  'samples',
  'original',
  'raw',
])
const filledName = /^(\p{L}+?)(?:set|data|images|imgs)$/u

/** What the name of a folder says: what it is for as a part of a split, and the rest of the name. */
function partOf(name: string): { readonly kind: PartKind; readonly rest: string } | undefined {
  // Years and numbers do not count either: train2017.
  const words = name.toLowerCase().match(/\p{L}+/gu) ?? []
  const telling = words.filter((word) => !fillers.has(word))
  const kinds = telling.map((word) => kindsOfName[word] ?? kindsOfName[filledName.exec(word)?.[1] ?? ''])
  const known = kinds.filter((kind) => kind !== undefined)
  const [kind] = known
  if (kind === undefined || known.length > 1) return undefined
  return { kind, rest: telling.filter((_, index) => kinds[index] === undefined).join(' ') }
}

/** A folder of class folders, perhaps further inside than it seemed. */
interface Inner {
  /** Relative to where the search began; '' is there. */
  readonly path: string
  /** Empty where there are images at once. */
  readonly folders: readonly string[]
}

/** Goes into a folder as long as it holds nothing but one folder, which holds folders as well. */
async function innermost(root: string, start: string): Promise<Inner> {
  let path = start
  let folders = await foldersAlone(join(root, path))
  for (let [only] = folders; only !== undefined && folders.length === 1; [only] = folders) {
    const inner = await foldersAlone(join(root, path, only))
    if (inner.length === 0) break
    path = path === '' ? only : `${path}/${only}`
    folders = inner
  }
  return { path, folders }
}

/** Where the classes lie in a folder that holds nothing but one other; undefined where they lie in it directly. */
export async function innerFolder(root: string, top: TopLevel): Promise<string | undefined> {
  if (top.folders.length !== 1) return undefined
  const { path, folders } = await innermost(root, '')
  return path === '' || folders.length < 2 ? undefined : path
}

/** Folders of a data set, relative to its root. */
export interface Layout {
  readonly training: string
  /** Null where no other part has the same classes. */
  readonly validation: string | null
  /** At the top; `isLabelled` where there are class folders in it. */
  readonly unused: readonly { readonly name: string; readonly isLabelled: boolean }[]
}

interface Part extends Inner {
  readonly name: string
  readonly kind: PartKind
  readonly rest: string
}

/**
 * The parts of a split: a training part of class folders, and at least one part more whose name goes with it. Other
 * folders may lie beside them. Undefined where the folders are to be taken for classes.
 */
export async function findLayout(root: string, top: TopLevel): Promise<Layout | undefined> {
  const parts = await partsIn(root, top)
  const training = parts.find(({ kind, folders }) => kind === 'training' && folders.length > 1)
  if (training === undefined) return undefined
  const others = parts.filter((part) => part !== training && part.rest === training.rest)
  const shared = (part: Part): boolean => part.folders.some((name) => hasName(training.folders, name))
  // Folders of quite other names inside: what seemed parts of a split may be classes that have subfolders.
  if (others.length === 0 || others.some((part) => part.folders.length > 1 && !shared(part))) return undefined
  const labelled = others.filter(shared)
  const validation =
    labelled.find(({ kind }) => kind === 'validation') ?? labelled.find(({ kind }) => kind === 'test')
  return {
    training: training.path,
    validation: validation?.path ?? null,
    unused: top.folders
      .filter((name) => name !== training.name && name !== validation?.name)
      .map((name) => ({ name, isLabelled: labelled.some((part) => part.name === name) })),
  }
}

async function partsIn(root: string, top: TopLevel): Promise<Part[]> {
  const parts: Part[] = []
  for (const name of top.folders) {
    const part = partOf(name)
    if (part !== undefined) parts.push({ name, ...part, ...(await innermost(root, name)) })
  }
  return parts
}

function hasName(names: readonly string[], name: string): boolean {
  return names.some((one) => one.normalize('NFC') === name.normalize('NFC'))
}

/** Folders that are taken for classes and may not be meant so. */
export interface NestedClasses {
  readonly folders: readonly string[]
  /** What lies inside the first of them. */
  readonly inside: readonly string[]
}

// Enough to see that all of them are alike, where there are many.
const mostLookedInto = 20

/**
 * Folders that hold class folders themselves: those that are called like parts of a split, or all of them where each
 * holds the same folders. Undefined where there are none, as is usual.
 */
export async function findNestedClasses(root: string, top: TopLevel): Promise<NestedClasses | undefined> {
  const part = (await partsIn(root, top)).find(({ folders }) => folders.length > 1)
  if (part !== undefined) return { folders: [part.name], inside: part.folders }
  const [first, ...more] = top.folders.slice(0, mostLookedInto)
  if (first === undefined || more.length === 0) return undefined
  const inside = await foldersAlone(join(root, first))
  if (inside.length < 2) return undefined
  for (const name of more) {
    const folders = await foldersAlone(join(root, name))
    if (folders.length !== inside.length || !folders.every((one) => inside.includes(one))) return undefined
  }
  return { folders: top.folders, inside }
}

/** Names of folders inside the class folders that are parts of a split, where there is more than one kind of them. */
export function partsInsideClasses(images: readonly ImageEntry[]): string[] {
  const names = new Set<string>()
  for (const { path } of images) {
    const [, inside, ...rest] = path.split('/')
    if (inside !== undefined && rest.length > 0) names.add(inside)
  }
  const parts = [...names].filter((name) => partOf(name)?.rest === '')
  const kinds = new Set(parts.map((name) => partOf(name)?.kind))
  return kinds.has('training') && kinds.size > 1 ? parts : []
}
