/**
 * @file From what names and shapes tell, what neighbouring files declare and what a family takes for granted to one
 * complete configuration. Every fact is recorded with where it came from, so that a person can check it.
 */
import { AppError } from '../errors.ts'
import {
  patchCount,
  prefixTokens,
  type Gelu,
  type Grid,
  type Normalisation,
  type Pooling,
  type PositionResize,
  type VitConfig,
} from '../vit/config.ts'
import type { Declared, ImageSize } from './declared.ts'
import { familyOf, type Family } from './family.ts'
import type { LayoutName, Listing, Measured } from './layout.ts'

/** What a person may set against what was recognised. */
export interface CheckpointOverrides {
  readonly heads?: number | undefined
  readonly gelu?: Gelu | undefined
  readonly layerNormEpsilon?: number | undefined
  readonly normalisation?: Normalisation | undefined
  readonly positionResize?: PositionResize | undefined
  readonly pooling?: Pooling | undefined
}

/** Facts and the file that states them. */
export interface Source {
  readonly name: string
  readonly facts: Declared
}

/** All that is known of a checkpoint before its values are read. */
interface Evidence {
  readonly layout: LayoutName
  readonly listing: Listing
  readonly measured: Measured
  /** Neighbouring files, the most trusted first. */
  readonly sources: readonly Source[]
  /** File and folder names, lower case. */
  readonly hints: readonly string[]
  readonly overrides: CheckpointOverrides
}

/** The complete picture, with one plain sentence per fact in `notes`. */
export interface Recognised {
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  readonly labels: readonly string[] | null
  readonly family: string
  readonly notes: readonly string[]
  /** The final norm starts at scale 1 and bias 0 instead of the file's values (MAE). */
  readonly freshNorm: boolean
}

/**
 * Settles every fact: overrides first, then neighbouring files, then shapes, then the family's customs.
 *
 * @throws AppError `invalid_input` or `unsupported`, with both values, when facts contradict each other
 */
export function recognise(evidence: Evidence): Recognised {
  const { layout, listing, measured } = evidence
  for (const source of evidence.sources) refuseContradiction(listing, measured, source)
  const image = firstFact(evidence, 'image')
  const { grid, prefixPositions } = gridOf(listing, measured, image?.value)
  const hints = [
    ...evidence.hints,
    ...evidence.sources.flatMap(({ facts }) => facts.model?.toLowerCase() ?? []),
  ]
  refuseByName(listing, hints)
  const family = familyOf({ layout, measured, listing, prefixPositions, hints })
  const notes = new Notes()
  notes.say(`Layout: ${layoutNames[layout]}, told by the tensors' names.`)
  if (measured.headLeftOut !== undefined) notes.say(`The file's head is left out: ${measured.headLeftOut}.`)
  if (image !== undefined && !fits(image.value, measured.patch, grid)) {
    notes.say(
      `${image.value.height} × ${image.value.width} pixels (${image.from}) do not fit the position embedding, which is for ${grid.rows} × ${grid.columns} patches; that counts.`,
    )
  }
  const pooling = notes.add(poolingOf(evidence, family), (value) => `Features: ${poolingNames[value]}`)
  const freshNorm = family.meanPooling && pooling === 'mean' && measured.finalNorm === 'beforePooling'
  if (freshNorm) notes.say('The final norm starts anew, as MAE does for fine-tuning.')
  const config: VitConfig = {
    width: measured.width,
    depth: measured.depth,
    heads: notes.add(headsOf(evidence), (value) => `${value} attention heads`),
    mlpWidth: measured.mlpWidth,
    patch: measured.patch,
    grid,
    classes: freshNorm ? 0 : measured.classes,
    pooling,
    classToken: measured.classToken,
    gelu: notes.add(geluOf(evidence), (value) => `GELU ${geluNames[value]}`),
    layerNormEpsilon: notes.add(epsilonOf(evidence), (value) => `LayerNorm epsilon ${value.toExponential()}`),
    layerScale: measured.layerScale,
    qkvBias: measured.qkvBias,
    finalNorm: freshNorm ? 'afterPooling' : measured.finalNorm,
    prefixPositions,
    registers: 0,
    preNorm: false,
    patchBias: true,
    swiglu: false,
    stem: null,
  }
  checkConfig(listing, config)
  return {
    config,
    normalisation: notes.add(normalisationOf(evidence, family), showNormalisation),
    positionResize: notes.add(
      resizeOf(evidence, family),
      (value) => `Position embeddings are resized ${resizeNames[value]}`,
    ),
    labels: labelsOf(evidence, config.classes, notes),
    family: `${family.name} (${layoutNames[layout]})`,
    notes: notes.sentences,
    freshNorm,
  }
}

/** A value and where it came from. */
interface Fact<T> {
  readonly value: T
  readonly from: string
}

