/**
 * @file Finds the best setting of a run before its first step, as the ViT paper's protocol does: short trainings over a
 * grid, judged by a part of the training images, the best of them tried for longer. The run then trains on all training
 * images with what was found, to the same numbers as if it had been given. Its held-out images are never looked at.
 */
import { rm } from 'node:fs/promises'

import { AppError, invariant, throwIfCancelled } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { augmentations } from '../../data/augmentation.ts'
import { splitImages, type Split } from '../../data/split.ts'
import type { CheckedImage } from '../../data/load.ts'
import { at } from '../../tensor/shape.ts'
import type { Parameters } from '../../tensor/tensor.ts'
import { makeFolder } from '../../files/make-folder.ts'
import type { Judged } from '../evaluation/best.ts'
import type { TrainEvent } from '../events.ts'
import { imageSource } from '../image-source.ts'
import { headParameters } from '../model/prepare.ts'
import { probeRun } from '../probe/run-probe.ts'
import { readProbe, writeProbe } from '../run/checkpoint-files.ts'
import { readMetrics } from '../run/history.ts'
import { identityFrom } from '../run/run-identity.ts'
import { noProgress, type RunData, type RunRecord } from '../run/run-record.ts'
import { openRunWriter, type RunWriter } from '../run/run-writer.ts'
import { createClock, secondsOf, type Clock } from '../run/throughput.ts'
import type { FineTuneRun } from '../start.ts'
import type { RunToTrain, TrainTools } from '../session.ts'
import { noteEnd, startOf, train } from '../trainer.ts'
import { bestOfEachRate, bestTrial } from './best-trials.ts'
import { developmentImages, fewestOfClass } from './plan-search.ts'
import { runTrial } from './run-trial.ts'
import { remainingTime, type RemainingTime } from './remaining-time.ts'
import { trialsOf, type Search, type Setting, type Trial } from './search-record.ts'
import { openTrialFolder, searchFolder, trialFolder, trialRecord } from './trial-folder.ts'

/**
 * Trains a run to its end, after it has found its setting where that is asked for.
 *
 * @throws AppError as `train` does
 */
export async function* searchAndTrain(run: FineTuneRun, tools: TrainTools): AsyncGenerator<TrainEvent> {
  const { search } = run.record
  if (search === null) {
    yield* train(run, tools)
    return
  }
  const isFound = search.chosen !== null
  const found = isFound ? run : yield* findSetting(run, tools)
  await rm(searchFolder(run.directory), { recursive: true, force: true })
  for await (const event of train(found, tools)) if (isFound || event.type !== 'start') yield event
}

/** Everything a search carries from trial to trial. */
interface Session {
  readonly run: FineTuneRun
  readonly tools: TrainTools
  readonly writer: RunWriter
  readonly clock: Clock
  readonly split: Split<CheckedImage>
  record: RunRecord
}

async function* findSetting(run: FineTuneRun, tools: TrainTools): AsyncGenerator<TrainEvent, FineTuneRun> {
  const writer = await openRunWriter(run.directory, run.record, run.progress)
  const session: Session = {
    run,
    tools,
    writer,
    clock: createClock(run.record.times.seconds),
    split: divide(run),
    record: { ...run.record, status: 'running', result: null },
  }
  try {
    await begin(session)
    yield startOf(run)
    yield tell(session, null)
    const hasImages = session.split.validation.length > 0
    await adopt(session, hasImages ? yield* bestOfAll(session) : searchOf(session).usual)
    yield tell(session, null)
  } catch (error) {
    note(session, {})
    await noteEnd(writer, session.record, error)
    throw saidOfSearch(session, error)
  } finally {
    await writer.close()
  }
  return { ...run, record: session.record }
}

/** The training images that trials learn from, and those that they are judged by. */
function divide({ data, record }: FineTuneRun): Split<CheckedImage> {
  const { training } = data
  return splitImages(training, developmentImages(training.length) / training.length, record.settings.seed)
}

async function begin(session: Session): Promise<void> {
  const { training, validation } = session.split
  const counts = { training: training.length, development: validation.length }
  await keep(session, { ...counts, sparseClasses: sparseClasses(session.run.data) })
}

