/**
 * @file The catalogue: well-known pretrained Vision Transformers, what each is good for, its licence, and where its
 * files are. Names and licences are those of the models' own pages; nothing here is fetched until a person asks for it.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/** Terms of use. `permissive`: any use, commercial ones included. */
export interface Licence {
  readonly name: string
  readonly permissive: boolean
}

/** A folder of files on the Hugging Face Hub. */
interface HubSource {
  readonly kind: 'hub'
  /** `owner/name`. */
  readonly repository: string
  /** Branch, tag or commit. */
  readonly revision: string
  /** Small files that describe the weights, then the weights themselves. */
  readonly files: readonly string[]
}

/** One file in the bucket of the paper's authors. */
interface BucketSource {
  readonly kind: 'bucket'
  /** Folder in the bucket. */
  readonly folder: string
  readonly files: readonly [string]
}

/** Where a model's files are. The last one contains the weights. */
export type Source = HubSource | BucketSource

/** One well-known checkpoint. */
export interface CatalogueModel {
  /** Names it on the command line, and its folder. */
  readonly id: string
  /** For people. */
  readonly name: string
  readonly family: string
  readonly parameters: number
  readonly width: number
  readonly depth: number
  /** Patch side in pixels. */
  readonly patch: number
  /** Pixels per side that it was trained with. */
  readonly resolution: number
  /** Of its head; 0 where it has none. */
  readonly classes: number
  readonly licence: Licence
  /** One plain sentence. */
  readonly goodFor: string
  readonly source: Source
}

const apache: Licence = { name: 'Apache-2.0', permissive: true }
const nonCommercial: Licence = { name: 'CC-BY-NC-4.0', permissive: false }

const tiny = { width: 192, depth: 12, patch: 16, resolution: 224 }
const small = { width: 384, depth: 12, patch: 16, resolution: 224 }
const base = { width: 768, depth: 12, patch: 16, resolution: 224 }
const large = { width: 1024, depth: 24, patch: 16, resolution: 224 }

const imagenet21k = 21_843
const imagenet1k = 1000

/** A timm model on the Hub. */
function timm(name: string): HubSource {
  return {
    kind: 'hub',
    repository: `timm/${name}`,
    revision: 'main',
    files: ['config.json', 'model.safetensors'],
  }
}

function bucket(folder: string, file: string): BucketSource {
  return { kind: 'bucket', folder: `vit_models/${folder}`, files: [file] }
}

const augReg: readonly CatalogueModel[] = [
  {
    id: 'augreg-tiny-16',
    name: 'ViT Tiny',
    family: 'AugReg',
    parameters: 9_740_115,
    ...tiny,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'The fastest one: made for laptops without a graphics card, and for first attempts.',
    source: timm('vit_tiny_patch16_224.augreg_in21k'),
  },
  {
    id: 'augreg-small-16',
    name: 'ViT Small',
    family: 'AugReg',
    parameters: 30_075_219,
    ...small,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'The best balance of accuracy and speed for most collections of photos.',
    source: timm('vit_small_patch16_224.augreg_in21k'),
  },
  {
    id: 'augreg-base-16',
    name: 'ViT Base',
    family: 'AugReg',
    parameters: 102_595_923,
    ...base,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'More accurate than Small at four times the work: best on a graphics card.',
    source: timm('vit_base_patch16_224.augreg_in21k'),
  },
  {
    id: 'augreg-large-16',
    name: 'ViT Large',
    family: 'AugReg',
    parameters: 325_690_707,
    ...large,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'For classes that are hard to tell apart, if you have a strong graphics card and time.',
    source: timm('vit_large_patch16_224.augreg_in21k'),
  },
]

