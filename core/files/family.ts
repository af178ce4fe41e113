/** @file Which family a checkpoint belongs to and what goes without saying there: pixel range, position resize, GELU. */
import type { Gelu, Normalisation, PositionResize } from '../vit/config.ts'
import type { LayoutName, Listing, Measured } from './layout.ts'

/** A family's customs, which its files usually do not state. */
export interface Family {
  readonly name: string
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  readonly gelu: Gelu
  readonly layerNormEpsilon: number
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

const clipNormalisation: Normalisation = {
  mean: [0.48145466, 0.4578275, 0.40821073],
  std: [0.26862954, 0.26130258, 0.27577711],
}

/** The family of a checkpoint, from the surest sign to the weakest. */
export function familyOf(signs: FamilySigns): Family {
  switch (signs.layout) {
    case 'jax':
      return google(signs.measured.stem === null ? 'ViT' : hybrid, 'vit_jax models are trained so')
    case 'bigVision':
      return signs.listing.prefix.endsWith('img/')
        ? google('SigLIP or LiT', 'big_vision models are trained so')
        : google('ViT', 'big_vision models are trained so')
    case 'hf':
      return hfFamily(signs)
    case 'hfDinov2':
      return hfDinov2Family(signs)
    case 'hfVision':
      return hfVisionFamily(signs)
    case 'clip':
      return clipFamily(signs)
    case 'timm':
      return timmFamily(signs)
  }
}

const hybrid = 'hybrid of ResNet and ViT'

function google(name: string, reason: string): Family {
  return family(name, halfNormalisation, 'jax', reason, { gelu: 'tanh' })
}

// ViT, DeiT and ViTMAE of transformers have a smaller epsilon than any other program.
const tiny: FurtherCustoms = { layerNormEpsilon: 1e-12 }

function hfFamily({ measured, listing, hints }: FamilySigns): Family {
  if (measured.distillationToken)
    return family('distilled DeiT', imagenetNormalisation, 'hf', 'DeiT models are trained so', tiny)
  if (hints.some((hint) => /deit/.test(hint)))
    return family('DeiT', imagenetNormalisation, 'hf', 'its name says DeiT, which is trained so', tiny)
  // `vit_mae` is what config.json calls it.
  if (hasName(listing, /^decoder\./) || hints.some((hint) => /vit[-_]mae/.test(hint)))
    return family('MAE', imagenetNormalisation, 'hf', 'MAE models are trained so', {
      ...tiny,
      meanPooling: true,
    })
  return family('ViT', halfNormalisation, 'hf', "it is transformers' default for ViT", tiny)
}

function hfDinov2Family({ measured }: FamilySigns): Family {
  const reason = 'DINOv2 models are trained so'
  if (measured.registers === 0) return family('DINOv2', imagenetNormalisation, 'hf', reason)
  // transformers antialiases in this family alone, as its authors do.
  return family('DINOv2 with registers', imagenetNormalisation, 'timm', reason)
}

function hfVisionFamily({ measured }: FamilySigns): Family {
  if (!measured.classToken)
    return family('SigLIP', halfNormalisation, 'hf', 'SigLIP models are trained so', { gelu: 'tanh' })
  return family('CLIP', clipNormalisation, 'hf', 'CLIP models are trained so', {
    gelu: 'quick',
    layerNormEpsilon: 1e-5,
  })
}

function clipFamily({ hints }: FamilySigns): Family {
  // OpenAI, MetaCLIP and DFN compute QuickGELU; LAION's and DataComp's models do not, but for those that say so.
  const exact = hints.some((hint) => /laion|datacomp|commonpool/.test(hint) && !/quickgelu/.test(hint))
  return family('CLIP', clipNormalisation, 'timm', 'CLIP models are trained so', {
    gelu: exact ? 'erf' : 'quick',
    layerNormEpsilon: 1e-5,
  })
}

interface TimmRule {
  readonly name: string
  readonly normalisation: Normalisation
  readonly positionResize?: PositionResize
  readonly meanPooling?: boolean
  readonly layerNormEpsilon?: number
  readonly hint?: RegExp
  readonly sign?: (signs: FamilySigns) => boolean
}

const timmRules: readonly TimmRule[] = [
  { name: hybrid, normalisation: halfNormalisation, sign: ({ measured }) => measured.stem !== null },
  {
    name: 'distilled DeiT',
    normalisation: imagenetNormalisation,
    sign: ({ measured }) => measured.distillationToken,
  },
  {
    name: 'CLIP',
    normalisation: clipNormalisation,
    layerNormEpsilon: 1e-5,
    sign: ({ measured }) => measured.preNorm,
  },
  { name: 'TIPS', normalisation: unitNormalisation, hint: /tips/ },
  {
    // Its authors antialias here, as timm does, and not where there are no registers.
    name: 'DINOv2 with registers',
    normalisation: imagenetNormalisation,
    sign: ({ measured }) => measured.registers > 0 && measured.layerScale && measured.patch === 14,
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
    name: 'SigLIP',
    normalisation: halfNormalisation,
    hint: /siglip/,
    sign: ({ measured }) => measured.attentionPooling && !measured.classToken && measured.registers === 0,
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
    // Its own repository interpolates without antialiasing, as transformers does.
    positionResize: 'hf',
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
    const { name, normalisation, positionResize = 'timm', meanPooling, layerNormEpsilon } = rule
    const shown = rule.sign?.(signs) === true
    const hint = signs.hints.find((text) => rule.hint?.test(text))
    if (!shown && hint === undefined) continue
    const reason = shown
      ? `the tensors are those of ${name}, which is trained so`
      : `“${hint}” suggests ${name}, which is trained so`
    return family(name, normalisation, positionResize, reason, { meanPooling, layerNormEpsilon })
  }
  return family(
    'ViT',
    imagenetNormalisation,
    'timm',
    'assumed, because the file does not say (AugReg and the original ViT checkpoints use 0.5 for both instead)',
  )
}

function hasName(listing: Listing, pattern: RegExp): boolean {
  return [...listing.shapes.keys()].some((name) => pattern.test(name))
}

interface FurtherCustoms {
  readonly gelu?: Gelu
  readonly layerNormEpsilon?: number | undefined
  readonly meanPooling?: boolean | undefined
}

function family(
  name: string,
  normalisation: Normalisation,
  positionResize: PositionResize,
  reason: string,
  { gelu = 'erf', layerNormEpsilon = 1e-6, meanPooling = false }: FurtherCustoms = {},
): Family {
  return { name, normalisation, positionResize, reason, gelu, layerNormEpsilon, meanPooling }
}
