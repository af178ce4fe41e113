/** @file Which family a checkpoint in timm's layout belongs to: models of many programs are stored that way. */
import { say } from '../sentence.ts'
import type { Normalisation, PositionResize } from '../vit/config.ts'
import {
  clipNormalisation,
  family,
  halfNormalisation,
  hasName,
  hybridFamily,
  imagenetNormalisation,
  unitNormalisation,
  type Family,
  type FamilySigns,
} from './family.ts'

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
  { name: hybridFamily, normalisation: halfNormalisation, sign: ({ measured }) => measured.stem !== null },
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
    // Its authors antialias here, as timm does, but not without registers.
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

/** The family of a checkpoint in timm's layout. */
export function timmFamily(signs: FamilySigns): Family {
  for (const rule of timmRules) {
    const { name, normalisation, positionResize = 'timm', meanPooling, layerNormEpsilon } = rule
    const shown = rule.sign?.(signs) === true
    const hint = signs.hints.find((text) => rule.hint?.test(text))
    if (!shown && hint === undefined) continue
    const reason = shown
      ? say`the tensors are those of ${name}, which is trained that way`
      : say`“${hint ?? ''}” suggests ${name}, which is trained that way`
    return family(name, normalisation, positionResize, reason, { meanPooling, layerNormEpsilon })
  }
  return family(
    'ViT',
    imagenetNormalisation,
    'timm',
    say`assumed, because the file does not say (AugReg and the original ViT checkpoints use 0.5 for both instead)`,
  )
}
