/** @file What is worth knowing about a data set, as data: a screen can show the images, a terminal says sentences. */

/** An image with the name of its class. */
export interface Place {
  readonly root: string
  /** Relative to `root`. */
  readonly path: string
  readonly label: string
}

export interface Pair {
  readonly first: Place
  readonly second: Place
}

/** Pairs of images that are alike: how many images are concerned, and the first few pairs. */
interface Alike {
  readonly images: number
  readonly pairs: readonly Pair[]
}

/** Images that share a property: how many, and the first few. */
interface Some {
  readonly images: number
  readonly examples: readonly Place[]
}

export interface Counted {
  readonly name: string
  readonly images: number
}

/** One thing worth knowing. Of leaked images `first` is learned from and `second` is held back. */
export type Finding =
  | {
      readonly kind: 'layout'
      readonly root: string
      readonly training: string
      readonly validation: string
    }
  | { readonly kind: 'unusedFolder'; readonly name: string }
  | { readonly kind: 'emptyClass'; readonly name: string }
  | { readonly kind: 'missingClasses'; readonly root: string; readonly classes: readonly string[] }
  | { readonly kind: 'onlyValidation'; readonly images: number }
  | { readonly kind: 'unknownCorrection'; readonly label: string; readonly images: number }
  | { readonly kind: 'notRemembered'; readonly reason: string }
  | { readonly kind: 'singleImage'; readonly classes: readonly string[] }
  | { readonly kind: 'fewImages'; readonly classes: readonly string[]; readonly fewest: number }
  | { readonly kind: 'imbalance'; readonly most: Counted; readonly least: Counted }
  | { [Kind in AlikeKind]: { readonly kind: Kind } & Alike }[AlikeKind]
  | ({
      readonly kind: 'small'
      readonly resolution: number
      readonly smallest: { readonly path: string; readonly width: number; readonly height: number }
    } & Some)
  | ({ readonly kind: 'flat' } & Some)
  | { readonly kind: 'note'; readonly sentence: string }

export type AlikeKind =
  | 'sameInTwoClasses'
  | 'nearInTwoClasses'
  | 'copies'
  | 'nearCopies'
  | 'leakedCopies'
  | 'leakedNearCopies'
