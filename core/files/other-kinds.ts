/**
 * @file Models that are valid but not supported, recognised by what the files beside them say and then by their
 * tensors' names, so that each is refused as what it is: none is called "damaged", and none is opened as something that
 * it only resembles.
 */
import { outside, say, type Sentence } from '../sentence.ts'
import { hfModelTypes } from './layouts.ts'
import type { Called } from './locate.ts'
import { refusal } from './refusal.ts'
import { quoted } from './words.ts'

/** A kind of model, and the signs that it is recognised by. One of them is enough. */
interface Kind {
  /** Completes “It is …”. */
  readonly what: Sentence
  /** What to do instead of waiting for its support. */
  readonly advice?: Sentence
  /** The `model_type` of transformers. */
  readonly type?: RegExp
  /** The `architecture` of timm. */
  readonly architecture?: RegExp
  /** Patterns, each of which some tensor's name matches; none matches `lacks`. */
  readonly names?: readonly RegExp[]
  readonly lacks?: RegExp
  /** Whether the name of a plain ViT in config.json takes precedence over `names`. */
  readonly isWeak?: true
}

const positions = /(^|\.)pos(ition)?_embed/
const timmKernel = /(^|\.)patch_embed\.proj\.weight$/
const timmBlock = /(^|\.)blocks\.0\.norm1\.weight$/
const relative = say`whose positions are relative`
const rotary = say`whose positions are rotary`

const adapter: Kind = {
  what: say`an adapter (such as LoRA), which holds changes to a model and not the model`,
  advice: say`Merge it into its model (merge_and_unload in PEFT), save that and open it.`,
  names: [/(^|\.)lora_([AB]|up|down|embedding_[AB])(\.|$)/],
}

const quantised: Kind = {
  what: say`a quantised model, whose weights are stored in a few bits each`,
  advice: say`Get the same model in float32, float16 or bfloat16.`,
  names: [
    /\.(qweight|qzeros|g_idx|absmax|quant_map|SCB|weight_scale|weight_scale_inv|weight_packed|weight_zero_point)$|\._packed_params(\.|$)/,
  ],
}

/**
 * Models whose tensors may be named like a plain ViT's and which compute something else. The first that fits names the
 * file.
 */
const lookalikes: readonly Kind[] = [
  adapter,
  quantised,
  { what: say`DINOv3, ${rotary}`, type: /^dinov3/, architecture: /_dinov3/ },
  { what: say`DINOv3, ${rotary}`, names: [/(^|\.)(storage_tokens|rope_embed\.periods)$/] },
  {
    what: say`DINOv3, ${rotary}`,
    names: [/(^|\.)layer\.0\.attention\.q_proj\.weight$/, /(^|\.)register_tokens$/],
    lacks: positions,
  },
  {
    what: say`DINOv3 or one of its kind, ${rotary}`,
    names: [timmKernel, /(^|\.)reg_token$/, /(^|\.)blocks\.0\.gamma_1$/],
    lacks: positions,
  },
  { what: say`a Perception Encoder (PE), ${rotary}`, type: /^pe(_|$)/, architecture: /^vit_pe_/ },
  {
    what: say`a Perception Encoder (PE), ${rotary}`,
    names: [timmKernel, /(^|\.)norm_pre\.weight$/, /(^|\.)attn_pool\.latent$/],
    isWeak: true,
  },
  { what: say`EVA-02, ${rotary}`, architecture: /^eva02_/ },
  { what: say`EVA or EVA-02`, architecture: /^eva_giant/, names: [/\.attn\.q_bias$/, positions] },
  { what: say`a RoPE-ViT, ${rotary}`, architecture: /_rope_/ },
  { what: say`a transformer ${rotary}`, names: [/(^|\.)rope\.|rotary|(^|\.)freqs_(cis|cos)$/] },
  {
    what: say`a Swin Transformer, ${relative}`,
    type: /^swin/,
    architecture: /^swin/,
    names: [/(^|\.)layers\.0\.blocks\.0\.att(n|ention)\.(.*\.)?(relative_position_|logit_scale)/],
  },
  { what: say`BEiT-3, with further norms in its blocks`, architecture: /^beit3_/ },
  {
    what: say`BEiT, ${relative}`,
    type: /^(beit|data2vec-vision)$/,
    architecture: /^beit/,
    names: [/\.attn\.q_bias$/],
  },
  { what: say`BEiT of transformers`, names: [/(^|\.)layers?\.0\.lambda_1$/] },
  {
    what: say`a transformer ${relative}`,
    architecture: /relpos/,
    names: [/relative_position|rel_pos/],
  },
  { what: outside('AIMv2'), type: /^aimv2/, architecture: /^aimv2/ },
  { what: say`RADIO, which has several class tokens`, type: /radio/, architecture: /_radio_/ },
  {
    what: say`SigLIP 2 for images of any shape (NaFlex)`,
    type: /^siglip2/,
  },
  {
    what: say`a ViT for images of any shape (NaFlexViT)`,
    architecture: /^naflexvit/,
    names: [/(^|\.)embeds\.proj\.weight$/],
  },
  { what: say`a Vision Transformer with its norms after each part of a block`, architecture: /_rpn_/ },
  {
    what: say`a Vision Transformer whose gated MLP is stored in three parts`,
    names: [/patch_embed|patch_conv/, /\.mlp\.(fc1_g|fc1_x|gate_proj)\./],
  },
  {
    what: say`a Vision Transformer with normalised queries and keys`,
    names: [/\.(attn|self_attn|attention)\.[qk]_norm\./],
  },
  {
    what: say`a Vision Transformer with further norms in its blocks (such as BEiT-3)`,
    names: [/(^|\.)blocks\.0\.(attn|mlp)\.norm\.weight$/],
  },
  {
    what: say`a Vision Transformer whose blocks compute several parts side by side`,
    names: [/(^|\.)blocks\.0\.((attns|ffns)\.0\.|in_proj\.weight$)/],
  },
  { what: outside('CaiT'), architecture: /^cait_/, names: [/(^|\.)blocks\.0\.attn\.proj_l\.weight$/] },
  { what: say`an MLP-Mixer`, architecture: /mixer/, names: [/MixerBlock_|\.mlp_tokens\./] },
  {
    what: say`a hybrid whose convolutions are not those of the ViT paper (such as MobileCLIP or ResNet-D)`,
    names: [/patch_embed\.backbone\.(?!(stem\.)?(conv|norm)\.|stages\.)/],
  },
  {
    what: say`a Vision Transformer without a final norm (such as InternViT)`,
    names: [timmKernel, timmBlock],
    lacks: /^([^.]+\.)*(fc_)?norm\.weight$/,
  },
  {
    what: say`a Vision Transformer without position embeddings, as those are ${rotary}`,
    names: [timmKernel, timmBlock],
    lacks: positions,
  },
  {
    what: say`an object detector`,
    type: /detr|yolo|^owl|grounding-dino/,
    names: [/bbox_embed|bbox_predictor|class_labels_classifier|rpn\.head\.|roi_heads\.|\.dfl\.conv\./],
  },
]

