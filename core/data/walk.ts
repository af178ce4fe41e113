/**
 * @file Walks class folders: every image at any depth, links followed, nothing counted twice. Real files come before
 * links, so that a file reachable both ways keeps the class of its own folder.
 */
import type { Dirent } from 'node:fs'
import { lstat, opendir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'

import { throwIfCancelled } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { compareCodePoints, noLabel, type ImageEntry } from './classes.ts'
import type { SkippedFile } from './finding.ts'
import { isIgnoredName, nameReason } from './file-names.ts'
import { isImageName } from './image-names.ts'

export interface WalkOptions {
  readonly signal?: AbortSignal | undefined
  /** Called now and then with how many images have been found. */
  readonly onProgress?: ((found: number) => void) | undefined
}

/** A folder or link to walk: `path` relative to the root, with `/`; its images get `label`. */
interface Place {
  readonly path: string
  readonly label: number
}

interface Walk extends WalkOptions {
  readonly root: string
  readonly realRoot: string
  readonly images: ImageEntry[]
  readonly skipped: SkippedFile[]
  /** Real path of every folder entered → the path it was entered by. */
  readonly visited: Map<string, string>
  /** Real path of every file counted through a link → the path of the link. */
  readonly linked: Map<string, string>
  links: Place[]
}

/** What a walk found; images in no particular order. */
export interface WalkResult {
  readonly images: ImageEntry[]
  readonly skipped: SkippedFile[]
}

/**
 * Lists the images of the class folders `names` of `root`; the label of an image is the index of its folder in `names`.
 * Files beside them that are named in `loose` have no label. Only relative paths are held in memory.
 *
 * @throws AppError `cancelled`
 */
export async function walkClassFolders(
  root: string,
  names: readonly string[],
  options: WalkOptions,
  loose: readonly string[] = [],
): Promise<WalkResult> {
  const realRoot = await realpath(root)
  const walk: Walk = {
    root,
    realRoot,
    images: [],
    skipped: [],
    visited: new Map(),
    linked: new Map(),
    links: [],
    ...options,
  }
  for (const [label, path] of names.entries()) await enterClass(walk, { path, label })
  for (const path of loose) await takeLoose(walk, { path, label: noLabel })
  while (walk.links.length > 0) {
    const links = walk.links.sort((a, b) => compareCodePoints(a.path, b.path))
    walk.links = []
    for (const link of links) await followLink(walk, link)
  }
  return { images: walk.images, skipped: walk.skipped }
}

async function takeLoose(walk: Walk, place: Place): Promise<void> {
  throwIfCancelled(walk.signal)
  const path = join(walk.root, place.path)
  const info = await lstat(path).catch(() => null)
  if (info === null) return
  if (info.isSymbolicLink()) walk.links.push(place)
  else if (!info.isFile()) skip(walk, place.path, say`A pipe, socket or device, not a file.`)
  else addFile(walk, place, join(walk.realRoot, place.path))
}

async function enterClass(walk: Walk, place: Place): Promise<void> {
  const real = await realpath(join(walk.root, place.path))
  if (real === join(walk.realRoot, place.path)) await walkFolder(walk, place, real)
  else walk.links.push(place)
}

async function walkFolder(walk: Walk, place: Place, real: string): Promise<void> {
  const earlier = walk.visited.get(real)
  if (earlier !== undefined) {
    skip(walk, place.path, say`The same folder as "${earlier}", which is already counted.`)
    return
  }
  walk.visited.set(real, place.path)
  const before = walk.images.length + walk.links.length
  try {
    // Reading many names at once keeps the round trips few; the list itself is never held whole.
    for await (const entry of await opendir(real, { bufferSize: 512 })) {
      throwIfCancelled(walk.signal)
      if (!isIgnoredName(entry.name)) await visit(walk, entry, place, real)
    }
  } catch (error) {
    if (!isSystemError(error)) throw error
    skip(walk, place.path, say`The folder cannot be read (${error.code}). Check its permissions.`)
  }
  if (walk.images.length + walk.links.length === before && isImageName(place.path))
    skip(walk, place.path, say`A folder, although its name ends like that of an image.`)
}

async function visit(walk: Walk, entry: Dirent, parent: Place, realParent: string): Promise<void> {
  const place = { path: `${parent.path}/${entry.name}`, label: parent.label }
  if (entry.isSymbolicLink()) walk.links.push(place)
  else if (entry.isDirectory()) await walkFolder(walk, place, join(realParent, entry.name))
  else if (!entry.isFile()) skip(walk, place.path, say`A pipe, socket or device, not a file.`)
  else if (!isImageName(entry.name)) skip(walk, place.path, nameReason(entry.name))
  else addFile(walk, place, join(realParent, entry.name))
}

function addFile(walk: Walk, place: Place, real: string): void {
  const earlier = walk.linked.get(real)
  if (earlier !== undefined) {
    skip(walk, place.path, say`The same file as "${earlier}", which is already counted.`)
    return
  }
  walk.images.push(place)
  if (walk.images.length % 1000 === 0) walk.onProgress?.(walk.images.length)
}

async function followLink(walk: Walk, link: Place): Promise<void> {
  throwIfCancelled(walk.signal)
  const path = join(walk.root, link.path)
  try {
    const real = await realpath(path)
    const target = await stat(real)
    if (holds(real, walk.realRoot))
      skip(walk, link.path, say`A link that leads back to a folder that contains this one.`)
    else if (target.isDirectory()) await walkFolder(walk, link, real)
    else if (!target.isFile()) skip(walk, link.path, say`A link to a pipe, socket or device, not to a file.`)
    else addLinkedFile(walk, link, real)
  } catch (error) {
    if (!isSystemError(error)) throw error
    skip(walk, link.path, brokenLinkReason(error.code))
  }
}

function holds(outer: string, inner: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function addLinkedFile(walk: Walk, link: Place, real: string): void {
  if (!isImageName(link.path) && !isImageName(real)) {
    skip(walk, link.path, nameReason(basename(link.path)))
    return
  }
  const folder = walk.visited.get(dirname(real))
  const name = basename(real)
  // Files in a folder that was walked are already in the list under their own name.
  if (folder !== undefined && isImageName(name) && !isIgnoredName(name)) {
    skip(walk, link.path, say`A link to "${folder}/${name}", which is already counted.`)
    return
  }
  addFile(walk, link, real)
  if (!walk.linked.has(real)) walk.linked.set(real, link.path)
}

function brokenLinkReason(code: string): Sentence {
  if (code === 'ELOOP') return say`A link that leads back to itself.`
  if (code === 'ENOENT') return say`A link to something that no longer exists.`
  return say`A link that cannot be followed (${code}).`
}

function skip(walk: Walk, path: string, reason: Sentence): void {
  walk.skipped.push({ path, reason })
}

interface SystemError extends Error {
  readonly code: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error && typeof error.code === 'string'
}
