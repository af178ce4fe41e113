/** @file Pictures of formulas as the data of a training: rendered on the way, none of them twice. */
import type { DataSource, TrainingStream } from '../train/data-source.ts'
import type { FormulaData, RunRecord } from '../train/run/run-record.ts'
import type { LabelledImages } from '../train/step/stepper.ts'
import { preprocessingAt } from '../train/step/phases.ts'
import { invariant } from '../errors.ts'
import { renderBatch, type RenderedBatch } from './batch.ts'
import { createFormulaClasses } from './formula-classes.ts'
import { renderAhead, type RenderOrder } from './render-ahead.ts'

/** What renders. */
export interface Renderer {
  /** The bundle of render-worker.ts; without it the pictures are rendered between the steps. */
  readonly entry?: URL | undefined
  readonly workers: number
}

/** The pictures of a pretraining. The batch of a step follows from the seed of the run and the step alone. */
export function formulaSource(
  { settings, classes }: RunRecord,
  { formulas }: FormulaData,
  renderer: Renderer,
): DataSource {
  return {
    training: settings.steps * settings.batch,
    validation: { root: '', images: [] },
    open: ({ record, phase, step, front }) => {
      invariant(front === null, () => 'pictures that come once are not kept behind a frozen front')
      const order: RenderOrder = {
        classCount: classes.length,
        classSeed: formulas.classSeed,
        seed: record.settings.seed,
        batchSize: record.settings.batch,
        resolution: preprocessingAt(record, phase).resolution.height,
      }
      const batches =
        renderer.entry === undefined
          ? renderHere(order, step + 1)
          : renderAhead(order, renderer.entry, renderer.workers, step + 1)
      return streamOf(batches, classes.length, formulas.labelSmoothing)
    },
  }
}

async function* renderHere(order: RenderOrder, firstStep: number): AsyncGenerator<RenderedBatch, never> {
  const classes = createFormulaClasses(order.classCount, order.classSeed)
  for (let step = firstStep; ; step++) {
    yield renderBatch(classes, order.seed, step, order.batchSize, order.resolution)
  }
}

function streamOf(
  batches: AsyncGenerator<RenderedBatch, never>,
  classes: number,
  smoothing: number,
): TrainingStream {
  return {
    next: async () => labelled((await batches.next()).value, classes, smoothing),
    dispose: async () => void (await batches.return(undefined as never)),
  }
}

/** `smoothing` is the share of each target that is spread evenly over all classes. */
function labelled({ pixels, labels }: RenderedBatch, classes: number, smoothing: number): LabelledImages {
  const count = labels.length
  if (smoothing === 0) return { pixels, labels, count }
  const targets = new Float32Array(count * classes).fill(smoothing / classes)
  labels.forEach((label, row) => {
    targets[row * classes + label] = 1 - smoothing + smoothing / classes
  })
  return { pixels, labels, targets, count }
}
