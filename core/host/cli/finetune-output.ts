/** @file What `finetune` prints about a run: its start, every step, its end. */
import { assertNever } from '../../errors.ts'
import { countByClass } from '../../data/classes.ts'
import type { ChosenEngine } from '../../engine/devices.ts'
import type {
  EvaluationEvent,
  Mixture,
  ProbeFigures,
  RunResult,
  RunTimes,
  StepEvent,
  TrainEvent,
} from '../../train/events.ts'
import { parameterCount } from '../../train/step/graphs.ts'
import type { FineTuneRun } from '../../train/start.ts'
import type { RunToTrain } from '../../train/session.ts'
import type { Reporter } from './report.ts'
import { printSkipped, printWarnings } from './data-output.ts'
import { printSearch, printTrialStep, searchFacts } from './search-output.ts'
import { brief, countOf, duration, facts, listed, millions, percent } from './text.ts'
import { inEnglish } from '../../sentence.ts'

/** Prints what was recognised and decided, and which files are left out. */
export function printStart(report: Reporter, run: FineTuneRun, choice: ChosenEngine): void {
  const { directory, record, data, progress } = run
  const { settings, model, classes, preprocessing, augmentation } = record
  const counts = countByClass(classes, data.training)
  const held = countByClass(classes, data.validation)
  report.record({
    type: 'start',
    run: directory,
    step: progress.step,
    ...settings,
    resolution: preprocessing.resolution,
    model: { ...model, parameters: parameterCount(model.config) },
    preprocessing,
    augmentation,
    search: record.search,
    classes: classes.map((name, label) => ({ name, training: counts[label], validation: held[label] })),
    training: data.training.length,
    validation: data.validation.length,
    skipped: data.skipped.length,
    warnings: data.warnings,
    device: choice.device,
    remarks: choice.remarks.map(inEnglish),
  })
  report.line(startFacts(run, choice))
  printSkipped(report, data.skipped)
  printWarnings(report, data.warnings)
}

function startFacts(
  { directory, record, data, progress }: FineTuneRun,
  { device, remarks }: ChosenEngine,
): string {
  const { model, classes, preprocessing, settings } = record
  const { height, width } = preprocessing.resolution
  const { steps, batch, microBatch, learningRate, warmup, seed } = settings
  const parts = microBatch === batch ? '' : ` (${microBatch} at a time)`
  const kind = `${model.family}, ${millions(parameterCount(model.config))} parameters, ${height} × ${width} pixels`
  // What a search will find is not known yet.
  const isOpen = record.search !== null && record.search.chosen === null
  const peak = isOpen ? '' : `, peak learning rate ${brief(learningRate)}`
  const goesOn = progress.step === 0 ? '' : `, continuing after step ${progress.step}`
  return facts([
    ['Run', `${directory}${goesOn}`],
    ['Model', [model.source, kind, ...model.notes.map(inEnglish)].join('\n')],
    ['Images', `${data.training.length} for training, ${data.validation.length} held out for validation`],
    ['Classes', `${classes.length}: ${listed(classes)}`],
    [
      'Training',
      `${countOf(steps, 'step')} of ${countOf(batch, 'image')}${parts}${peak} ` +
        `after ${countOf(warmup, 'step')} of warm-up, seed ${seed}`,
    ],
    ...searchFacts(record.search),
    ['Device', [`${device.name} (${device.kind})`, ...remarks.map(inEnglish)].join('\n')],
  ])
}

/** Prints one training event. */
export function printEvent(report: Reporter, event: TrainEvent, { record, directory }: RunToTrain): void {
  // The start is printed already, in more detail.
  if (event.type === 'start') return
  if (event.type === 'search') printSearch(report, event)
  else if (event.type === 'trial') printTrialStep(report, event, record.search)
  else if (event.type === 'skipped') printSkipped(report, [event.file])
  else if (event.type === 'done') printDone(report, event.result, event.times, directory)
  else {
    report.record({ ...event })
    printMoment(report, event, record.settings.steps)
  }
}

type Moment = Exclude<TrainEvent, { type: 'start' | 'search' | 'trial' | 'skipped' | 'done' }>