/** Classes of which hardly anything can be held out. */
function sparseClasses({ training }: RunData): number {
  const counts = new Map<number, number>()
  for (const { label } of training) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts.values()].filter((count) => count < fewestOfClass).length
}

function searchOf({ record }: Session): Search {
  invariant(record.search !== null, () => 'a search without a plan')
  return record.search
}

function tell(session: Session, judged: number | null): TrainEvent {
  return { type: 'search', search: searchOf(session), judged }
}

/** What has become known, and the time so far. */
function note(session: Session, known: Partial<Search>): void {
  const seconds = secondsOf(session.clock)
  const search = { ...searchOf(session), ...known, seconds }
  session.record = { ...session.record, search, times: { seconds, toBest: null } }
}

async function keep(session: Session, known: Partial<Search>): Promise<void> {
  note(session, known)
  await session.writer.replaceRecord(session.record)
}

/** Makes the run what it would be if it had begun with the setting that was found. */
async function adopt(session: Session, chosen: Setting): Promise<void> {
  note(session, { chosen })
  const { record, writer } = session
  invariant(record.identity !== undefined, () => 'a search in a run without an identity')
  const settings = { ...record.settings, learningRate: chosen.learningRate }
  const found = { ...record, settings, augmentation: { ...augmentations[chosen.augment] } }
  session.record = { ...found, identity: identityFrom(found, record.identity) }
  // All in one step, so that a kill leaves a run that searches or one that has found.
  await writer.replaceRecord(session.record)
}

function saidOfSearch(session: Session, thrown: unknown): AppError {
  const error = AppError.from(thrown)
  if (error.code !== 'cancelled') return error
  const search = searchOf(session)
  const judged = search.trials.filter(({ state }) => state === 'done' || state === 'failed').length
  return new AppError(
    'cancelled',
    say`Stopped during the search, after ${judged} of ${trialsOf(search)} trials. Everything is saved; continue with --resume.`,
  )
}

async function* bestOfAll(session: Session): AsyncGenerator<TrainEvent, Setting> {
  const parameters = yield* startOfTrials(session)
  const time = remainingTime(session.run, session.clock)
  for (const round of searchOf(session).rounds.keys()) {
    await beginRound(session, round + 1)
    for (const [index, trial] of searchOf(session).trials.entries()) {
      if (trial.state === 'waiting' || trial.state === 'running')
        yield* perform(session, index, parameters, time)
    }
  }
  const { rounds } = searchOf(session)
  const best = bestTrial(trialsIn(session, rounds.length), session.split.validation.length)
  if (best !== null) return { learningRate: best.learningRate, augment: best.augment }
  throw new AppError(
    'invalid_input',
    say`Every trial of the search diverged: the loss was no longer a number. The model or the images may be unusual; train without a search, with a low learning rate.`,
  )
}

/**
 * The weights that all trials start from: with the probe's head where that is asked for, fitted without the development
 * images, and kept so that a search that goes on starts from the very same.
 */
async function* startOfTrials({
  run,
  tools,
  split,
  record,
}: Session): AsyncGenerator<TrainEvent, Parameters> {
  const { directory, parameters, probeFrom } = run
  if (record.settings.head !== 'probe' || probeFrom === null) return parameters
  const folder = searchFolder(directory)
  const kept = await readProbe(folder, record)
  if (kept !== null) return new Map([...parameters, ...kept.parameters])
  const { root } = probeFrom.training
  const source = { validation: { root, images: [] } }
  const from = { ...probeFrom, training: { root, images: split.training } }
  const fitted = yield* probeRun({ directory, record, source, parameters }, from, tools)
  const head = headParameters(fitted.head)
  await makeFolder(folder)
  await writeProbe(folder, record, { parameters: head, heldOut: null })
  return new Map([...parameters, ...head])
}

