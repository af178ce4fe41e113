/** @file Which family a checkpoint belongs to and what is implied there: pixel range, position resize, GELU. */
import type { Sentence } from '../sentence.ts'
import type { Gelu, Normalisation, PositionResize } from '../vit/config.ts'
import type { Listing, Measured } from './listing.ts'

/** A family's conventions, which its files usually do not state. */
export interface Family {
  readonly name: string
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  readonly gelu: Gelu
  readonly layerNormEpsilon: number
  /** Why these conventions are assumed. */
  readonly reason: Sentence
  /** Self-supervised encoders that are fine-tuned on the mean of the patches with a fresh final norm (MAE). */
  readonly meanPooling: boolean
}

/** What a family is recognised by. */
export interface FamilySigns {
  readonly measured: Measured
  readonly listing: Listing
  readonly prefixPositions: boolean
  /** File name, folder name and what config.json calls the model. */
  readonly hints: readonly string[]
}

/** Channel statistics of ImageNet. */
export const imagenetNormalisation: Normalisation = {
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
}

/** From −1 to 1, as Google's ViTs are trained. */
export const halfNormalisation: Normalisation = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }

/** From 0 to 1. */
export const unitNormalisation: Normalisation = { mean: [0, 0, 0], std: [1, 1, 1] }

/** Channel statistics of CLIP's images. */
export const clipNormalisation: Normalisation = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
}

/** The paper's hybrids. */
export const hybridFamily = 'hybrid of ResNet and ViT'

/** Whether there is a tensor of this name. */
export function hasName(listing: Listing, pattern: RegExp): boolean {
  return [...listing.shapes.keys()].some((name) => pattern.test(name))
}

/** Further conventions of a family; the usual ones if left out. */
export interface FurtherCustoms {
  readonly gelu?: Gelu
  readonly layerNormEpsilon?: number | undefined
  readonly meanPooling?: boolean | undefined
}

/** A family of this name, with its conventions. */
export function family(
  name: string,
  normalisation: Normalisation,
  positionResize: PositionResize,
  reason: Sentence,
  { gelu = 'erf', layerNormEpsilon = 1e-6, meanPooling = false }: FurtherCustoms = {},
): Family {
  return { name, normalisation, positionResize, reason, gelu, layerNormEpsilon, meanPooling }
}
