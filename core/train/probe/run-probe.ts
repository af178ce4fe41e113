/**
 * @file The linear probe of a run, fitted before its first step: the head to start from, and what every training has to
 * beat. Seconds of computing, since each image goes through the frozen network once.
 */
import type { ImageCache } from '../../data/cache.ts'
import type { CheckedImage, FolderImages } from '../../data/load.ts'
import { foldsOf } from '../../data/split.ts'
import type { Engine } from '../../engine/engine.ts'
import { at } from '../../tensor/shape.ts'
import { floatTensor, stacked, type FloatTensor, type Parameters } from '../../tensor/tensor.ts'
import type { DataSource } from '../data-source.ts'
import type { ProbeFigures, TrainEvent } from '../events.ts'
import { drawingOrder } from './few-shot.ts'
import { frozenFeatures, type FrozenFeatures } from './few-shot-features.ts'
import { heldOutOf, imagesOf, type HeldOut } from '../evaluation/held-out.ts'
import { countBatch, createTally, metricsOf, wilsonInterval } from '../evaluation/metrics.ts'
import { crossValidate, fitProbeHead, headLogits, type LinearHead } from './probe-head.ts'
import type { RunRecord } from '../run/run-record.ts'

/** What is known of a run before its first step. */
export interface RunToProbe {
  readonly directory: string
  readonly record: RunRecord
  readonly source: Pick<DataSource, 'validation'>
  /** The network; its head is not looked at. */
  readonly parameters: Parameters
}

/** What the probe of a run is fitted to. */
export interface ProbeSource {
  readonly training: FolderImages
  /** Position embedding of the run's own resolution, which its first steps need not have. */
  readonly positions: FloatTensor
}

/** A network with the positions of the run's own resolution. */
export function atOwnResolution(parameters: Parameters, { positions }: ProbeSource): Parameters {
  return new Map([...parameters, ['positionEmbedding', positions]])
}

/** A fitted probe. */
export interface RunProbe {
  readonly head: LinearHead
  /** Null where nothing is held out, or none of it can be read. */
  readonly judged: { readonly figures: ProbeFigures; readonly heldOut: HeldOut } | null
}

/** What fitting works with. */
export interface ProbeTools {
  readonly engine: Engine
  readonly cache?: ImageCache | undefined
  readonly signal?: AbortSignal | undefined
}

type Progress = Extract<TrainEvent, { type: 'probing' }>

// Beyond these a probe hardly gets better, and the images would take longer than a short training.
const mostImages = 3000
const folds = 5
// Below so many held-out images a single split says little.
const enoughHeldOut = 200

/**
 * Fits the probe to the training images of a run, or an even part of them where they are very many, and judges it by the
 * held-out ones.
 *
 * @throws AppError `cancelled`, `out_of_memory`
 */
export async function* probeRun(
  run: RunToProbe,
  from: ProbeSource,
  tools: ProbeTools,
): AsyncGenerator<Progress, RunProbe> {
  const { record, source } = run
  const { seed } = record.settings
  const classes = record.classes.length
  const images = evenPart(from.training.images, classes, seed)
  const network = { ...run, parameters: atOwnResolution(run.parameters, from) }
  const folders = [{ ...from.training, images }, source.validation]
  const features = yield* featuresOf(network, folders, tools)
  const [learned, held] = [at(features, 0), at(features, 1)]
  const sample = gather(images, learned)
  const folded = { ...sample, folds: foldsOf(sample.images, folds, seed) }
  const head = await fitProbeHead(folded, classes, tools.signal)
  const tests = gather(source.validation.images, held)
  if (tests.images.length === 0) return { head, judged: null }
  const logits = headLogits(head, tests.features)
  const { accuracy, accuracyInterval, loss } = metricsFor(logits, tests.labels, classes)
  if (accuracy === null || accuracyInterval === null || loss === null) return { head, judged: null }
  const isFew = tests.images.length < enoughHeldOut
  const fiveFold = isFew ? await fiveFoldEstimate([sample, tests], classes, seed, tools.signal) : null
  const figures = { accuracy, accuracyInterval, loss, fiveFold }
  return { head, judged: { figures, heldOut: heldOutOf(logits, source.validation.images, held.skipped) } }
}

/** In proportion to the classes, so that the probe learns how frequent they are. */
function evenPart(images: readonly CheckedImage[], classes: number, seed: number): readonly CheckedImage[] {
  if (images.length <= mostImages) return images
  const share = mostImages / images.length
  const labels = images.map(({ label }) => label)
  const drawn = drawingOrder(labels, classes, seed).flatMap((order) =>
    order.slice(0, Math.ceil(share * order.length)),
  )
  return drawn.sort((a, b) => a - b).map((index) => at(images, index))
}

async function* featuresOf(
  { directory, record, parameters }: RunToProbe,
  folders: readonly FolderImages[],
  tools: ProbeTools,
): AsyncGenerator<Progress, FrozenFeatures[]> {
  const { config } = record.model
  const model = { path: directory, config, preprocessing: record.preprocessing, parameters }
  const features = frozenFeatures(model, folders, tools)
  for (;;) {
    const { value, done } = await features.next()
    if (done === true) return value
    yield { type: 'probing', ...value }
  }
}

/** Images with their features. */
interface Sample {
  readonly images: readonly CheckedImage[]
  readonly labels: readonly number[]
  /** [N, D] */
  readonly features: FloatTensor
}

/** Those that could be read. */
function gather(images: readonly CheckedImage[], { rows, skipped }: FrozenFeatures): Sample {
  const read = imagesOf(images, skipped)
  const found = rows.flatMap((row) => row ?? [])
  return { images: read, labels: read.map(({ label }) => label), features: stacked(found) }
}

function metricsFor(
  logits: FloatTensor,
  labels: readonly number[],
  classes: number,
): ReturnType<typeof metricsOf> {
  const tally = createTally(classes)
  countBatch(tally, logits, labels)
  return metricsOf(tally)
}

async function fiveFoldEstimate(
  samples: readonly Sample[],
  classes: number,
  seed: number,
  signal: AbortSignal | undefined,
): Promise<ProbeFigures['fiveFold']> {
  const images = samples.flatMap((sample) => sample.images)
  const labels = images.map(({ label }) => label)
  const features = joined(samples.map((sample) => sample.features))
  const all = { features, labels, folds: foldsOf(images, folds, seed) }
  const { accuracy } = metricsFor(await crossValidate(all, classes, signal), labels, classes)
  const right = Math.round((accuracy ?? 0) * images.length)
  const accuracyInterval = wilsonInterval(right, images.length)
  return accuracy === null || accuracyInterval === null
    ? null
    : { images: images.length, accuracy, accuracyInterval }
}

function joined(tensors: readonly FloatTensor[]): FloatTensor {
  const width = at(at(tensors, 0).shape, 1)
  const count = tensors.reduce((sum, { shape }) => sum + at(shape, 0), 0)
  const data = new Float32Array(count * width)
  let place = 0
  for (const tensor of tensors) {
    data.set(tensor.data, place)
    place += tensor.data.length
  }
  return floatTensor([count, width], data)
}