class Notes {
  readonly sentences: string[] = []

  add<T>(fact: Fact<T>, show: (value: T) => string): T {
    this.say(`${show(fact.value)}: ${fact.from}.`)
    return fact.value
  }

  say(sentence: string): void {
    this.sentences.push(sentence)
  }
}

const layoutNames: Readonly<Record<LayoutName, string>> = {
  timm: 'timm layout',
  hf: 'Hugging Face layout',
  jax: 'vit_jax layout',
}

const poolingNames: Readonly<Record<Pooling, string>> = {
  class: 'the class token',
  mean: 'the mean of the patch tokens',
  distilled: 'the mean of class and distillation token',
  classAndMean: 'the class token and the mean of the patch tokens, side by side',
  attention: 'attention pooling, which asks the patches with one learned query',
}

const geluNames: Readonly<Record<Gelu, string>> = {
  erf: 'exact (erf)',
  tanh: 'by its tanh approximation',
  quick: 'by x · sigmoid(1.702 x)',
}

const resizeNames: Readonly<Record<PositionResize, string>> = {
  jax: 'as vit_jax does (bilinear, corners aligned)',
  timm: 'as timm does (bicubic, antialiased)',
  hf: 'as transformers does (bicubic)',
  dino: 'as DINO does (bicubic, with its offset)',
}

function showNormalisation({ mean, std }: Normalisation): string {
  return `Pixels are normalised by mean ${mean.join(', ')} and standard deviation ${std.join(', ')}`
}

function firstFact<K extends keyof Declared>(
  evidence: Evidence,
  key: K,
): Fact<NonNullable<Declared[K]>> | undefined {
  for (const { name, facts } of evidence.sources) {
    const value = facts[key]
    if (value !== undefined) return { value, from: `as ${name} says` }
  }
  return undefined
}

function chosen<T>(override: T | undefined, declared: Fact<T> | undefined): Fact<T> | undefined {
  return override === undefined ? declared : { value: override, from: 'as you set it' }
}

function refuseContradiction(listing: Listing, measured: Measured, { name, facts }: Source): void {
  const { width = measured.width, depth = measured.depth } = facts
  if (width === measured.width && depth === measured.depth) return
  throw new AppError(
    'invalid_input',
    `${name} describes a model ${width} wide with ${depth} blocks, but ${listing.file} is ${measured.width} wide with ${measured.depth} blocks. It belongs to another model: move one of them into a folder of its own.`,
  )
}

// Models of timm whose tensors are named like a plain ViT's, but which compute otherwise.
const otherModels = /siglip|quickgelu|_clip_|_rope_|_rpn_|vit_base_patch16_gap_224/

function refuseByName(listing: Listing, hints: readonly string[]): void {
  const hint = hints.find((text) => otherModels.test(text))
  if (hint === undefined) return
  throw new AppError(
    'unsupported',
    `${listing.file} belongs to “${hint}”, whose tensors are named like those of a plain ViT, but which computes otherwise. It is not supported yet; choose a plain ViT, DeiT, DINO or MAE checkpoint.`,
  )
}

/** The patch grid behind the rows of the position embedding, and whether prefix tokens have rows in it. */
function gridOf(
  listing: Listing,
  measured: Measured,
  image: ImageSize | undefined,
): { grid: Grid; prefixPositions: boolean } {
  const { positionRows: rows, patch, classToken, distillationToken } = measured
  const prefix = (classToken ? 1 : 0) + (distillationToken ? 1 : 0)
  const declared = image && {
    rows: Math.floor(image.height / patch),
    columns: Math.floor(image.width / patch),
  }
  for (const [count, prefixPositions] of [
    [rows - prefix, true],
    [rows, false],
  ] as const) {
    const side = Math.sqrt(count)
    if (declared !== undefined && patchCount(declared) === count) return { grid: declared, prefixPositions }
    if (count > 0 && Number.isInteger(side)) return { grid: { rows: side, columns: side }, prefixPositions }
  }
  const stated =
    image === undefined
      ? ''
      : ` (config.json says ${image.height} × ${image.width} pixels, which does not fit either)`
  throw new AppError(
    'invalid_input',
    `The position embedding in ${listing.file} has ${rows} rows; less ${prefix} for prefix tokens that is no square grid of patches${stated}. For images that are not square put a config.json with "image_size": [height, width] beside the file.`,
    { rows, prefix },
  )
}

function fits(image: ImageSize, patch: number, grid: Grid): boolean {
  return Math.floor(image.height / patch) === grid.rows && Math.floor(image.width / patch) === grid.columns
}

