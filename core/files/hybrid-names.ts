/** @file The ResNet of a hybrid in checkpoints: how the layouts name and shape its tensors, and its sizes from them. */
import { at } from '../tensor/shape.ts'
import { stemChannels, stemStride, type HybridStem } from '../vit/hybrid-config.ts'
import { patchSide, type Listing } from './listing.ts'
import type { NameTable } from './name-table.ts'

/** Each stage's units in timm, whose stem is the whole backbone where there are no stages. */
export function timmStemNames({ units }: HybridStem): NameTable {
  const root = units.length === 0 ? timmBackbone : `${timmBackbone}.stem`
  const unit = `${timmBackbone}.stages.*.blocks.*`
  return {
    'stem.root': `${root}.conv`,
    'stem.norm': `${root}.norm`,
    ...unitNames((part, number) => `${unit}.${part}${number}`, { conv: 'conv', norm: 'norm' }),
    'stem.stages.*.units.*.shortcut': `${unit}.downsample.conv`,
    'stem.stages.*.units.*.shortcutNorm': `${unit}.downsample.norm`,
  }
}

/** The same in vit_jax. */
export const jaxStemNames: NameTable = {
  'stem.root': 'conv_root',
  'stem.norm': 'gn_root',
  ...unitNames((part, number) => `block+/unit+/${part}${number}`, { conv: 'conv', norm: 'gn' }),
  'stem.stages.*.units.*.shortcut': 'block+/unit+/conv_proj',
  'stem.stages.*.units.*.shortcutNorm': 'block+/unit+/gn_proj',
}

/** The stem of a file in timm's layout; null for a ViT without one. */
export function timmStem(listing: Listing): HybridStem | null {
  const root = [`${timmBackbone}.stem.conv.weight`, `${timmBackbone}.conv.weight`]
  return measureStem(listing, root, 0, /^patch_embed\.backbone\.stages\.(\d+)\.blocks\.(\d+)\./, 'timm')
}

/** The stem of a file in vit_jax's layout; null for a ViT without one. */
export function jaxStem(listing: Listing): HybridStem | null {
  return measureStem(listing, ['conv_root/kernel'], -1, /^block(\d+)\/unit(\d+)\//, 'jax')
}

/** Pixels of a patch's side, from the sizes of the patch embedding's kernel. */
export function pixelsPerPatch(
  listing: Listing,
  kernel: string,
  sizes: { readonly height: number; readonly side: number; readonly channels: number },
  stem: HybridStem | null,
): number {
  const channels = stem === null ? 3 : stemChannels(stem)
  const side = patchSide(listing, kernel, sizes.height, sizes.side, sizes.channels, channels)
  return stem === null ? side : side * stemStride(stem)
}

/** Whether a parameter is a kernel that is a convolution's in the files, even where it is a matrix here. */
export function isConvolution(parameter: string): boolean {
  return parameter === 'embedding.weight' || (parameter.startsWith('stem.') && parameter.endsWith('.weight'))
}

/** Whether a parameter is GroupNorm's. */
export function isGroupNorm(parameter: string): boolean {
  return /^stem\..*\.(scale|bias)$/.test(parameter)
}

const timmBackbone = 'patch_embed.backbone'

function unitNames(
  nameOf: (part: string, number: number) => string,
  parts: Readonly<Record<'conv' | 'norm', string>>,
): NameTable {
  const names: Record<string, string> = {}
  for (const number of [1, 2, 3]) {
    names[`stem.stages.*.units.*.conv${number}`] = nameOf(parts.conv, number)
    names[`stem.stages.*.units.*.norm${number}`] = nameOf(parts.norm, number)
  }
  return names
}

function measureStem(
  { shapes }: Listing,
  roots: readonly string[],
  outputs: number,
  unit: RegExp,
  arithmetic: HybridStem['arithmetic'],
): HybridStem | null {
  const root = roots.flatMap((name) => shapes.get(name) ?? [])
  if (root.length === 0) return null
  const stages = new Map<number, Set<number>>()
  for (const name of shapes.keys()) {
    const [, stage, index] = unit.exec(name) ?? []
    if (stage === undefined) continue
    const found = stages.get(Number(stage)) ?? new Set()
    stages.set(Number(stage), found.add(Number(index)))
  }
  const inOrder = [...stages].toSorted(([a], [b]) => a - b)
  return { width: at(root, outputs), units: inOrder.map(([, { size }]) => size), arithmetic }
}
