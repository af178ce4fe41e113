/**
 * @file What is worth knowing about a data set, as data: a screen can show the images, a terminal says sentences. Nothing
 * but zod is imported, because the window reads the same findings.
 */
import * as z from 'zod'

import { KeptSentence, Sentence } from '../sentence.ts'

/** A file that is not used, and why. */
export const SkippedFile = z.object({ path: z.string(), reason: KeptSentence }).readonly()
export type SkippedFile = z.output<typeof SkippedFile>

/** An image with the name of its class; `path` is relative to `root`. */
const Place = z.object({ root: z.string(), path: z.string(), label: z.string() }).readonly()
export type Place = z.output<typeof Place>

const Pair = z.object({ first: Place, second: Place }).readonly()
export type Pair = z.output<typeof Pair>

const Counted = z.object({ name: z.string(), images: z.int() }).readonly()
export type Counted = z.output<typeof Counted>

const names = z.array(z.string()).readonly()
/** Pairs of images that are alike: how many images are affected, and the first few pairs. */
const alike = { images: z.int(), pairs: z.array(Pair).readonly() }
/** Images that share a property: how many, and the first few. */
const some = { images: z.int(), examples: z.array(Place).readonly() }

/** One thing worth knowing. */
export const Finding = z.discriminatedUnion('kind', [
  /** Folders of `root`; `validation` is null where no other part has the classes that are learned. */
  z.object({
    kind: z.literal('layout'),
    root: z.string(),
    training: z.string(),
    validation: z.string().nullable(),
  }),
  /** Beside the parts of a split; one with class folders may be evaluated on. */
  z.object({
    kind: z.literal('unusedFolder'),
    root: z.string(),
    name: z.string(),
    isLabelled: z.boolean(),
  }),
  /** The classes lie in this folder of `root`, which holds nothing else. */
  z.object({ kind: z.literal('innerFolder'), root: z.string(), folder: z.string() }),
  /** Folders taken for classes that hold folders of their own, which may be the classes. */
  z.object({ kind: z.literal('nestedClasses'), root: z.string(), folders: names, inside: names }),
  /** Folders inside the class folders that are parts of a split; all of them are used. */
  z.object({ kind: z.literal('splitInside'), root: z.string(), folders: names }),
  z.object({ kind: z.literal('emptyClass'), root: z.string(), name: z.string() }),
  z.object({ kind: z.literal('missingClasses'), root: z.string(), classes: names }),
  z.object({ kind: z.literal('onlyValidation'), images: z.int() }),
  z.object({ kind: z.literal('notRemembered'), reason: Sentence }),
  z.object({ kind: z.literal('singleImage'), classes: names }),
  z.object({ kind: z.literal('fewImages'), classes: names, fewest: z.int() }),
  z.object({ kind: z.literal('imbalance'), most: Counted, least: Counted }),
  z.object({ kind: z.literal('sameInTwoClasses'), ...alike }),
  z.object({ kind: z.literal('nearInTwoClasses'), ...alike }),
  z.object({ kind: z.literal('copies'), ...alike }),
  z.object({ kind: z.literal('nearCopies'), ...alike }),
  /** Of leaked images, `first` is trained on and `second` is held back. */
  z.object({ kind: z.literal('leakedCopies'), ...alike }),
  z.object({ kind: z.literal('leakedNearCopies'), ...alike }),
  z.object({
    kind: z.literal('small'),
    resolution: z.int(),
    smallest: z.object({ path: z.string(), width: z.int(), height: z.int() }).readonly(),
    ...some,
  }),
  z.object({ kind: z.literal('flat'), ...some }),
  /** Files with 16 bits per channel whose values reach no further than `bits` of them. */
  z.object({ kind: z.literal('narrowRange'), bits: z.int(), ...some }),
  /** Files with more pages or frames than the first, which is the one that is used. */
  z.object({ kind: z.literal('morePages'), ...some }),
  /** Files that are not used, where they are more than a few, by reason: the most frequent first, with the first few paths. */
  z.object({
    kind: z.literal('leftOut'),
    root: z.string(),
    files: z.int(),
    total: z.int(),
    groups: z.array(z.object({ reason: Sentence, files: z.int(), examples: names })),
  }),
  z.object({ kind: z.literal('note'), sentence: Sentence }),
])
export type Finding = z.output<typeof Finding>

/** The kinds of findings about pairs. */
export type AlikeKind = Extract<Finding, { readonly pairs: readonly Pair[] }>['kind']
