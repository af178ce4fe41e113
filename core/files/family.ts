/** @file Which family a checkpoint belongs to and what goes without saying there: pixel range and position resize. */
import type { Normalisation, PositionResize } from '../vit/config.ts'
import type { LayoutName, Listing, Measured } from './layout.ts'

/** A family's customs, which its files usually do not state. */
export interface Family {
  readonly name: string
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  /** Why these customs are assumed. */
  readonly reason: string
  /** Self-supervised encoders that are fine-tuned on the mean of the patches with a fresh final norm (MAE). */
  readonly meanPooling: boolean
}

/** What a family is told by. */
interface FamilySigns {
  readonly layout: LayoutName
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

const unitNormalisation: Normalisation = { mean: [0, 0, 0], std: [1, 1, 1] }

/** The family of a checkpoint, from the surest sign to the weakest. */
export function familyOf(signs: FamilySigns): Family {
  switch (signs.layout) {
    case 'jax':
      return custom('ViT', halfNormalisation, 'jax', 'vit_jax models are trained so')
    case 'hf':
      return hfFamily(signs)
    case 'timm':
      return timmFamily(signs)
  }
}

function hfFamily({ measured, hints }: FamilySigns): Family {
  if (measured.distillationToken)
    return custom('distilled DeiT', imagenetNormalisation, 'hf', 'DeiT models are trained so')
  if (hints.some((hint) => /deit/.test(hint))) {
    return custom('DeiT', imagenetNormalisation, 'hf', 'its name says DeiT, which is trained so')
  }
  return custom('ViT', halfNormalisation, 'hf', "it is transformers' default for ViT")
}

interface TimmRule {
  readonly name: string
  readonly normalisation: Normalisation
  readonly positionResize?: PositionResize
  readonly meanPooling?: boolean
  readonly hint?: RegExp
  readonly sign?: (signs: FamilySigns) => boolean
}

const timmRules: readonly TimmRule[] = [
  {
    name: 'distilled DeiT',
    normalisation: imagenetNormalisation,
    sign: ({ measured }) => measured.distillationToken,
  },
  {
    name: 'DINOv2',
    normalisation: imagenetNormalisation,
    positionResize: 'dino',
    hint: /dinov2/,
    sign: ({ measured, listing }) =>
      measured.layerScale && measured.patch === 14 && listing.shapes.has('mask_token'),
  },
  {
    name: 'DINO',
    normalisation: imagenetNormalisation,
    positionResize: 'dino',
    hint: /(^|[^a-z])dino([^a-z]|$)/,
    sign: ({ listing }) => hasName(listing, /^head\.(mlp|last_layer)\b/),
  },
  {
    name: 'MAE',
    normalisation: imagenetNormalisation,
    meanPooling: true,
    hint: /(^|[^a-z])mae([^a-z]|$)/,
    sign: ({ listing }) => hasName(listing, /^decoder_/),
  },
  {
    name: 'DeiT-3',
    normalisation: imagenetNormalisation,
    hint: /deit-?3/,
    sign: ({ measured, prefixPositions }) => measured.layerScale && !prefixPositions,
  },
  { name: 'DeiT', normalisation: imagenetNormalisation, hint: /deit/ },
  { name: 'ViT of ImageNet-21K-P (MIIL)', normalisation: unitNormalisation, hint: /miil/ },
  { name: 'self-supervised ViT', normalisation: imagenetNormalisation, hint: /ijepa|ibot|moco/ },
  {
    name: 'ViT of ImageNet-21k',
    normalisation: halfNormalisation,
    // The classes of the ImageNet-21k that Google's models are trained on; others count differently.
    sign: ({ measured }) => measured.classes === 21_843,
  },
  {
    name: 'ViT',
    normalisation: halfNormalisation,
    hint: /augreg|in21k|flexivit|(^|[^a-z])(orig[^a-z]|vit_)/,
  },
]

function timmFamily(signs: FamilySigns): Family {
  for (const rule of timmRules) {
    const { name, normalisation, positionResize = 'timm', meanPooling = false } = rule
    const shown = rule.sign?.(signs) === true
    const hint = signs.hints.find((text) => rule.hint?.test(text))
    if (!shown && hint === undefined) continue
    const reason = shown
      ? `the tensors are those of ${name}, which is trained so`
      : `“${hint}” suggests ${name}, which is trained so`
    return { name, normalisation, positionResize, meanPooling, reason }
  }
  return custom(
    'ViT',
    imagenetNormalisation,
    'timm',
    'assumed, because the file does not say (AugReg and the original ViT checkpoints use 0.5 for both instead)',
  )
}

function hasName(listing: Listing, pattern: RegExp): boolean {
  return [...listing.shapes.keys()].some((name) => pattern.test(name))
}

function custom(
  name: string,
  normalisation: Normalisation,
  positionResize: PositionResize,
  reason: string,
): Family {
  return { name, normalisation, positionResize, reason, meanPooling: false }
}
