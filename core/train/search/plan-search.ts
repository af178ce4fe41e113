/**
 * @file Which settings a search tries and for how long: a grid of peak rates and crops, of which the best go on for longer
 * (successive halving, Jamieson and Talwalkar 2016), so that trials and training together cost at most three times what
 * the training alone costs.
 */
import { AppError } from '../../errors.ts'
import { say, type Sentence } from '../../sentence.ts'
import type { Augment } from '../../data/augmentation.ts'
import { patchCount } from '../../vit/config.ts'
import { lowStepsOf, type HeadStart } from '../choices.ts'
import type { RunRecord } from '../run/run-record.ts'
import { fewestStepsToSearch, type Round, type Search } from './search-record.ts'

/** Multiples of the usual peak rate. */
const rateFactors = [1 / 3, 1, 3]
const searchedAugments: readonly Augment[] = ['gentle', 'mild', 'standard']

/** A class with fewer images lends at most one of them to the development images, which says little. */
export const fewestOfClass = 5

const developmentShare = 0.2
// More would take time and say hardly more.
const mostDevelopment = 1000

/** How many of so many training images the trials are judged by: as large a share of every class. */
export function developmentImages(training: number): number {
  return Math.min(developmentShare * training, mostDevelopment)
}

// Steps of a trial as a share of the run's, in the last round and in the one before it.
const shares = { last: 0.28, first: 0.12 } as const
// Of the last trials.
const fewestSteps = Math.floor(shares.last * fewestStepsToSearch)
/** What all trials may cost, in trainings: what is left of two is for opening their programs. */
const budget = 1.9

/** A training, as far as its cost goes. */
export interface TrainingLength {
  readonly steps: number
  readonly batch: number
  /** Steps at a lower resolution, and what one of them costs of one at the training's own. */
  readonly low: { readonly steps: number; readonly cost: number } | null
  /** Evaluations of how many images, and images that a probe looks at. */
  readonly evaluated: number
  readonly probed: number
}

// An evaluated image is a forward pass, which in a step is followed by a backward pass of twice the work.
const forwardShare = 1 / 3

/** Cost of a training, in images trained on at its own resolution. */
export function costOf({ steps, batch, low, evaluated, probed }: TrainingLength): number {
  const fullSteps = low === null ? steps : steps - low.steps * (1 - low.cost)
  return fullSteps * batch + forwardShare * (evaluated + probed)
}

/** What the length of a training follows from. */
export interface Course extends Pick<TrainingLength, 'steps' | 'batch' | 'low'> {
  readonly evaluateEvery: number
  readonly head: HeadStart
}

/** Images that a training learns from, and images held out. */
export interface ImageCounts {
  readonly training: number
  readonly validation: number
}

/** How long a training is, in all that it computes. */
export function lengthOf(
  { steps, batch, low, evaluateEvery, head }: Course,
  { training, validation }: ImageCounts,
): TrainingLength {
  const evaluations = validation === 0 ? 0 : Math.ceil(steps / evaluateEvery)
  const probed = head === 'probe' || validation > 0 ? training + validation : 0
  return { steps, batch, low, evaluated: evaluations * validation, probed }
}

/** How long the training of a run is, without its search. */
export function lengthOfRun({ settings, model }: RunRecord, counts: ImageCounts): TrainingLength {
  const { progressive } = settings
  const { grid } = model.config
  const low =
    progressive === null
      ? null
      : { steps: progressive.steps, cost: patchCount(progressive.grid) / patchCount(grid) }
  return lengthOf({ ...settings, low }, counts)
}

/** A trial of so many steps instead: as many of them at the lower resolution, evaluated once. */
export function trialLength(run: TrainingLength, steps: number, development: number): TrainingLength {
  const low =
    run.low === null ? null : { ...run.low, steps: lowStepsOfTrial(steps, run.low.steps / run.steps) }
  return { ...run, steps, low, evaluated: development, probed: 0 }
}

/** Its steps at the lower resolution: at least one, because all trials start from weights for that. */
export function lowStepsOfTrial(steps: number, share: number): number {
  return Math.max(1, lowStepsOf(steps, share))
}

/** What is asked of a search. */
export interface SearchRequest {
  /** Refused if it is asked for and impossible; left out if it was only the usual choice. */
  readonly isRequired: boolean
  /** The usual choices, in the middle of the grid. */
  readonly learningRate: number
  readonly augment: Augment
  /** Whether they were given, in which case the grid has only the other axis. */
  readonly isRateGiven: boolean
  readonly isAugmentGiven: boolean
  /** Images to learn from. */
  readonly training: number
  readonly length: TrainingLength
}

/**
 * A search that has not begun; null if there is none.
 *
 * @throws AppError `invalid_input` where a search is required and the run is too short for one, or leaves no choice
 */
export function planSearch(request: SearchRequest): Search | null {
  const { learningRate, augment, isRateGiven, isAugmentGiven, isRequired } = request
  const learningRates = isRateGiven ? [learningRate] : rateFactors.map((factor) => factor * learningRate)
  const augments = isAugmentGiven ? [augment] : searchedAugments
  if (isRateGiven && isAugmentGiven) return refuse(isRequired, nothingToFind)
  const rounds = roundsFor(learningRates.length, augments.length, request)
  if (rounds === null) return refuse(isRequired, tooShort(request.length.steps))
  const usual = { learningRate, augment }
  const begun = { training: 0, development: 0, sparseClasses: 0, trials: [], chosen: null, seconds: 0 }
  return { learningRates, augments: [...augments], usual, rounds, ...begun }
}

const nothingToFind = say`The learning rate and the variation of images are both given, so a search has nothing to find. Leave one of them out, or do not search.`

function tooShort(steps: number): Sentence {
  return say`A training of ${steps} steps is too short for a search: trials that take no longer than two trainings would say nothing about it. Train for at least ${fewestStepsToSearch} steps, or do not search.`
}

function refuse(isRequired: boolean, sentence: Sentence): null {
  if (isRequired) throw new AppError('invalid_input', sentence)
  return null
}

/**
 * The whole grid, then the best of each rate; with one axis only the former. Trials are as long as the shares say, or
 * shorter where their evaluations would exceed the budget; null where they would be too short.
 */
function roundsFor(
  rates: number,
  augments: number,
  { length, training }: Pick<SearchRequest, 'length' | 'training'>,
): Round[] | null {
  const hasBothAxes = rates > 1 && augments > 1
  const all = { trials: rates * augments, share: hasBothAxes ? shares.first : shares.last }
  const sizes = hasBothAxes ? [all, { trials: rates, share: shares.last }] : [all]
  const most = budget * costOf(length)
  for (let percent = 100; percent > 0; percent--) {
    const rounds = sizes.map(({ trials, share }) => {
      return { trials, steps: Math.floor((length.steps * share * percent) / 100) }
    })
    if ((rounds.at(-1)?.steps ?? 0) < fewestSteps) return null
    if (costOfRounds(rounds, length, training) <= most) return rounds
  }
  return null
}

/** Cost of all trials of so many training images, with the features that their own probe needs. */
export function costOfRounds(rounds: readonly Round[], run: TrainingLength, training: number): number {
  const development = developmentImages(training)
  const trials = rounds.map(
    ({ trials: count, steps }) => count * costOf(trialLength(run, steps, development)),
  )
  return trials.reduce((sum, cost) => sum + cost, forwardShare * training)
}
