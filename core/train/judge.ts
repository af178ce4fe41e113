/** @file Judges the weights of a run by its held-out images, tells what they say, and keeps the best. */
import type { SkippedFile } from '../data/finding.ts'
import type { CheckedImage } from '../data/load.ts'
import { at } from '../tensor/shape.ts'
import type { Parameters } from '../tensor/tensor.ts'
import { isBetter, type Judged } from './evaluation/best.ts'
import { evaluateImages, type ImageEvaluation, type RowsOfImages } from './evaluation/evaluate-images.ts'
import { gatherLogits, heldOutOf, labelsOfRows, type HeldOut } from './evaluation/held-out.ts'
import { meanLoss } from './evaluation/calibration.ts'
import { adjustLogits, temperatureAlone } from './evaluation/logit-adjustment.ts'
import type { Metrics } from './evaluation/metrics.ts'
import type { ExamplesEvent, TrainEvent } from './events.ts'
import { judgeExamples } from './probe/examples.ts'
import { atOwnResolution } from './probe/run-probe.ts'
import { readProbe } from './run/checkpoint-files.ts'
import { secondsOf } from './run/throughput.ts'
import { noteTimes, pauseIfAsked, type Session } from './session.ts'

/** What is known before the first step: how good the probe is that it starts from, and what it says of the examples. */
export async function* tellBeginning(session: Session): AsyncGenerator<TrainEvent> {
  const { record, examples } = session
  if (record.settings.head === 'probe' && record.probe !== null) {
    const { accuracy, accuracyInterval, loss } = record.probe
    if (session.best === null) await keepStart(session, { accuracy, loss })
    const event = { type: 'evaluation', step: 0, accuracy, loss, accuracyInterval, best: true } as const
    session.lastEvaluation = { step: 0, accuracy, loss, temperedLoss: null }
    await session.writer.append(event)
    yield event
  }
  if (examples.length > 0) yield await firstLook(session)
}

/** A training that gains nothing leaves the probe that it starts from. */
async function keepStart(session: Session, raw: Judged): Promise<void> {
  const { directory, record, probeFrom, active, writer, source } = session
  const heldOut = (await readProbe(directory, record))?.heldOut ?? null
  const weights = await active.weights()
  // Its positions as they were pretrained: those of the first steps may be for a lower resolution.
  const parameters = probeFrom === null ? weights : atOwnResolution(weights, probeFrom)
  await writer.writeBest({ parameters, heldOut }, 0)
  const loss = heldOut === null ? raw.loss : temperedLoss(heldOut, source.validation.images)
  noteBest(session, 0, { accuracy: raw.accuracy, loss })
}

/** Steps after which the model is evaluated and saved: a few along the way, and the last. */
export function isMilestone({ record: { settings } }: Session, step: number): boolean {
  return step > 0 && (step % settings.evaluateEvery === 0 || step === settings.steps)
}

/** Whether the weights after `step` are still to be judged. */
export function evaluationIsDue(session: Session, step: number): boolean {
  const { source, lastEvaluation } = session
  const isPossible = source.validation.images.length > 0
  return isPossible && isMilestone(session, step) && lastEvaluation?.step !== step
}

/** Judges the weights as they stand after `step`. Reports nothing if it was stopped on request. */
export async function* evaluate(session: Session, step: number): AsyncGenerator<TrainEvent> {
  const start = performance.now()
  const { examples, record, active } = session
  const found = yield* judge(session, active.classifier, step)
  if (found === null) return
  const { metrics, judged, heldOut, indices, pausedMs } = found
  const { accuracy, loss, accuracyInterval } = metrics
  const best = await keepIfBetter(session, step, found, () => active.weights())
  session.throughput.evaluationMs = performance.now() - start - pausedMs
  const event = { type: 'evaluation', step, accuracy, loss, accuracyInterval, best } as const
  session.lastEvaluation = { step, accuracy, loss, temperedLoss: judged?.loss ?? null }
  await session.writer.append(event)
  yield event
  if (examples.length === 0) return
  // As sure as predictions with these weights would be.
  const tempered = adjustLogits(heldOut.logits, temperatureAlone(heldOut, record.classes.length))
  const images = judgeExamples(session.source.validation.images, examples, indices, tempered)
  yield await tellExamples(session, { type: 'examples', step, images })
}

