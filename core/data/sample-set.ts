/**
 * @file The sample set that ships with the studio: emoji by one designer to train on, the same kinds of things drawn by
 * another to test on. The drawings come with two npm packages and are turned into image folders on first use.
 */
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import sharp from 'sharp'

import { AppError, invariant, throwIfCancelled } from '../errors.ts'
import { say } from '../sentence.ts'
import { makeFolder } from '../files/make-folder.ts'
import { createRandom, forkRandom, integer, type Random } from '../tensor/random.ts'
import { mapParallel } from './parallel.ts'
import { samplePictures, skinTones } from './sample-pictures.ts'

/** Where the two halves are, each a folder of class folders. */
export interface SampleSet {
  readonly train: string
  readonly test: string
}

/** How a caller follows and stops the drawing. */
export interface SampleSetOptions {
  readonly signal?: AbortSignal | undefined
  /** Called after every picture. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Makes the sample set in `directory` (about 940 PNG files of 160 x 160 pixels in five classes) and returns its halves.
 * The folder appears in one step when everything is drawn, and is left as it is if it exists already.
 *
 * @throws AppError `invalid_input` if the folder holds something else, `cancelled` on the signal
 */
export async function writeSampleSet(directory: string, options: SampleSetOptions = {}): Promise<SampleSet> {
  if (!(await isComplete(directory))) await makeSampleSet(directory, options)
  return { train: join(directory, 'train'), test: join(directory, 'test') }
}

const noticeName = 'NOTICE.txt'

// Raise the edition when pictures change, so that an older set is redrawn.
const noticeTitle = 'Sample pictures of ViT Studio'
const notice = `${noticeTitle}, edition 1

train/  Noto Emoji, copyright Google Inc., licensed under the Apache License 2.0
        https://github.com/googlefonts/noto-emoji (npm package @iconify-json/noto)
test/   Fluent Emoji Flat, copyright Microsoft Corporation, licensed under the MIT License
        https://github.com/microsoft/fluentui-emoji (npm package @iconify-json/fluent-emoji-flat)

The drawings were rendered to pixels on plain backgrounds and are otherwise unchanged.
`

interface Source {
  readonly half: keyof SampleSet
  readonly file: string
  /** What the package adds to a name for a skin tone, before and after it. */
  readonly toneSuffix: (tone: string) => string
}

const sources: readonly Source[] = [
  { half: 'train', file: '@iconify-json/noto/icons.json', toneSuffix: (tone) => `-${tone}-skin-tone` },
  { half: 'test', file: '@iconify-json/fluent-emoji-flat/icons.json', toneSuffix: (tone) => `-${tone}` },
]

/** The part of Iconify's file format that is used here. */
interface IconFile {
  readonly width: number
  readonly height: number
  readonly icons: Readonly<
    Record<string, { readonly body: string; readonly width?: number; readonly height?: number }>
  >
}

interface Picture {
  /** Relative to the set's folder. */
  readonly path: string
  readonly svg: string
}

async function isComplete(directory: string): Promise<boolean> {
  if ((await readNotice(directory)) !== notice) return false
  const halves = await Promise.all(sources.map(({ half }) => listFolder(join(directory, half))))
  return halves.every((classes) => Object.keys(samplePictures).every((name) => classes.includes(name)))
}

async function makeSampleSet(directory: string, { signal, onProgress }: SampleSetOptions): Promise<void> {
  const isOurs = (await readNotice(directory)).startsWith(noticeTitle)
  if (!isOurs && (await listFolder(directory)).length > 0) {
    const text = say`${directory} already contains other files. Choose a new or empty folder for the sample pictures.`
    throw new AppError('invalid_input', text, { path: directory })
  }
  await makeFolder(dirname(directory))
  const temporary = await mkdtemp(`${directory}.tmp-`)
  try {
    await drawInto(temporary, signal, onProgress)
    await moveTo(temporary, directory)
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

// As many as Node has threads for them.
const picturesAtOnce = 4

async function drawInto(
  folder: string,
  signal: AbortSignal | undefined,
  onProgress: SampleSetOptions['onProgress'],
): Promise<void> {
  const pictures = (await Promise.all(sources.map(readPictures))).flat()
  const folders = new Set(pictures.map(({ path }) => dirname(join(folder, path))))
  for (const path of folders) await makeFolder(path)
  let done = 0
  await mapParallel(pictures, picturesAtOnce, async ({ path, svg }) => {
    throwIfCancelled(signal)
    await writeFile(join(folder, path), await sharp(Buffer.from(svg)).removeAlpha().png().toBuffer())
    done++
    onProgress?.(done, pictures.length)
  })
  await writeFile(join(folder, noticeName), notice)
}

// If two processes draw the same set at once, the second finds a complete set and drops its own.
async function moveTo(temporary: string, directory: string): Promise<void> {
  if (await isComplete(directory)) return
  await rm(directory, { recursive: true, force: true })
  try {
    await rename(temporary, directory)
  } catch (error) {
    if (!(await isComplete(directory))) throw error
  }
}

async function readPictures(source: Source): Promise<Picture[]> {
  const file = createRequire(import.meta.url).resolve(source.file)
  const icons = JSON.parse(await readFile(file, 'utf8')) as IconFile
  const tones = createRandom(1)
  const grounds = forkRandom(2, sources.indexOf(source))
  return Object.entries(samplePictures).flatMap(([className, names]) =>
    names.flatMap((name) => {
      const icon = icons.icons[toned(icons, name, source, tones)]
      if (icon === undefined) return []
      const { width = icons.width, height = icons.height } = icon
      const path = join(source.half, className, `${name}.png`)
      return [{ path, svg: drawing(icon.body, width, height, softColour(grounds)) }]
    }),
  )
}

// One of the drawings that differ by skin only, where there are any: every name gives one picture.
function toned(icons: IconFile, name: string, source: Source, random: Random): string {
  const tone = skinTones[integer(random, skinTones.length)]
  invariant(tone !== undefined, () => 'no skin tone was drawn')
  const variant = tone === '' ? name : `${name}${source.toneSuffix(tone)}`
  return variant in icons.icons ? variant : name
}

const side = 160
const margin = 12

function drawing(body: string, width: number, height: number, ground: string): string {
  const inner = side - 2 * margin
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${side}" height="${side}">
<rect width="${side}" height="${side}" fill="${ground}"/>
<svg x="${margin}" y="${margin}" width="${inner}" height="${inner}" viewBox="0 0 ${width} ${height}">${body}</svg></svg>`
}

// Any light colour, drawn afresh for each picture, so that the background says nothing about the class.
function softColour(random: Random): string {
  const channels = [0, 1, 2].map(() => 165 + integer(random, 85))
  return `rgb(${channels.join(',')})`
}

async function readNotice(directory: string): Promise<string> {
  return (await orNothing(readFile(join(directory, noticeName), 'utf8'))) ?? ''
}

async function listFolder(directory: string): Promise<string[]> {
  return (await orNothing(readdir(directory))) ?? []
}

// What does not exist counts as empty; every other failure is the caller's.
async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
