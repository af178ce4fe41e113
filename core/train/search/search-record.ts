/**
 * @file What a search for the best setting is: the grid, its trials and what was found, as records and events say it.
 * Nothing but zod is imported, because the window draws the same grid.
 */
import * as z from 'zod'

import { Augment } from '../../data/augmentation.ts'

/** A point of the grid: a peak rate, as used, and how training images are varied. */
export const Setting = z.strictObject({ learningRate: z.number().positive(), augment: Augment })
export type Setting = z.output<typeof Setting>

/** A short training of one setting, judged by the development images. */
export const Trial = Setting.extend({
  /** Counted from 1; trials of a later round are longer. */
  round: z.int().positive(),
  steps: z.int().positive(),
  /** `failed`: the loss was no longer a number. */
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  accuracy: z.number().nullable(),
  /** Mean cross-entropy, after a temperature was fitted. */
  loss: z.number().nullable(),
  /** The loss of training from its first to its last step: means over at most 24 parts. */
  losses: z.array(z.number()),
})
export type Trial = z.output<typeof Trial>

/** So many trials of so many steps each. */
export const Round = z.strictObject({ trials: z.int().positive(), steps: z.int().positive() })
export type Round = z.output<typeof Round>

/** A search, under way or finished. */
export const Search = z.strictObject({
  /** The axes of the grid. */
  learningRates: z.array(z.number().positive()).min(1),
  augments: z.array(Augment).min(1),
  /** What would be used without a search. */
  usual: Setting,
  rounds: z.array(Round).min(1),
  /** Images trained on and images held out of them to judge by; none before the search has begun. */
  training: z.int().min(0),
  development: z.int().min(0),
  /** Classes with so few images that one or none of them is held out. */
  sparseClasses: z.int().min(0),
  /** Round by round; those of a round are known once it begins. */
  trials: z.array(Trial),
  /** Null until it is known. */
  chosen: Setting.nullable(),
  /** What it has taken so far, pauses left out. */
  seconds: z.number().min(0),
})
export type Search = z.output<typeof Search>

/**
 * The shortest training whose setting is worth a search. Trials of shorter ones tell the wrong thing: what changes least is
 * best at first. With trials of 9 and 22 steps a training of 80 ended at 88.0 % on flowers5 (one seed), where the usual
 * setting ends at 89.9.
 */
export const fewestStepsToSearch = 215

/** How many trials there are, those of later rounds included. */
export function trialsOf({ rounds }: Pick<Search, 'rounds'>): number {
  return rounds.reduce((sum, { trials }) => sum + trials, 0)
}

/** Steps of all trials together; none without a search. */
export function trialStepsOf(search: Pick<Search, 'rounds'> | null): number {
  return (search?.rounds ?? []).reduce((sum, { trials, steps }) => sum + trials * steps, 0)
}

/** How many of them are made: those of judged trials, and `trialStep` of the one in progress. */
export function trialStepsMade(search: Search | null, trialStep: number): number {
  if (search === null) return 0
  // Fewer trials may have been made than planned, where some diverged.
  if (search.chosen !== null) return trialStepsOf(search)
  const judged = search.trials.filter(({ state }) => state === 'done' || state === 'failed')
  return judged.reduce((sum, { steps }) => sum + steps, trialStep)
}
