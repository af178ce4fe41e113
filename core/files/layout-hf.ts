/** @file The Hugging Face layout of ViT, DeiT and ViTMAE, by its classic names and without the `vit.` or `deit.` prefix. */
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import {
  family,
  halfNormalisation,
  hasName,
  imagenetNormalisation,
  type Family,
  type FamilySigns,
  type FurtherCustoms,
} from './family.ts'
import type { Layout, LayoutEntry } from './layout.ts'
import { blockCount, patchSide, plainParts, requiredShape, type Listing, type Measured } from './listing.ts'
import { entriesByName, torchParts, withLeadingAxes, type NameTable } from './name-table.ts'

const kernel = 'embeddings.patch_embeddings.projection.weight'

// transformers 5 names its modules this way; its files keep the classic names, but a bare state_dict does not.
const attentionRenames: Layout['renames'] = [
  [/^(?:encoder\.layer|layers)\.(\d+)\.attention\.q_proj\./, 'encoder.layer.$1.attention.attention.query.'],
  [/^(?:encoder\.layer|layers)\.(\d+)\.attention\.k_proj\./, 'encoder.layer.$1.attention.attention.key.'],
  [/^(?:encoder\.layer|layers)\.(\d+)\.attention\.v_proj\./, 'encoder.layer.$1.attention.attention.value.'],
  [/^(?:encoder\.layer|layers)\.(\d+)\.attention\.o_proj\./, 'encoder.layer.$1.attention.output.dense.'],
]

/** @see https://github.com/huggingface/transformers, models/vit, models/deit and models/vit_mae */
export const hfLayout: Layout = {
  name: 'hf',
  anchor: kernel,
  title: 'Hugging Face layout',
  unstated: say`transformers' default`,
  described: 'config',
  modelTypes: ['vit', 'deit', 'vit_mae'],
  sign: /(^|\.)layernorm_before\.weight$/,
  renames: [
    ...attentionRenames,
    [/^layers\.(\d+)\.mlp\.fc1\./, 'encoder.layer.$1.intermediate.dense.'],
    [/^layers\.(\d+)\.mlp\.fc2\./, 'encoder.layer.$1.output.dense.'],
    [/^layers\.(\d+)\.layernorm_/, 'encoder.layer.$1.layernorm_'],
  ],
  head: /^((cls|distillation)_)?classifier\./,
  ignored: [/^pooler\./, /^embeddings\.mask_token$/, /^decoder\./],
  measure: measureVit,
  family: vitFamily,
  entries: (config) =>
    entriesByName(
      config,
      {
        ...sharedNames,
        ...vitNames,
        ...(config.pooling === 'distilled'
          ? { head: 'cls_classifier', headDistillation: 'distillation_classifier' }
          : { head: 'classifier' }),
      },
      convention,
    ),
}

/** @see https://github.com/huggingface/transformers, models/dinov2 and models/dinov2_with_registers */
export const hfDinov2Layout: Layout = {
  name: 'hfDinov2',
  anchor: kernel,
  title: 'Hugging Face layout',
  unstated: say`transformers' default`,
  described: 'config',
  modelTypes: ['dinov2', 'dinov2_with_registers'],
  sign: /(^|\.)layer_scale1\.lambda1$/,
  renames: attentionRenames,
  head: /^classifier\./,
  ignored: [/^embeddings\.mask_token$/],
  measure: measureDinov2,
  family: dinov2Family,
  entries: dinov2Entries,
}

const convention = {
  parts: torchParts,
  shapeOf: withLeadingAxes({ classToken: 2, distillationToken: 2, registers: 1, positionEmbedding: 1 }),
}

const sharedNames: NameTable = {
  embedding: 'embeddings.patch_embeddings.projection',
  classToken: 'embeddings.cls_token',
  positionEmbedding: 'embeddings.position_embeddings',
  'blocks.*.query': 'encoder.layer.*.attention.attention.query',
  'blocks.*.key': 'encoder.layer.*.attention.attention.key',
  'blocks.*.value': 'encoder.layer.*.attention.attention.value',
  'blocks.*.out': 'encoder.layer.*.attention.output.dense',
  norm: 'layernorm',
}

const vitNames: NameTable = {
  distillationToken: 'embeddings.distillation_token',
  'blocks.*.norm1': 'encoder.layer.*.layernorm_before',
  'blocks.*.norm2': 'encoder.layer.*.layernorm_after',
  'blocks.*.mlp1': 'encoder.layer.*.intermediate.dense',
  'blocks.*.mlp2': 'encoder.layer.*.output.dense',
}