/** What people read of an event that programs get as it is. */
function printMoment(report: Reporter, event: Moment, steps: number): void {
  switch (event.type) {
    case 'step':
      report.progress(event.step, steps, stepText(event, steps))
      return
    case 'evaluation':
      report.line(evaluationText(event, steps))
      return
    case 'probing':
      report.progress(event.done, event.total, 'Looking at the images with the model as it is')
      return
    case 'probe':
      if (event.figures !== null) report.line(probeText(event.figures))
      return
    case 'mixture':
      report.line(mixtureText(event.mixture))
      return
    case 'startMissing':
      report.line(
        `The model in ${event.source} has gone or was replaced since the run began: no mixture with it was tried.`,
      )
      return
    case 'checkpoint':
    case 'examples':
    case 'paused':
    case 'continued':
      return
    default:
      assertNever(event)
  }
}

function stepText(event: StepEvent, steps: number): string {
  const { step, loss, accuracy, imagesPerSecond, secondsLeft } = event
  const figures = `loss ${loss.toFixed(3)}  accuracy ${percent(accuracy)}  ${imagesPerSecond.toFixed(1)} img/s`
  return `step ${step}/${steps}  ${figures}  ${duration(secondsLeft)} left`
}

function evaluationText(
  { step, accuracy, loss, accuracyInterval, best }: EvaluationEvent,
  steps: number,
): string {
  const interval = accuracyInterval
  const range = interval === null ? '' : ` (${percent(interval.low)} to ${percent(interval.high)})`
  const place = String(step).padStart(String(steps).length)
  return `step ${place}/${steps}  validation: accuracy ${percent(accuracy)}${range}, loss ${brief(loss)}${best ? ', the best so far' : ''}`
}

function mixtureText({ share, tried }: Mixture): string {
  const figures = tried.map((one) => `${partOf(one.share)} of the end: accuracy ${percent(one.accuracy)}`)
  const kept =
    share < 1 ? `The one with ${partOf(share)} of the end is kept.` : 'The best weights of a step are kept.'
  return `Mixed with the start of the run, ${figures.join('; ')}. ${kept}`
}

function partOf(share: number): string {
  return `${Math.round(100 * share)} %`
}

function probeText({ accuracy, accuracyInterval, fiveFold }: ProbeFigures): string {
  const { low, high } = accuracyInterval
  const known = `Linear probe on the frozen features: accuracy ${percent(accuracy)} (${percent(low)} to ${percent(high)})`
  if (fiveFold === null) return known
  const { images, accuracy: mean, accuracyInterval: range } = fiveFold
  return `${known}; five-fold, on all ${images} images: ${percent(mean)} (${percent(range.low)} to ${percent(range.high)})`
}

/** Prints how a run ended. */
export function printDone(report: Reporter, result: RunResult, times: RunTimes, run: string): void {
  const { bestAccuracy, bestStep, finalAccuracy, finalLoss, imagesPerSecond } = result
  if (bestStep === null) report.line('Done. No images were held out, so the accuracy is not known.')
  else {
    const end = `at the end ${percent(finalAccuracy)}, loss ${brief(finalLoss)}`
    report.line(
      `Done: best accuracy ${percent(bestAccuracy)} at step ${bestStep}; ${end}. ${brief(imagesPerSecond)} img/s`,
    )
  }
  printTrust(report, result, run)
  report.line(`Next: npm run -s studio -- predict --model ${run} PHOTOS`)
  const { seconds, toBest: secondsToBest } = times
  report.record({ type: 'done', ...result, seconds, secondsToBest, run })
}

/** How far the answers can be trusted, and whether the training was worth it. */
function printTrust(report: Reporter, result: RunResult, run: string): void {
  const { bestAccuracy, probeAccuracy, balancedAccuracy, calibrationError: error, temperature } = result
  if (balancedAccuracy !== null) {
    report.line(`Balanced accuracy ${percent(balancedAccuracy)}: all classes count alike`)
  }
  if (error !== null && temperature !== null) {
    report.line(
      `Calibration error ${percent(error.after)}, logits divided by ${brief(temperature)}; ${percent(error.before)} before`,
    )
  }
  if (bestAccuracy === null || probeAccuracy === null || bestAccuracy >= probeAccuracy) return
  report.line(
    `Note: the linear probe on the frozen features is better than this training, ${percent(probeAccuracy)}. ` +
      `To use it instead: npm run -s studio -- answers ${run} --use probe`,
  )
}
