/** @file Everything a report says of a run, gathered from its folder; nothing is computed anew but pictures of mistakes. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { Evaluation, JudgedImage, PrecisionRecall } from '../../api/contract/results.ts'
import { Metric, type EvaluationEvent } from '../../train/events.ts'
import { isUnreadable } from '../../data/unreadable.ts'
import { readMetrics } from '../../train/run/history.ts'
import { readRecord, readRunData } from '../../train/run/run-folder.ts'
import type { RunData, RunRecord } from '../../train/run/run-record.ts'
import { createThumbnails, type Thumbnails } from '../data/thumbnails.ts'
import { precisionRecallOf, readEvaluation } from '../runs/stored-evaluation.ts'

/** A mistake with its picture; null where the file cannot be read any more. */
export interface PicturedMistake {
  readonly image: JudgedImage
  readonly jpeg: Uint8Array | null
}

/** What is reported. */
export interface ReportContent {
  /** What people call the run. */
  readonly name: string
  readonly record: RunRecord
  readonly data: RunData
  readonly evaluation: Evaluation
  readonly curves: readonly PrecisionRecall[]
  /** Evaluations during the training, in order. */
  readonly history: readonly EvaluationEvent[]
  /** The most confident ones first. */
  readonly mistakes: readonly PicturedMistake[]
  readonly allMistakes: number
}

// A report stays a file that can be sent.
const mostMistakes = 48
const pictureSize = 240
const atOnce = 8

/**
 * The content of a report of the run in `folder`.
 *
 * @throws AppError `not_found` where there is no run, `invalid_input` where it is not known what it says, `cancelled`
 */
export async function gatherContent(
  folder: string,
  name: string,
  signal: AbortSignal,
): Promise<ReportContent> {
  const record = await readRecord(folder)
  const data = await readRunData(folder)
  const evaluation = await readEvaluation(folder)
  if (evaluation === null) throw unknownAnswers(folder)
  const wrong = evaluation.images
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.probability - a.probability)
  const labels = record.classes.map((_, label) => label)
  return {
    name,
    record,
    data,
    evaluation,
    curves: await precisionRecallOf(folder, labels),
    history: await evaluationsIn(folder),
    mistakes: await pictured(evaluation.root, wrong.slice(0, mostMistakes), signal),
    allMistakes: wrong.length,
  }
}

function unknownAnswers(folder: string): AppError {
  return new AppError(
    'invalid_input',
    say`What the run in ${folder} says about held-out images is not known: it held out none, or comes from an earlier version. Open its results in the window once, which evaluates it; or start a new run.`,
  )
}

async function evaluationsIn(folder: string): Promise<EvaluationEvent[]> {
  return (await readMetrics(folder)).flatMap((line) => {
    const parsed = Metric.safeParse(line)
    return parsed.success && parsed.data.type === 'evaluation' ? [parsed.data] : []
  })
}

async function pictured(
  root: string,
  images: readonly JudgedImage[],
  signal: AbortSignal,
): Promise<PicturedMistake[]> {
  const thumbnails = createThumbnails()
  thumbnails.allow(root)
  const found: PicturedMistake[] = []
  for (let first = 0; first < images.length; first += atOnce) {
    const some = images.slice(first, first + atOnce)
    const jpegs = await Promise.all(some.map(async ({ path }) => pictureOf(thumbnails, root, path, signal)))
    for (const [place, image] of some.entries()) found.push({ image, jpeg: jpegs[place] ?? null })
  }
  return found
}

async function pictureOf(
  thumbnails: Thumbnails,
  folder: string,
  path: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  try {
    return await thumbnails.get({ folder, path, size: pictureSize }, signal)
  } catch (thrown) {
    // The photo has gone since: its line stays without a picture.
    if (isUnreadable(thrown)) return null
    throw thrown
  }
}
