/** @file Evaluates any model on a folder of class folders: every image once, classes matched by name. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { ImageCache } from '../../data/cache.ts'
import { checkFolder } from '../../data/check.ts'
import type { DataFolder } from '../../data/classes.ts'
import type { SkippedFile } from '../../data/finding.ts'
import type { CheckProgress } from '../../data/examine.ts'
import { sentencesOf } from '../../data/finding-sentences.ts'
import { scanFolder, scanValidationFolder } from '../../data/scan.ts'
import { evaluateImages } from './evaluate-images.ts'
import { namedMetrics, type NamedMetrics } from './metrics.ts'
import type { Predictor } from '../model/predictor.ts'

/** How a model does on a folder of images. */
export interface Evaluation extends NamedMetrics {
  readonly skipped: readonly SkippedFile[]
  readonly warnings: readonly string[]
}

/** What an evaluation works with. */
export interface EvaluateTools {
  readonly cache?: ImageCache | undefined
  readonly cacheDirectory?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onCheck?: ((progress: CheckProgress) => void) | undefined
  /** Called after every batch. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Runs a model over the images in `directory`, a batch at a time. Files that cannot be read are listed.
 *
 * @throws AppError `invalid_input` where the folder's classes are not the model's, `unsupported` for a model of
 *   labels that may hold beside one another, `cancelled`
 */
export async function evaluateFolder(
  predictor: Predictor,
  directory: string,
  { cache, cacheDirectory, signal, onCheck, onProgress }: EvaluateTools = {},
): Promise<Evaluation> {
  requireClasses(predictor)
  const folder = await matchingFolder(predictor, directory, signal)
  const labels = folder.classes
  const checked = await checkFolder(folder, { signal, cacheDirectory, onProgress: onCheck })
  const { root, images } = checked
  const skipped = [...checked.bad]
  const { batches, metrics } = evaluateImages(predictor, labels.length, {
    root,
    images,
    preprocessing: predictor.preprocessing,
    cache,
    onSkip: (file) => skipped.push(file),
    signal,
  })
  let done = 0
  for await (const { batch } of batches) {
    done += batch.count
    onProgress?.(done, images.length)
  }
  return { ...namedMetrics(metrics(), labels), skipped, warnings: sentencesOf(checked.findings) }
}

/** Folders put every image into one class, which is no measure for outputs that may all hold, or none. */
function requireClasses({ scores }: Predictor): void {
  if (scores === 'softmax') return
  throw new AppError(
    'unsupported',
    say`Each output of this model is a label of its own, which may hold beside others, while folders put every image into one class: its accuracy on them means nothing. Use predict, which gives a probability for every label.`,
  )
}

/** The images with the labels of the model's classes. A model without class names gets those of the folder, in order. */
async function matchingFolder(
  { labels, hasNames }: Predictor,
  directory: string,
  signal: AbortSignal | undefined,
): Promise<DataFolder> {
  if (hasNames) return scanValidationFolder(directory, labels, { signal })
  const folder = await scanFolder(directory, { signal })
  if (folder.classes.length === labels.length) {
    const sentence = say`The model has no class names: its classes are taken to be the folders, in alphabetical order.`
    return { ...folder, findings: [{ kind: 'note', sentence }, ...folder.findings] }
  }
  throw new AppError(
    'invalid_input',
    say`The model has ${labels.length} classes without names and ${directory} has ${folder.classes.length} class folders, so they cannot be matched. Fine-tune the model on these classes first, or choose images of its own.`,
    { folder: directory, classes: labels.length },
  )
}
