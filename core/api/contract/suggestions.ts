/** @file Labels that a model suggests for images without one, once a few of each kind have theirs. */
import * as z from 'zod'

import { ModelOverrides } from './overrides.ts'
import { bytes, Progress, text } from './values.ts'

/** So many images of a class are labelled before it is suggested. */
export const fewestLabelled = 3

/** What is asked. */
export const SuggestRequest = z.object({
  project: text,
  /** A checkpoint, an export or a run, whose features are compared. */
  model: text,
  overrides: ModelOverrides.optional(),
  /** A device's kind, or `auto` for the fastest that works. */
  device: text.default('auto'),
  /** Looks at the images even if too few are labelled, so that suggestions come at once later. */
  ahead: z.boolean().default(false),
})
export type SuggestRequest = z.output<typeof SuggestRequest>

/** What is suggested, the most uncertain first. */
export const Suggestions = z.object({
  /** Names of the classes that are suggested: those with a few labelled images. */
  classes: z.array(z.string()),
  root: z.string(),
  /** Images without a label, relative to `root`, with `//` between them. */
  paths: z.string(),
  /** For each an index into `classes`, as little-endian signed 32-bit numbers. */
  labels: bytes,
  /** For each how sure that is, from 0 to 1, as little-endian 32-bit floats. */
  probabilities: bytes,
  /** Of the labelled images, how many would have been suggested their label, had they none. */
  judged: z.object({ right: z.int(), images: z.int() }),
  /** Images that the model has not looked at yet. */
  remaining: z.int(),
})
export type Suggestions = z.output<typeof Suggestions>

/** `checking` opens the images, `looking` computes what the model sees; the last item is `done`. */
export const SuggestItem = z.discriminatedUnion('type', [
  Progress.extend({ stage: z.enum(['checking', 'looking']) }),
  /** What can be suggested before all images were looked at; replaces earlier ones. */
  z.object({ type: z.literal('some'), suggestions: Suggestions }),
  /** Null where fewer than two classes have a few labelled images. */
  z.object({ type: z.literal('done'), suggestions: Suggestions.nullable() }),
])
export type SuggestItem = z.output<typeof SuggestItem>