// The same training as above, as the paper's authors published it.
const augRegOriginals: readonly CatalogueModel[] = [
  {
    id: 'augreg-tiny-16-npz',
    name: 'ViT Tiny, original file',
    family: 'AugReg',
    parameters: 9_740_115,
    ...tiny,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'The same as ViT Tiny, in the original authors’ file: for reproducing published results.',
    source: bucket('augreg', 'Ti_16-i21k-300ep-lr_0.001-aug_none-wd_0.03-do_0.0-sd_0.0.npz'),
  },
  {
    id: 'augreg-small-16-npz',
    name: 'ViT Small, original file',
    family: 'AugReg',
    parameters: 30_075_219,
    ...small,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'The same as ViT Small, in the original authors’ file: for reproducing published results.',
    source: bucket('augreg', 'S_16-i21k-300ep-lr_0.001-aug_light1-wd_0.03-do_0.0-sd_0.0.npz'),
  },
  {
    id: 'augreg-base-16-npz',
    name: 'ViT Base, original file',
    family: 'AugReg',
    parameters: 102_595_923,
    ...base,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'The same as ViT Base, in the original authors’ file: for reproducing published results.',
    source: bucket('augreg', 'B_16-i21k-300ep-lr_0.001-aug_medium1-wd_0.1-do_0.0-sd_0.0.npz'),
  },
]

const hybrids: readonly CatalogueModel[] = [
  {
    id: 'hybrid-small-r26-32',
    name: 'R26 + ViT Small',
    family: 'hybrid of ResNet and ViT',
    parameters: 44_456_467,
    ...small,
    patch: 32,
    classes: imagenet21k,
    licence: apache,
    goodFor: 'A convolutional network in front of ViT Small: fast at high resolutions.',
    source: timm('vit_small_r26_s32_224.augreg_in21k'),
  },
]

const original: readonly CatalogueModel[] = [
  {
    id: 'vit-base-16-in21k',
    name: 'ViT Base, 2020',
    family: 'ViT',
    parameters: 85_798_656,
    ...base,
    classes: 0,
    licence: apache,
    goodFor: 'The first Vision Transformer, known from countless guides: good for comparisons.',
    source: {
      kind: 'hub',
      repository: 'google/vit-base-patch16-224-in21k',
      revision: 'main',
      files: ['config.json', 'preprocessor_config.json', 'model.safetensors'],
    },
  },
]

const deit: readonly CatalogueModel[] = [
  {
    id: 'deit-tiny-16',
    name: 'DeiT Tiny',
    family: 'DeiT',
    parameters: 5_717_416,
    ...tiny,
    classes: imagenet1k,
    licence: apache,
    goodFor: 'The smallest download: everyday objects and animals on a slow machine.',
    source: timm('deit_tiny_patch16_224.fb_in1k'),
  },
  {
    id: 'deit-small-16',
    name: 'DeiT Small',
    family: 'DeiT',
    parameters: 22_050_664,
    ...small,
    classes: imagenet1k,
    licence: apache,
    goodFor: 'Everyday objects and animals, at the speed of ViT Small.',
    source: timm('deit_small_patch16_224.fb_in1k'),
  },
  {
    id: 'deit-base-16',
    name: 'DeiT Base',
    family: 'DeiT',
    parameters: 86_567_656,
    ...base,
    classes: imagenet1k,
    licence: apache,
    goodFor: 'Everyday objects and animals, more accurately, best on a graphics card.',
    source: timm('deit_base_patch16_224.fb_in1k'),
  },
  {
    id: 'deit3-small-16',
    name: 'DeiT III Small',
    family: 'DeiT-3',
    parameters: 22_059_496,
    ...small,
    classes: imagenet1k,
    licence: apache,
    goodFor: 'A later DeiT that has seen more kinds of things; as fast as ViT Small.',
    source: timm('deit3_small_patch16_224.fb_in22k_ft_in1k'),
  },
]

