/** @file What a file's name says about it: an image, something to skip silently, or something to list with the reason. */
import { say, type Sentence } from '../sentence.ts'
import { extname } from 'node:path'

// Files and folders that operating systems, archivers and network drives leave behind.
const systemNames: ReadonlySet<string> = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '__macosx',
  'icon\r',
  '@eadir',
  '$recycle.bin',
  'system volume information',
])

const rawReason = say`Camera raw files cannot be read here. Export it as JPEG or TIFF.`
const vectorReason = say`Drawings (SVG, PDF) have no pixels. Export it as PNG.`

const reasonsByExtension: ReadonlyMap<string, Sentence> = new Map([
  ...['.cr2', '.cr3', '.nef', '.arw', '.dng', '.orf', '.rw2', '.raf'].map((e) => [e, rawReason] as const),
  ['.svg', vectorReason],
  ['.pdf', vectorReason],
  ['.psd', say`Photoshop files cannot be read here. Export it as PNG or JPEG.`],
  ['.jp2', say`JPEG 2000 cannot be read here. Convert it to JPEG or PNG.`],
  ['.jxl', say`JPEG XL cannot be read here. Convert it to JPEG or PNG.`],
  ['.zip', say`An archive. Unpack it first.`],
])

/** Whether this is a hidden or system file or folder, which nobody would miss in a list. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || systemNames.has(name.toLowerCase())
}

/** Why a file whose name does not end like a readable image is left out, as a sentence. */
export function nameReason(name: string): Sentence {
  const extension = extname(name).toLowerCase()
  const known = reasonsByExtension.get(extension)
  if (known !== undefined) return known
  const ending = extension === '' ? say`its name has no ending` : say`its name ends in ${extension}`
  return say`Not known as an image: ${ending}. If it is one, save it as JPEG or PNG.`
}