const dinov2Names: NameTable = {
  registers: 'embeddings.register_tokens',
  'blocks.*.norm1': 'encoder.layer.*.norm1',
  'blocks.*.scale1': 'encoder.layer.*.layer_scale1.lambda1',
  'blocks.*.norm2': 'encoder.layer.*.norm2',
  'blocks.*.scale2': 'encoder.layer.*.layer_scale2.lambda1',
  head: 'classifier',
}

function measureVit(listing: Listing): Measured {
  const { shapes } = listing
  const distilled = shapes.has('embeddings.distillation_token')
  const head = shapes.get(distilled ? 'cls_classifier.weight' : 'classifier.weight')
  return {
    ...plainParts,
    ...measureShared(listing),
    mlpWidth: at(requiredShape(listing, 'encoder.layer.0.intermediate.dense.weight', 2), 0),
    classes: head === undefined ? 0 : at(head, 0),
    classToken: shapes.has('embeddings.cls_token'),
    distillationToken: distilled,
    headLeftOut:
      distilled && shapes.has('classifier.weight')
        ? say`it reads the class token alone, while this model is used with the mean of class and distillation token`
        : undefined,
  }
}

function measureDinov2(listing: Listing): Measured {
  const { shapes } = listing
  const shared = measureShared(listing)
  const swiglu = shapes.has('encoder.layer.0.mlp.weights_out.weight')
  const second = `encoder.layer.0.mlp.${swiglu ? 'weights_out' : 'fc2'}.weight`
  const head = shapes.get('classifier.weight')
  return {
    ...plainParts,
    ...shared,
    mlpWidth: at(requiredShape(listing, second, 2), 1),
    classes: head?.[0] ?? 0,
    doubleHead: head?.[1] === 2 * shared.width,
    registers: shapes.get('embeddings.register_tokens')?.[1] ?? 0,
    layerScale: true,
    swiglu,
  }
}

function measureShared(
  listing: Listing,
): Pick<Measured, 'width' | 'depth' | 'patch' | 'positionRows' | 'qkvBias'> {
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  return {
    width,
    depth: blockCount(listing, /^encoder\.layer\.(\d+)\./),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, 'embeddings.position_embeddings', 3), 1),
    qkvBias: listing.shapes.has('encoder.layer.0.attention.attention.query.bias'),
  }
}

function dinov2Entries(config: VitConfig): LayoutEntry[] {
  const mlp = 'encoder.layer.*.mlp'
  const gated = {
    'blocks.*.gate': `${mlp}.weights_in`,
    'blocks.*.mlp1': `${mlp}.weights_in`,
    'blocks.*.mlp2': `${mlp}.weights_out`,
  }
  const usual = { 'blocks.*.mlp1': `${mlp}.fc1`, 'blocks.*.mlp2': `${mlp}.fc2` }
  const table = { ...sharedNames, ...dinov2Names, ...(config.swiglu ? gated : usual) }
  return entriesByName(config, table, convention)
}

// ViT, DeiT and ViTMAE of transformers have a smaller epsilon than any other program.
const tiny: FurtherCustoms = { layerNormEpsilon: 1e-12 }

function vitFamily({ measured, listing, hints }: FamilySigns): Family {
  if (measured.distillationToken)
    return family('distilled DeiT', imagenetNormalisation, 'hf', say`DeiT models are trained so`, tiny)
  if (hints.some((hint) => /deit/.test(hint)))
    return family('DeiT', imagenetNormalisation, 'hf', say`its name says DeiT, which is trained so`, tiny)
  // `vit_mae` is what config.json calls it.
  if (hasName(listing, /^decoder\./) || hints.some((hint) => /vit[-_]mae/.test(hint)))
    return family('MAE', imagenetNormalisation, 'hf', say`MAE models are trained so`, {
      ...tiny,
      meanPooling: true,
    })
  return family('ViT', halfNormalisation, 'hf', say`it is transformers' default for ViT`, tiny)
}

function dinov2Family({ measured }: FamilySigns): Family {
  const reason = say`DINOv2 models are trained so`
  if (measured.registers === 0) return family('DINOv2', imagenetNormalisation, 'hf', reason)
  // transformers antialiases in this family alone, as its authors do.
  return family('DINOv2 with registers', imagenetNormalisation, 'timm', reason)
}