function poolingOf(evidence: Evidence, family: Family): Fact<Pooling> {
  const { measured, listing, overrides } = evidence
  if (measured.distillationToken && (overrides.pooling ?? 'distilled') === 'distilled') {
    return { value: 'distilled', from: 'there is a distillation token' }
  }
  const fact = chosen(overrides.pooling, firstFact(evidence, 'pooling')) ?? measuredPooling(measured, family)
  const possible =
    !measured.distillationToken &&
    fact.value !== 'distilled' &&
    (fact.value === 'mean' || measured.classToken)
  if (possible) return fact
  const tokens = measured.distillationToken
    ? 'a class and a distillation token'
    : measured.classToken
      ? 'a class token'
      : 'no class token'
  throw new AppError(
    'unsupported',
    `Pooling “${fact.value}” (${fact.from}) does not fit ${listing.file}, which has ${tokens}. Choose another pooling.`,
  )
}

function measuredPooling(measured: Measured, family: Family): Fact<Pooling> {
  if (!measured.classToken) return { value: 'mean', from: 'there is no class token' }
  if (measured.finalNorm === 'afterPooling') return { value: 'mean', from: 'the final norm is “fc_norm”' }
  if (family.meanPooling) return { value: 'mean', from: `${family.name} is fine-tuned so` }
  return { value: 'class', from: 'there is a class token' }
}

// Widths whose heads are not 64 wide: ViT-SO400M, ViT-H, ViT-g, ViT-g-opt and ViT-G.
const headsByWidth: Readonly<Record<number, number>> = { 1152: 16, 1280: 16, 1408: 16, 1536: 16, 1664: 16 }

function headsOf(evidence: Evidence): Fact<number> {
  const { measured, listing, overrides } = evidence
  const { width, depth, heads } = measured
  const declared = firstFact(evidence, 'heads')
  const shaped =
    heads === undefined ? undefined : { value: heads, from: 'from the shape of the attention kernels' }
  const fact = chosen(overrides.heads, shaped ?? declared)
  if (fact !== undefined) return fact
  if (width === 768 && depth === 8)
    return { value: 8, from: 'the early “small” ViT of timm, 768 wide with 8 blocks, has 8' }
  const known = headsByWidth[width]
  if (known !== undefined) return { value: known, from: `the standard model of width ${width} has as many` }
  if (width % 64 === 0)
    return { value: width / 64, from: 'one per 64 channels, as usual; the file does not say' }
  throw new AppError(
    'invalid_input',
    `${listing.file} does not say how many attention heads it has, and its width of ${width} is no multiple of the usual 64. Set the number of heads, or put a config.json with "num_attention_heads" beside the file.`,
  )
}

function geluOf(evidence: Evidence): Fact<Gelu> {
  const fact = chosen(evidence.overrides.gelu, firstFact(evidence, 'gelu'))
  if (fact !== undefined) return fact
  if (evidence.layout === 'jax') return { value: 'tanh', from: 'JAX code computes it so' }
  return { value: 'erf', from: 'the default of this layout' }
}

function epsilonOf(evidence: Evidence): Fact<number> {
  const fact = chosen(evidence.overrides.layerNormEpsilon, firstFact(evidence, 'layerNormEpsilon'))
  if (fact !== undefined) return fact
  if (evidence.layout === 'hf') return { value: 1e-12, from: "transformers' default" }
  return {
    value: 1e-6,
    from: evidence.layout === 'jax' ? "Flax's default" : "timm's default; the file does not say",
  }
}

function normalisationOf(evidence: Evidence, family: Family): Fact<Normalisation> {
  const fact = chosen(evidence.overrides.normalisation, firstFact(evidence, 'normalisation'))
  return fact ?? { value: family.normalisation, from: family.reason }
}

function resizeOf(evidence: Evidence, family: Family): Fact<PositionResize> {
  const fact = chosen(evidence.overrides.positionResize, firstFact(evidence, 'positionResize'))
  return fact ?? { value: family.positionResize, from: `the rule of ${family.name} in this layout` }
}

function labelsOf(evidence: Evidence, classes: number, notes: Notes): readonly string[] | null {
  const fact = firstFact(evidence, 'labels')
  if (fact === undefined || classes === 0) return null
  if (fact.value.length === classes) return fact.value
  notes.say(
    `The ${fact.value.length} class names (${fact.from}) are not used, because the head has ${classes} classes.`,
  )
  return null
}

function checkConfig(listing: Listing, config: VitConfig): void {
  const { width, heads, depth } = config
  if (depth === 0)
    throw new AppError(
      'invalid_input',
      `${listing.file} holds no encoder blocks. It may be incomplete; download it again.`,
    )
  if (Number.isInteger(heads) && heads > 0 && width % heads === 0 && prefixTokens(config) >= 0) return
  throw new AppError(
    'invalid_input',
    `${heads} attention heads do not divide the width of ${width} in ${listing.file}. Set another number of heads.`,
  )
}
