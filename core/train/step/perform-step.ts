/** @file One step of a training, with its learning rate, what is reported about it, and whether it still makes sense. */
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { TrainEvent } from '../events.ts'
import type { OpenPhase } from './open-phase.ts'
import { currentSpeed, noteStep, secondsLeft, stepsLeft, type Throughput } from '../run/throughput.ts'
import type { RunRecord } from '../run/run-record.ts'
import type { RunWriter } from '../run/run-writer.ts'
import { learningRateAt } from '../schedule.ts'
import type { LabelledImages, StepResult } from './stepper.ts'

/** What a step works with. */
export interface StepTools {
  readonly record: RunRecord
  readonly writer: RunWriter
  readonly active: OpenPhase
  readonly throughput: Throughput
}

/**
 * Makes the step after `step` − 1 others and notes it in the history; `start` is when its preparation began.
 *
 * @throws AppError `invalid_input` when the loss diverged
 */
export async function performStep(
  tools: StepTools,
  step: number,
  images: LabelledImages,
  start: number,
): Promise<TrainEvent> {
  const { active, record, throughput, writer } = tools
  const { settings } = record
  const { learningRate: peak, warmup, steps: total, clip } = settings
  const learningRate = learningRateAt(step - 1, { peak, warmup, total })
  const scalars = active.optimiser.scalarsAt(step, learningRate)
  const result = await active.stepper.step(images, { ...scalars, clip })
  if (hasDiverged(result)) throw diverged(step, peak)
  noteStep(throughput, performance.now() - start, images.count)
  const metric = {
    type: 'step',
    step,
    loss: result.loss,
    accuracy: result.accuracy,
    gradNorm: result.gradientNorm,
    learningRate,
  } as const
  await writer.append(metric)
  const evaluationsLeft = Math.ceil((total - step) / settings.evaluateEvery)
  return {
    ...metric,
    imagesPerSecond: currentSpeed(throughput, settings.batch),
    secondsLeft: secondsLeft(throughput, stepsLeft(record, active.phase, step), evaluationsLeft),
    memoryMB: process.memoryUsage.rss() / 1e6,
  }
}

// Some GPUs turn NaN and infinity into ordinary large numbers, so magnitudes no healthy run reaches count as well.
const hopelessLoss = 1e4
const hopelessNorm = 1e8

function hasDiverged({ loss, gradientNorm }: StepResult): boolean {
  return !(Math.abs(loss) < hopelessLoss && gradientNorm < hopelessNorm)
}

function diverged(step: number, peak: number): AppError {
  return new AppError(
    'invalid_input',
    say`Training diverged at step ${step}: the loss is no longer a number. The learning rate ${peak} is too high for this model and data; start again with a lower one, ${(peak / 3).toPrecision(1)} for example.`,
    { step, learningRate: peak },
  )
}
