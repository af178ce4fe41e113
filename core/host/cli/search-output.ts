/** @file What `finetune` prints about a search for the best setting: its plan, every trial, what was found. */
import type { Augment } from '../../data/augmentation.ts'
import type { TrainEvent, TrialEvent } from '../../train/events.ts'
import { trialsOf, type Search, type Trial } from '../../train/search/search-record.ts'
import type { Reporter } from './report.ts'
import { brief, countOf, duration, percent, table } from './text.ts'

/** A search as facts about a run: what will be tried, or what was found. */
export function searchFacts(search: Search | null): [string, string][] {
  if (search === null) return []
  const { chosen, learningRates, augments, rounds } = search
  if (chosen !== null) return [['Search', `found ${settingText(chosen)}`]]
  const parts = rounds.map(({ trials, steps }) => `${trials} of ${countOf(steps, 'step')}`)
  const rates = learningRates.map(brief).join(', ')
  const tried = `peak learning rate ${rates} with the augmentation ${augments.join(', ')}`
  return [['Search', `${countOf(trialsOf(search), 'trial')} first (${parts.join(', then ')}): ${tried}`]]
}

type SearchEvent = Extract<TrainEvent, { type: 'search' }>

/** Prints that a search begins, how a trial was judged, or what was found. */
export function printSearch(report: Reporter, event: SearchEvent): void {
  const { search, judged } = event
  report.record({ ...event })
  const trial = judged === null ? undefined : search.trials[judged]
  if (judged !== null && trial !== undefined) report.line(judgedText(search, judged, trial))
  else if (search.chosen === null) report.line(beginning(search))
  else if (search.development === 0)
    report.line(`No search: ${nothingHeldOut} Training with ${settingText(search.chosen)}.`)
  else {
    report.line(gridText(search))
    report.line(`Found: ${settingText(search.chosen)}. The search took ${duration(search.seconds)}.`)
  }
}

const nothingHeldOut = 'every class has one image only, so that none can be held out to judge by.'

function beginning({ training, development, sparseClasses }: Search): string {
  const images = `Searching: each trial learns from ${training} of the training images and is judged by the other ${development}.`
  if (sparseClasses === 0) return images
  const classes = sparseClasses === 1 ? 'One class has' : `${sparseClasses} classes have`
  return `${images}\nNote: ${classes} fewer than five images, so the judgement is rough; more images would make it firmer.`
}

function judgedText(search: Search, index: number, trial: Trial): string {
  const place = `trial ${String(index + 1).padStart(2)}/${trialsOf(search)}`
  const result =
    trial.state === 'failed'
      ? 'diverged'
      : `accuracy ${percent(trial.accuracy)}, loss ${brief(trial.loss)} after ${countOf(trial.steps, 'step')}`
  return `${place}  ${settingText(trial)}: ${result}`
}

function settingText({ learningRate, augment }: Pick<Trial, 'learningRate' | 'augment'>): string {
  return `peak learning rate ${brief(learningRate)}, augmentation ${augment}`
}

/** Rates as rows, augmentations as columns: the accuracy of the longest trial of each, the chosen one marked. */
function gridText({ learningRates, augments, trials, chosen }: Search): string {
  const cell = (learningRate: number, augment: Augment): string => {
    const trial = trials.findLast((one) => one.learningRate === learningRate && one.augment === augment)
    const isChosen = chosen?.learningRate === learningRate && chosen.augment === augment
    return `${trial?.state === 'failed' ? 'diverged' : percent(trial?.accuracy ?? null)}${isChosen ? ' ←' : ''}`
  }
  const rows = learningRates.map((rate) => [brief(rate), ...augments.map((augment) => cell(rate, augment))])
  return table([['', ...augments], ...rows])
}

/** Shows how far the trial is. */
export function printTrialStep(report: Reporter, event: TrialEvent, search: Search | null): void {
  const { trial, trialStep, trialSteps, loss, imagesPerSecond, secondsLeft } = event
  report.record({ ...event })
  const all = search === null ? trial + 1 : trialsOf(search)
  const figures = `step ${trialStep}/${trialSteps}  loss ${loss.toFixed(3)}  ${imagesPerSecond.toFixed(1)} img/s`
  const share = trial + trialStep / trialSteps
  report.progress(share, all, `Trial ${trial + 1} of ${all}  ${figures}  ${duration(secondsLeft)} left`)
}