/** The trials of a round: the whole grid, or the best of each rate in the round before. */
async function beginRound(session: Session, round: number): Promise<void> {
  const { trials, rounds, learningRates, augments } = searchOf(session)
  if (trials.some((trial) => trial.round === round)) return
  const { steps } = at(rounds, round - 1)
  const grid = learningRates.flatMap((learningRate) =>
    augments.map((augment): Setting => ({ learningRate, augment })),
  )
  const images = session.split.validation.length
  const settings = round === 1 ? grid : bestOfEachRate(trialsIn(session, round - 1), images)
  const unjudged = { state: 'waiting', accuracy: null, loss: null, losses: [] } as const
  const begun = settings.map(({ learningRate, augment }): Trial => {
    return { learningRate, augment, round, steps, ...unjudged, losses: [] }
  })
  await keep(session, { trials: [...trials, ...begun] })
}

function trialsIn(session: Session, round: number): readonly Trial[] {
  return searchOf(session).trials.filter((trial) => trial.round === round)
}

async function* perform(
  session: Session,
  index: number,
  parameters: Parameters,
  time: RemainingTime,
): AsyncGenerator<TrainEvent> {
  const { run, tools } = session
  throwIfCancelled(tools.signal)
  await change(session, index, { state: 'running' })
  const folder = trialFolder(run.directory, index)
  const events = runTrial(await trialOf(session, index, parameters), tools)
  const judged = yield* follow(session, index, events, time)
  const losses = partMeans(await lossesIn(folder))
  const state = judged === null ? 'failed' : 'done'
  await change(session, index, { state, losses, ...judged })
  await rm(folder, { recursive: true, force: true })
  yield tell(session, index)
}

async function change(session: Session, index: number, known: Partial<Trial>): Promise<void> {
  const trials = searchOf(session).trials.with(index, { ...at(searchOf(session).trials, index), ...known })
  await keep(session, { trials })
}

/** A trial from its start, or as it was left. */
async function trialOf(session: Session, index: number, parameters: Parameters): Promise<RunToTrain> {
  const { run, split } = session
  const record = trialRecord(session.record, at(searchOf(session).trials, index))
  const directory = trialFolder(run.directory, index)
  const left = await openTrialFolder(directory, record)
  const start = left ?? { parameters, slots: null, progress: noProgress }
  const { trainingRoot: validationRoot } = run.data
  const [training, validation] = [[...split.training], [...split.validation]]
  const source = imageSource({ ...run.data, training, validation, validationRoot })
  return { directory, record, source, ...start, probeFrom: null, networkBefore: null, notes: [] }
}

/** Passes on what matters of a trial, and how it was judged; null where it diverged. */
async function* follow(
  session: Session,
  trial: number,
  events: ReturnType<typeof runTrial>,
  time: RemainingTime,
): AsyncGenerator<TrainEvent, Judged | null> {
  let pausedAt = 0
  try {
    for (;;) {
      const { value, done } = await events.next()
      if (done === true) return value
      if (value.type === 'step') {
        const { step: trialStep, loss, imagesPerSecond } = value
        const { steps: trialSteps } = at(searchOf(session).trials, trial)
        const secondsLeft = time.after(searchOf(session), trial, trialStep)
        yield { type: 'trial', trial, trialStep, trialSteps, loss, imagesPerSecond, secondsLeft }
      }
      if (value.type === 'skipped') yield value
      if (value.type === 'paused' || value.type === 'continued') {
        if (value.type === 'paused') pausedAt = performance.now()
        else session.clock.pausedMs += performance.now() - pausedAt
        yield { type: value.type, step: 0 }
      }
    }
  } catch (thrown) {
    // A rate that is too high is one of the things that a search finds out.
    if (AppError.from(thrown).code === 'invalid_input') return null
    throw thrown
  } finally {
    await events.return(null)
  }
}

async function lossesIn(folder: string): Promise<number[]> {
  const metrics = await readMetrics(folder)
  return metrics.flatMap(({ type, loss }) => (type === 'step' && typeof loss === 'number' ? [loss] : []))
}

const mostParts = 24

/** Means over at most 24 parts of equal length. */
function partMeans(values: readonly number[]): number[] {
  const parts = Math.min(mostParts, values.length)
  return Array.from({ length: parts }, (_, part) => {
    const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * values.length) / parts))
    const own = values.slice(from, to)
    return own.reduce((sum, value) => sum + value, 0) / own.length
  })
}
