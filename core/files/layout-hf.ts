/** @file The Hugging Face layout of ViT and DeiT, by its classic names and without the `vit.` or `deit.` in front. */
import { at } from '../tensor/shape.ts'
import { blockName, patchCount, prefixRows, type VitConfig } from '../vit/config.ts'
import {
  blockCount,
  headEntries,
  patchSide,
  requiredShape,
  type Layout,
  type LayoutEntry,
  type Listing,
  type Measured,
} from './layout.ts'

const kernel = 'embeddings.patch_embeddings.projection.weight'

/** @see https://github.com/huggingface/transformers, models/vit and models/deit */
export const hfLayout: Layout = {
  name: 'hf',
  anchor: kernel,
  // transformers 5 calls its modules so; its files keep the classic names, but a bare state_dict does not.
  renames: [
    [/^layers\.(\d+)\.attention\.q_proj\./, 'encoder.layer.$1.attention.attention.query.'],
    [/^layers\.(\d+)\.attention\.k_proj\./, 'encoder.layer.$1.attention.attention.key.'],
    [/^layers\.(\d+)\.attention\.v_proj\./, 'encoder.layer.$1.attention.attention.value.'],
    [/^layers\.(\d+)\.attention\.o_proj\./, 'encoder.layer.$1.attention.output.dense.'],
    [/^layers\.(\d+)\.mlp\.fc1\./, 'encoder.layer.$1.intermediate.dense.'],
    [/^layers\.(\d+)\.mlp\.fc2\./, 'encoder.layer.$1.output.dense.'],
    [/^layers\.(\d+)\.layernorm_/, 'encoder.layer.$1.layernorm_'],
  ],
  head: /^((cls|distillation)_)?classifier\./,
  ignored: [/^pooler\./, /^embeddings\.mask_token$/, /^decoder\./],
  measure,
  entries,
}

function measure(listing: Listing): Measured {
  const [width = 0, channels = 0, height = 0, side = 0] = requiredShape(listing, kernel, 4)
  const { shapes } = listing
  const distilled = shapes.has('embeddings.distillation_token')
  const head = shapes.get(distilled ? 'cls_classifier.weight' : 'classifier.weight')
  return {
    width,
    depth: blockCount(listing, /^encoder\.layer\.(\d+)\./),
    mlpWidth: at(requiredShape(listing, 'encoder.layer.0.intermediate.dense.weight', 2), 0),
    patch: patchSide(listing, kernel, height, side, channels),
    positionRows: at(requiredShape(listing, 'embeddings.position_embeddings', 3), 1),
    classes: head === undefined ? 0 : at(head, 0),
    heads: undefined,
    classToken: shapes.has('embeddings.cls_token'),
    distillationToken: distilled,
    layerScale: false,
    qkvBias: shapes.has('encoder.layer.0.attention.attention.query.bias'),
    finalNorm: 'beforePooling',
    headLeftOut:
      distilled && shapes.has('classifier.weight')
        ? 'it reads the class token alone, while this model is used with the mean of class and distillation token'
        : undefined,
  }
}

function entries(config: VitConfig): LayoutEntry[] {
  const { width: D, patch: P, classes: K } = config
  const distilled = config.pooling === 'distilled'
  const list: LayoutEntry[] = [
    { name: kernel, shape: [D, 3, P, P], holds: ['embedding.weight'] },
    { name: 'embeddings.patch_embeddings.projection.bias', shape: [D], holds: ['embedding.bias'] },
  ]
  if (config.classToken) list.push({ name: 'embeddings.cls_token', shape: [1, 1, D], holds: ['classToken'] })
  if (distilled)
    list.push({ name: 'embeddings.distillation_token', shape: [1, 1, D], holds: ['distillationToken'] })
  const rows = prefixRows(config) + patchCount(config.grid)
  list.push({ name: 'embeddings.position_embeddings', shape: [1, rows, D], holds: ['positionEmbedding'] })
  for (let index = 0; index < config.depth; index++) list.push(...blockEntries(config, index))
  list.push({ name: 'layernorm.weight', shape: [D], holds: ['norm.scale'] })
  list.push({ name: 'layernorm.bias', shape: [D], holds: ['norm.bias'] })
  if (K > 0) list.push(...headEntries(distilled ? 'cls_classifier' : 'classifier', 'head', K, D))
  if (K > 0 && distilled) list.push(...headEntries('distillation_classifier', 'headDistillation', K, D))
  return list
}

function blockEntries(config: VitConfig, index: number): LayoutEntry[] {
  const { width: D, mlpWidth: M } = config
  const pair = (name: string, out: number, fanIn: number, parameter: string, bias = true): LayoutEntry[] => {
    const holds = `${blockName(index)}.${parameter}`
    const weight = {
      name: `encoder.layer.${index}.${name}.weight`,
      shape: [out, fanIn],
      holds: [`${holds}.weight`],
    }
    return bias ? [weight, vector(`${name}.bias`, out, `${parameter}.bias`)] : [weight]
  }
  const vector = (name: string, size: number, parameter: string): LayoutEntry => ({
    name: `encoder.layer.${index}.${name}`,
    shape: [size],
    holds: [`${blockName(index)}.${parameter}`],
  })
  return [
    vector('layernorm_before.weight', D, 'norm1.scale'),
    vector('layernorm_before.bias', D, 'norm1.bias'),
    ...['query', 'key', 'value'].flatMap((role) =>
      pair(`attention.attention.${role}`, D, D, role, config.qkvBias),
    ),
    ...pair('attention.output.dense', D, D, 'out'),
    vector('layernorm_after.weight', D, 'norm2.scale'),
    vector('layernorm_after.bias', D, 'norm2.bias'),
    ...pair('intermediate.dense', M, D, 'mlp1'),
    ...pair('output.dense', D, M, 'mlp2'),
  ]
}
