/** @file Predicts the class of any number of images, a batch at a time; files that cannot be read never stop it. */
import { realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'

import { AppError, throwIfCancelled } from '../../errors.ts'
import { say, type Sentence } from '../../sentence.ts'
import { compareCodePoints } from '../../data/classes.ts'
import type { RgbImage } from '../../data/image.ts'
import { loadFile } from '../../data/load.ts'
import { mapParallel } from '../../data/parallel.ts'
import { isUnreadable, unreadableReason } from '../../data/unreadable.ts'
import { walkClassFolders } from '../../data/walk.ts'
import { at } from '../../tensor/shape.ts'
import { sigmoid, softmax, topK } from '../evaluation/metrics.ts'
import type { Predictor } from './predictor.ts'

/** A file to predict, or one that is left out with its reason. */
export interface Candidate {
  readonly file: string
  readonly reason?: Sentence
}

/** One image with its most probable classes, best first, or the reason why there are none. */
export type Prediction =
  | { readonly file: string; readonly top: readonly LabelledGuess[] }
  | { readonly file: string; readonly reason: Sentence }

/** A class and its probability from 0 to 1. */
export interface LabelledGuess {
  readonly label: string
  readonly probability: number
}

/**
 * The images behind some paths, in this order: files as they are, folders at any depth. Hidden and system files in
 * folders are skipped; other files that are not images come with a reason.
 *
 * @throws AppError `cancelled`
 */
export async function findImages(paths: readonly string[], signal?: AbortSignal): Promise<Candidate[]> {
  const found: Candidate[][] = []
  for (const path of paths) {
    const kind = await kindOf(path)
    if (kind === 'folder') found.push(await imagesIn(path, signal))
    else if (kind === 'file') found.push([{ file: path }])
    else found.push([{ file: path, reason: say`There is no such file or folder.` }])
  }
  return found.flat()
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file'
  } catch (error) {
    // Anything else wrong with a file shows when it is read.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'nothing' : 'file'
  }
}

async function imagesIn(folder: string, signal: AbortSignal | undefined): Promise<Candidate[]> {
  // Links on the path to the folder itself are not part of the walk.
  const real = await realpath(resolve(folder))
  const name = basename(real)
  const { images, skipped } = await walkClassFolders(dirname(real), [name], { signal })
  const asGiven = (path: string): string => join(folder, path.slice(name.length + 1))
  return [
    ...images.map(({ path }) => ({ file: asGiven(path) })),
    ...skipped.map(({ path, reason }) => ({ file: asGiven(path), reason })),
  ].sort((a, b) => compareCodePoints(a.file, b.file))
}

/** How to predict. */
export interface PredictOptions {
  /** The most classes to list for each image. */
  readonly top: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Predicts one file after the other, in this order. The next batch is decoded while one is computed; no more is held in
 * memory.
 *
 * @throws AppError `cancelled`
 */
export async function* predictFiles(
  predictor: Predictor,
  candidates: readonly Candidate[],
  { top, signal }: PredictOptions,
): AsyncGenerator<Prediction, void, void> {
  const { batch } = predictor
  const load = async (start: number): Promise<LoadedFile[]> =>
    mapParallel(candidates.slice(start, start + batch), batch, async (file) => tryLoad(predictor, file))
  let pending = load(0)
  for (let start = 0; start < candidates.length; start += batch) {
    throwIfCancelled(signal)
    const files = await pending
    pending = load(start + batch)
    // A failure is reported by the turn that asks for this batch, not before.
    pending.catch(() => undefined)
    yield* await predictBatch(predictor, files, top)
    // A run blocks this thread: without a turn of the event loop no signal would ever arrive.
    await nextTurn()
  }
}

type LoadedFile =
  | { readonly file: string; readonly image: RgbImage }
  | { readonly file: string; readonly reason: Sentence }

async function tryLoad({ preprocessing }: Predictor, { file, reason }: Candidate): Promise<LoadedFile> {
  if (reason !== undefined) return { file, reason }
  try {
    return { file, image: await loadFile(file, preprocessing) }
  } catch (error) {
    if (!isUnreadable(error)) throw error
    return { file, reason: unreadableReason(error) }
  }
}

async function predictBatch(
  predictor: Predictor,
  files: readonly LoadedFile[],
  top: number,
): Promise<Prediction[]> {
  const images = files.flatMap((one) => ('image' in one ? [one.image] : []))
  const logits = await logitsOf(predictor, images)
  let row = 0
  return files.map((one) => {
    if ('reason' in one) return one
    return { file: one.file, top: guesses(predictor, one.file, at(logits, row++), top) }
  })
}

/** One row [K] for each image. */
async function logitsOf(predictor: Predictor, images: readonly RgbImage[]): Promise<Float32Array[]> {
  if (images.length === 0) return []
  const { height, width } = predictor.preprocessing.resolution
  const size = height * width * 3
  const pixels = new Uint8Array(images.length * size)
  for (const [row, { data }] of images.entries()) pixels.set(data, row * size)
  const { data } = await predictor.compute(pixels, images.length)
  const classes = predictor.labels.length
  return images.map((_, row) => data.subarray(row * classes, (row + 1) * classes))
}

function guesses(
  { labels, scores }: Predictor,
  file: string,
  logits: Float32Array,
  top: number,
): LabelledGuess[] {
  if (!logits.every(Number.isFinite)) {
    throw new AppError(
      'invalid_input',
      say`The model's output for ${file} is not a finite number, so it predicts nothing: its weights have diverged. Train with a lower learning rate, or check the checkpoint.`,
    )
  }
  const probabilities = scores === 'softmax' ? softmax(logits) : sigmoid(logits)
  return topK(probabilities, top).map(({ index, score }) => ({
    label: at(labels, index),
    probability: score,
  }))
}