const selfSupervised: readonly CatalogueModel[] = [
  {
    id: 'dino-small-16',
    name: 'DINO Small',
    family: 'DINO',
    parameters: 21_665_664,
    ...small,
    classes: 0,
    licence: apache,
    goodFor: 'Learned without labels: clear attention maps, and good with few photos per class.',
    source: timm('vit_small_patch16_224.dino'),
  },
  {
    id: 'dino-base-16',
    name: 'DINO Base',
    family: 'DINO',
    parameters: 85_798_656,
    ...base,
    classes: 0,
    licence: apache,
    goodFor: 'Like DINO Small with finer features, best on a graphics card.',
    source: timm('vit_base_patch16_224.dino'),
  },
  {
    id: 'dinov2-small-14',
    name: 'DINOv2 Small',
    family: 'DINOv2',
    parameters: 22_056_192,
    width: 384,
    depth: 12,
    patch: 14,
    resolution: 518,
    classes: 0,
    licence: apache,
    goodFor: 'Strong features for unusual images such as microscopy, materials or aerial views.',
    source: timm('vit_small_patch14_dinov2.lvd142m'),
  },
  {
    id: 'dinov2-base-14',
    name: 'DINOv2 Base',
    family: 'DINOv2',
    parameters: 86_579_712,
    width: 768,
    depth: 12,
    patch: 14,
    resolution: 518,
    classes: 0,
    licence: apache,
    goodFor: 'The strongest features here that an ordinary graphics card can train.',
    source: timm('vit_base_patch14_dinov2.lvd142m'),
  },
  {
    id: 'dinov2-large-14',
    name: 'DINOv2 Large',
    family: 'DINOv2',
    parameters: 304_367_616,
    width: 1024,
    depth: 24,
    patch: 14,
    resolution: 518,
    classes: 0,
    licence: apache,
    goodFor: 'The strongest features of all, if memory and time do not matter.',
    source: timm('vit_large_patch14_dinov2.lvd142m'),
  },
  {
    id: 'dinov2-small-14-registers',
    name: 'DINOv2 Small with registers',
    family: 'DINOv2',
    parameters: 22_057_344,
    width: 384,
    depth: 12,
    patch: 14,
    resolution: 518,
    classes: 0,
    licence: apache,
    goodFor: 'Like DINOv2 Small, with attention maps that are free of stray spots.',
    source: timm('vit_small_patch14_reg4_dinov2.lvd142m'),
  },
  {
    id: 'mae-base-16',
    name: 'MAE Base',
    family: 'MAE',
    parameters: 85_798_656,
    ...base,
    classes: 0,
    licence: nonCommercial,
    goodFor: 'Learned by filling in missing parts of images: gains most from long training on many photos.',
    source: timm('vit_base_patch16_224.mae'),
  },
]

const languageTaught: readonly CatalogueModel[] = [
  {
    id: 'clip-base-16',
    name: 'CLIP Base',
    family: 'CLIP',
    parameters: 86_568_424,
    ...base,
    classes: imagenet1k,
    licence: apache,
    goodFor:
      'Learned from captions on the web: good for drawings, screenshots and products as well as photos.',
    source: timm('vit_base_patch16_clip_224.openai_ft_in1k'),
  },
  {
    id: 'siglip-base-16',
    name: 'SigLIP Base',
    family: 'SigLIP',
    parameters: 92_930_304,
    ...base,
    resolution: 256,
    classes: 0,
    licence: apache,
    goodFor: 'A later model that learned from captions, at a slightly finer resolution than CLIP.',
    source: timm('vit_base_patch16_siglip_256.webli'),
  },
]

/** Every model of the catalogue; the ones to recommend first. */
export const catalogue: readonly CatalogueModel[] = [
  ...augReg,
  ...selfSupervised,
  ...deit,
  ...languageTaught,
  ...hybrids,
  ...original,
  ...augRegOriginals,
]

/** Whether a word names a model of the catalogue. */
export function isCatalogueId(id: string): boolean {
  return catalogue.some((model) => model.id === id)
}

/**
 * The model with this id.
 *
 * @throws AppError `not_found` with the ids there are
 */
export function findModel(id: string): CatalogueModel {
  const model = catalogue.find((one) => one.id === id)
  if (model !== undefined) return model
  throw new AppError(
    'not_found',
    say`The catalogue has no model “${id}”. It has: ${catalogue.map((one) => one.id).join(', ')}.`,
  )
}

/** The size of a download in bytes: four per parameter. Names and metadata add less than 1 %. */
export function approximateBytes({ parameters }: CatalogueModel): number {
  return 4 * parameters
}

/** The file with the weights. */
export function weightsFile({ files }: Source): string {
  return files.at(-1) ?? ''
}
