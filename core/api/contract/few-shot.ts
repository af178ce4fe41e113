/** @file The few-shot preview: how well models would do on someone's images, before any training. */
import * as z from 'zod'

import { KeptSentence, Sentence } from '../../sentence.ts'
import { computed } from '../placement.ts'
import { stream } from '../rpc.ts'
import { ModelOverrides } from './overrides.ts'
import { text } from './values.ts'

/** What is asked. */
export const FewShotRequest = z.object({
  /** Models to compare; one that fails does not stop the others. */
  models: z.array(z.object({ path: text, overrides: ModelOverrides.optional() })).min(1),
  data: text,
  validation: text.optional(),
  /** Whose labels apply. */
  project: text.optional(),
  /** Share of each class that is held out for the test where there is no validation folder. */
  validationSplit: z.number().min(0.05).max(0.9).default(0.2),
  /** Images per class to learn from, for each of several tries. */
  shots: z.array(z.int().min(1).max(1000)).min(1).default([1, 5, 10, 25]),
  /** Random draws of these images. */
  seeds: z.int().min(1).max(20).default(3),
  /** A device's kind, or `auto` for the fastest that works. */
  device: text.default('auto'),
})
export type FewShotRequest = z.input<typeof FewShotRequest>

/** What a model is expected to do. Accuracies are shares of the test images. */
export const FewShotResult = z.object({
  path: z.string(),
  shots: z.array(
    z.object({
      shots: z.int(),
      /** Images learned from, of all classes. */
      images: z.int(),
      /** Mean over the draws. */
      accuracy: z.number(),
      /** Standard deviation over the draws; null for a single one. */
      spread: z.number().nullable(),
    }),
  ),
  /** At the largest number of shots. `accuracy` is null for a class without test images. */
  perClass: z.array(z.object({ name: z.string(), tests: z.number(), accuracy: z.number().nullable() })),
  /**
   * Of the hardest classes, the hardest first: their confusion matrix, summed over the draws; rows are true classes.
   * Guesses of other classes are not counted.
   */
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) }),
  seconds: z.number(),
})
export type FewShotResult = z.output<typeof FewShotResult>

/** What a preview reports: what it is working on, its progress, a result or a problem per model, and the comparison. */
export const FewShotItem = z.discriminatedUnion('type', [
  z.object({ type: z.literal('checking'), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('images'), classes: z.int(), tests: z.int(), heldOut: z.int() }),
  z.object({ type: z.literal('progress'), path: z.string(), done: z.number(), total: z.number() }),
  z.object({ type: z.literal('result'), result: FewShotResult }),
  z.object({ type: z.literal('failed'), path: z.string(), problem: Sentence }),
  /** Paths of the best, and of others whose difference may be chance; null if no model gave a result. */
  z.object({ type: z.literal('done'), best: z.string().nullable(), alike: z.array(z.string()) }),
])
export type FewShotItem = z.output<typeof FewShotItem>

/** The last answer about a project's photos, which is kept with the project. */
export const FewShotKnown = z.object({
  /** Which photos it is about, in the window's own words: an answer about others does not apply. */
  photos: z.string().max(1e6),
  asked: FewShotRequest,
  /** Test images; null where they were not chosen. */
  tests: z.int().nullable(),
  results: z.array(FewShotResult).max(1000),
  failed: z.array(z.object({ path: z.string(), problem: KeptSentence })).max(1000),
  best: z.string().nullable(),
  alike: z.array(z.string()).max(1000),
})
export type FewShotKnown = z.output<typeof FewShotKnown>

export const fewShot = computed(stream(FewShotRequest, FewShotItem))