/** Kinds without anything of a Vision Transformer that can be opened, for a name in place of “another kind”. */
const strangers: readonly Kind[] = [
  {
    what: say`torchvision's ViT, whose names are not read yet`,
    names: [/(^|\.)encoder\.layers\.encoder_layer_0\.ln_1\.weight$/],
  },
  {
    what: say`a ResNet`,
    type: /^resnet/,
    architecture: /resne|^wide_resnet/,
    names: [/(^|\.)layer1\.0\.conv1\.weight$/],
  },
  {
    what: say`a ConvNeXt`,
    type: /^convnext/,
    architecture: /^convnext/,
    names: [/\.(dwconv|conv_dw)\.weight$/, /(^|\.)stages\.0\./],
  },
  {
    what: say`a diffusion model`,
    names: [/(^|\.)(down_blocks|input_blocks|double_blocks|transformer_blocks)\.0\./],
  },
  {
    what: say`a language model`,
    names: [/(^|\.)(embed_tokens|wte|tok_embeddings|word_embeddings|embed_in)\.weight$/],
  },
  { what: say`a convolutional network`, names: [/\.running_mean$/] },
]

/**
 * Stops when a file is of a kind that is known and not supported.
 *
 * @param names of its tensors, as they are in the file
 * @param isKnown whether its names are those of a layout that can be read
 * @throws AppError `unsupported`, naming the kind and what it is recognised by
 */
export function refuseOtherKind(
  file: string,
  names: readonly string[],
  called: Called,
  isKnown: boolean,
): void {
  if (called.isAdapter && !isKnown) throw refusal(file, adapter.what, adapter.advice)
  if (called.isQuantised) throw refusal(file, quantised.what, quantised.advice)
  for (const kind of isKnown ? lookalikes : [...lookalikes, ...strangers]) {
    const sign = declaredSign(kind, called) ?? nameSign(kind, names, called)
    if (sign !== undefined) throw refusal(file, say`${kind.what} (${sign})`, kind.advice)
  }
  const { type, architecture, by } = called
  if (type !== undefined && !hfModelTypes.includes(type))
    throw refusal(file, say`a model of type ${quoted(type)} (${by} says so)`)
  if (architecture !== undefined && !isKnown)
    throw refusal(file, say`a model of timm, ${quoted(architecture)} (${by} says so)`)
}

function declaredSign({ type, architecture }: Kind, called: Called): Sentence | undefined {
  const declared = [
    [type, called.type],
    [architecture, called.architecture],
  ] as const
  const found = declared.find(([pattern, name]) => name !== undefined && pattern?.test(name) === true)
  return found?.[1] === undefined ? undefined : say`${called.by} says ${quoted(found[1])}`
}

/** What sentences call a file: by the name timm has for it, unless that is a plain ViT's. */
export function subjectOf(file: string, { architecture }: Called): string {
  const isPlain = architecture === undefined || plainArchitecture.test(architecture)
  return isPlain ? file : `${file} (${quoted(architecture)} of timm)`
}

const plainArchitecture = /^(vit|deit3?|flexivit)_/

function nameSign(
  { names, lacks, isWeak }: Kind,
  all: readonly string[],
  called: Called,
): Sentence | undefined {
  if (names === undefined) return undefined
  if (isWeak === true && plainArchitecture.test(called.architecture ?? '')) return undefined
  const found = names.map((pattern) => all.find((name) => pattern.test(name)))
  const [sign] = found.toReversed()
  if (sign === undefined || found.includes(undefined)) return undefined
  if (lacks === undefined) return say`it has the tensor ${quoted(sign)}`
  return all.some((name) => lacks.test(name)) ? undefined : say`recognised by its tensors’ names`
}