/** What the held-out images say about some weights. */
export interface Judgement {
  readonly metrics: Metrics
  /** Null where none of the images can be read. */
  readonly judged: Judged | null
  readonly heldOut: HeldOut
  /** The images that were read. */
  readonly indices: readonly number[]
  readonly pausedMs: number
}

/** Judges weights by all held-out images; null if it was stopped on request. */
export async function* judge(
  session: Session,
  model: RowsOfImages,
  step: number,
): AsyncGenerator<TrainEvent, Judgement | null> {
  const validation = session.source.validation.images
  const gathered = gatherLogits(validation.length)
  const skipped: SkippedFile[] = []
  const evaluation = evaluating(session, model, validation, (file) => skipped.push(file))
  let pausedMs = 0
  for await (const { batch, rows } of evaluation.batches) {
    gathered.add(rows, batch.indices)
    pausedMs += yield* pauseIfAsked(session, step)
    if (session.signal?.aborted === true) return null
  }
  for (const file of skipped) session.skipped.push(file)
  const metrics = evaluation.metrics()
  const heldOut = heldOutOf(gathered.logits(), validation, skipped)
  const { accuracy } = metrics
  const judged = accuracy === null ? null : { accuracy, loss: temperedLoss(heldOut, validation) }
  return { metrics, judged, heldOut, indices: gathered.indices, pausedMs }
}

/** The loss of the probabilities that a model answers with, which a temperature makes honest. */
function temperedLoss(heldOut: HeldOut, validation: readonly CheckedImage[]): number {
  const labels = labelsOfRows(validation, heldOut.skipped)
  return meanLoss({ logits: heldOut.logits, labels }, heldOut.temperature)
}

/** What the model says about the examples before it has learned anything. */
async function firstLook(session: Session): Promise<TrainEvent> {
  const { source, examples, active } = session
  const chosen = examples.map((index) => at(source.validation.images, index))
  const all = chosen.map((_, index) => index)
  const images: ExamplesEvent['images'][number][][] = []
  for await (const { batch, rows } of evaluating(session, active.classifier, chosen).batches) {
    images.push(judgeExamples(chosen, all, batch.indices, rows))
  }
  return tellExamples(session, { type: 'examples', step: 0, images: images.flat() })
}

async function tellExamples(session: Session, event: ExamplesEvent): Promise<TrainEvent> {
  await session.writer.append(event)
  return event
}

/** A wish to stop is left to who reads the batches. */
function evaluating(
  { source, record, cache }: Session,
  model: RowsOfImages,
  images: readonly CheckedImage[],
  onSkip?: (file: SkippedFile) => void,
): ImageEvaluation {
  const { classes, preprocessing } = record
  const { root } = source.validation
  return evaluateImages(model, classes.length, { root, images, preprocessing, cache, onSkip })
}

/** Keeps weights that are better than the best so far, as those after `step`; returns whether they are. */
export async function keepIfBetter(
  session: Session,
  step: number,
  { judged, heldOut, metrics }: Judgement,
  weights: () => Promise<Parameters>,
): Promise<boolean> {
  if (judged === null || !isBetter(judged, session.best, metrics.images)) return false
  await session.writer.writeBest({ parameters: await weights(), heldOut }, step)
  noteBest(session, step, judged)
  return true
}

function noteBest(session: Session, step: number, judged: Judged): void {
  session.best = { step, ...judged }
  noteTimes(session, secondsOf(session.clock))
}
