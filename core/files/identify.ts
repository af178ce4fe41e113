/** @file Which layout a checkpoint has, told by its tensor names; families that are not supported are refused by name. */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { showShape, type Shape } from '../tensor/shape.ts'
import { clipLayout, hfVisionLayout } from './layout-clip.ts'
import { hfDinov2Layout, hfLayout } from './layout-hf.ts'
import { bigVisionLayout, bigVisionScannedLayout, jaxLayout } from './layout-jax.ts'
import { timmLayout } from './layout-timm.ts'
import type { Layout, Listing } from './layout.ts'
import type { TensorFile } from './tensor-file.ts'

/** A checkpoint whose layout is known. */
export interface Identified {
  readonly layout: Layout
  readonly listing: Listing
  /** Names in the file by layout name. */
  readonly fileNames: ReadonlyMap<string, string>
  readonly notes: readonly string[]
}

const layouts: readonly Layout[] = [
  timmLayout,
  hfLayout,
  hfDinov2Layout,
  hfVisionLayout,
  clipLayout,
  jaxLayout,
  bigVisionLayout,
  bigVisionScannedLayout,
]

/** What can be opened, for sentences that refuse something else. */
export const supportedFamilies = 'ViT, its hybrids with ResNet, DeiT, DINO, DINOv2, MAE, CLIP and SigLIP'

const unsupportedFamilies: readonly (readonly [RegExp, string])[] = [
  [/\.mlp\.(fc1_g|fc1_x|gate_proj)\./, 'a Vision Transformer whose gated MLP is stored in three parts'],
  [/\.attn\.[qk]_norm\./, 'a Vision Transformer with normalised queries and keys'],
  [
    /patch_embed\.backbone\.(?!(stem\.)?(conv|norm)\.|stages\.)/,
    'a hybrid whose convolutions are not those of the ViT paper (such as MobileCLIP or ResNet-D)',
  ],
  [/MixerBlock_|\.mlp_tokens\./, 'an MLP-Mixer'],
  [
    /relative_position|rel_pos|attn\.[qv]_bias$|rope/,
    'a transformer with relative positions (such as BEiT, Swin or EVA)',
  ],
]

/**
 * The layout of an opened checkpoint, with names freed of wrappers such as `module.` or `backbone.`.
 *
 * @throws AppError `unsupported` for other families, `invalid_input` when it is no Vision Transformer
 */
export function identify(file: TensorFile): Identified {
  const names = [...file.tensors.keys()]
  refuseUnsupported(file, names)
  const found = layouts.flatMap((layout) =>
    names.filter((name) => endsAtBoundary(name, layout.anchor)).map((name) => ({ layout, name })),
  )
  const signed = found.filter(({ layout, name }) => {
    const prefix = name.slice(0, -layout.anchor.length)
    return names.some((other) => other.startsWith(prefix) && layout.sign.test(other))
  })
  // A file without blocks has its anchor only; what it lacks is told later.
  const [first, second] = signed.length > 0 ? signed : found.slice(0, 1)
  if (first === undefined) throw notVit(file)
  if (second !== undefined) {
    throw new AppError(
      'unsupported',
      `${basename(file.path)} holds more than one Vision Transformer (“${first.name}” and “${second.name}”). Save the one to fine-tune in a file of its own.`,
    )
  }
  return collect(file, first.layout, first.name.slice(0, -first.layout.anchor.length))
}

function refuseUnsupported(file: TensorFile, names: readonly string[]): void {
  for (const [pattern, family] of unsupportedFamilies) {
    const sign = names.find((name) => pattern.test(name))
    if (sign === undefined) continue
    throw new AppError(
      'unsupported',
      `${basename(file.path)} is ${family}: it has the tensor “${sign}”. This family is not supported yet; ${supportedFamilies} are.`,
      { tensor: sign },
    )
  }
}

function endsAtBoundary(name: string, end: string): boolean {
  return name === end || name.endsWith(`.${end}`) || name.endsWith(`/${end}`)
}

function collect(file: TensorFile, layout: Layout, prefix: string): Identified {
  // Classifiers lie beside the encoder: `vit.embeddings…`, but `classifier.weight`.
  const outer = prefix.replace(/(vit|deit|dinov2|dinov2_with_registers|vision_model)\.$/, '')
  const shapes = new Map<string, Shape>()
  const fileNames = new Map<string, string>()
  const outside: string[] = []
  for (const [fileName, { shape }] of file.tensors) {
    const name = layoutName(layout, fileName, prefix, outer)
    if (name === undefined) {
      outside.push(fileName)
      continue
    }
    shapes.set(name, shape)
    fileNames.set(name, fileName)
  }
  const notes = prefix === '' ? [] : [`The tensors' names begin with “${prefix}”, which is taken off.`]
  if (outside.length > 0) notes.push(outsideNote(outside))
  return { layout, listing: { file: basename(file.path), prefix, shapes }, fileNames, notes }
}

function layoutName(layout: Layout, fileName: string, prefix: string, outer: string): string | undefined {
  if (fileName.startsWith(outer) && layout.head.test(fileName.slice(outer.length)))
    return fileName.slice(outer.length)
  if (!fileName.startsWith(prefix)) return undefined
  return layout.renames.reduce((name, [from, to]) => name.replace(from, to), fileName.slice(prefix.length))
}

function outsideNote(names: readonly string[]): string {
  const count = names.length === 1 ? '1 tensor' : `${names.length} tensors`
  return `${count} outside the encoder, such as “${names[0]}”, ${names.length === 1 ? 'is' : 'are'} left out.`
}

function notVit(file: TensorFile): AppError {
  const some = [...file.tensors].slice(0, 3).map(([name, { shape }]) => `“${name}” ${showShape(shape)}`)
  const content =
    some.length === 0 ? 'no tensors' : `${file.tensors.size} tensors, such as ${some.join(', ')}`
  const anchors = [...new Set(layouts.map((layout) => `“${layout.anchor}”`))].join(', ')
  return new AppError(
    'invalid_input',
    `${basename(file.path)} is not a Vision Transformer: it holds ${content}, but none of ${anchors}. Choose the checkpoint of another model; ${supportedFamilies} can be opened.`,
  )
}
