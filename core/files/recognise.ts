/**
 * @file Combines what names and shapes show, what neighbouring files declare and what a family implies into one
 * complete configuration. Every fact is recorded with where it came from, so that a person can check it.
 */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import {
  patchCount,
  type Gelu,
  type Grid,
  type Normalisation,
  type PositionResize,
  type VitConfig,
  type Framing,
  type ImageSize,
  type Scores,
} from '../vit/config.ts'
import type { HybridStem } from '../vit/hybrid-config.ts'
import { framingNotes, framingOf, showFraming } from './framing.ts'
import { chosen, firstFact, type Evidence, type Fact, type Source } from './evidence.ts'
import type { Family } from './family.ts'
import type { Listing, Measured } from './listing.ts'
import { headLeftOut, poolingOf } from './pooling.ts'
import { arithmeticNames, geluNames, poolingNames, resizeNames, showNormalisation } from './words.ts'

/** The complete picture, with one plain sentence per fact in `notes`. */
export interface Recognised {
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  readonly labels: readonly string[] | null
  readonly family: string
  readonly notes: readonly Sentence[]
  /** How images are prepared for the model as it is. */
  readonly framing: Framing
  readonly scores: Scores
  /** The final norm starts at scale 1 and bias 0 instead of the file's values (MAE). */
  readonly freshNorm: boolean
}

/**
 * Settles every fact: overrides first, then neighbouring files, then shapes, then the family's conventions.
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
  const family = layout.family({ measured, listing, prefixPositions, hints })
  const notes = new Notes()
  notes.say(say`Layout: ${layout.title}, recognised by the tensors' names.`)
  if (image !== undefined && !fits(image.value, measured.patch, grid)) {
    notes.say(
      say`${image.value.height} × ${image.value.width} pixels (${image.from}) do not fit the position embedding, which is for ${grid.rows} × ${grid.columns} patches; the embedding decides.`,
    )
  }
  const pooling = notes.add(poolingOf(evidence, family), (value) => say`Features: ${poolingNames[value]}`)
  const leftOut = headLeftOut(evidence, pooling)
  if (leftOut !== undefined) notes.say(say`The file's head is left out: ${leftOut}.`)
  const freshNorm = family.meanPooling && pooling === 'mean' && measured.finalNorm === 'beforePooling'
  if (freshNorm) notes.say(say`The final norm is reinitialised, as MAE does for fine-tuning.`)
  if (measured.swiglu) notes.say(say`The MLPs are gated by SiLU (SwiGLU).`)
  const config: VitConfig = {
    ...partsOf(measured),
    stem: measured.stem && stemOf(measured.stem, evidence, notes),
    grid,
    prefixPositions,
    pooling,
    heads: headsOf(evidence, notes),
    classes: freshNorm || leftOut !== undefined ? 0 : measured.classes,
    // A gated MLP has none, but attention pooling may.
    gelu: notes.add(geluOf(evidence, family), (value) => say`GELU ${geluNames[value]}`),
    layerNormEpsilon: notes.add(
      epsilonOf(evidence, family),
      (value) => say`LayerNorm epsilon ${value.toExponential()}`,
    ),
    finalNorm: freshNorm ? 'afterPooling' : measured.finalNorm,
  }
  const size = { height: grid.rows * config.patch, width: grid.columns * config.patch }
  const framing = notes.add(framingOf(evidence, size), (value) => showFraming(value, size))
  framingNotes(evidence, framing).forEach((sentence) => notes.say(sentence))
  return {
    config,
    framing,
    scores: scoresOf(evidence, config.classes, notes),
    normalisation: notes.add(normalisationOf(evidence, family), showNormalisation),
    positionResize: notes.add(
      resizeOf(evidence, family),
      (value) => say`Position embeddings are resized ${resizeNames[value]}`,
    ),
    labels: labelsOf(evidence, config.classes, notes),
    family: `${family.name} (${layout.title})`,
    notes: notes.sentences,
    freshNorm,
  }
}

/** The parts of a configuration that are as measured. */
function partsOf(
  measured: Measured,
): Omit<Pick<Measured, keyof Measured & keyof VitConfig>, 'heads' | 'classes' | 'finalNorm' | 'stem'> {
  const { width, depth, mlpWidth, patch, classToken, layerScale, qkvBias } = measured
  const { registers, preNorm, patchBias, swiglu } = measured
  const plain = { width, depth, mlpWidth, patch, classToken, layerScale, qkvBias }
  return { ...plain, registers, preNorm, patchBias, swiglu }
}

/** A hybrid's ResNet; how it computes follows the layout if a file does not state it. */
function stemOf(stem: HybridStem, evidence: Evidence, notes: Notes): HybridStem {
  const units =
    stem.units.length === 0 ? say`its root alone` : say`${stem.units.join(', ')} units in its stages`
  notes.say(say`Its patches are of a ResNet's features: ${stem.width} channels, ${units}.`)
  const custom = { value: stem.arithmetic, from: say`the rule of this layout` }
  const fact = firstFact(evidence, 'stemArithmetic') ?? custom
  return {
    ...stem,
    arithmetic: notes.add(fact, (value) => say`The ResNet computes ${arithmeticNames[value]}`),
  }
}

class Notes {
  readonly sentences: Sentence[] = []

  add<T>(fact: Fact<T>, show: (value: T) => Sentence): T {
    this.say(say`${show(fact.value)}: ${fact.from}.`)
    return fact.value
  }

  say(sentence: Sentence): void {
    this.sentences.push(sentence)
  }
}

function refuseContradiction(listing: Listing, measured: Measured, { name, facts }: Source): void {
  const { width = measured.width, depth = measured.depth } = facts
  if (width === measured.width && depth === measured.depth) return
  throw new AppError(
    'invalid_input',
    say`${name} describes a model ${width} wide with ${depth} blocks, but ${listing.file} is ${measured.width} wide with ${measured.depth} blocks. It belongs to another model: move one of them into a separate folder.`,
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
  refuseRegisterPositions(listing, measured, prefix)
  const stated =
    image === undefined
      ? ''
      : say` (config.json says ${image.height} × ${image.width} pixels, which does not fit either)`
  throw new AppError(
    'invalid_input',
    say`The position embedding in ${listing.file} has ${rows} rows; less ${prefix} for prefix tokens that is no square grid of patches${stated}. For images that are not square put a config.json with "image_size": [height, width] beside the file.`,
    { rows, prefix },
  )
}

function refuseRegisterPositions(listing: Listing, measured: Measured, prefix: number): void {
  const { positionRows: rows, registers } = measured
  if (registers === 0 || !Number.isInteger(Math.sqrt(rows - prefix - registers))) return
  throw new AppError(
    'unsupported',
    say`${listing.file} has positions for its ${registers} register tokens too. That is not supported yet; register tokens without positions, as in DINOv2, are.`,
    { rows, registers },
  )
}

function fits(image: ImageSize, patch: number, grid: Grid): boolean {
  return Math.floor(image.height / patch) === grid.rows && Math.floor(image.width / patch) === grid.columns
}

// Widths whose heads are not 64 wide: ViT-SO400M, ViT-H, ViT-g, ViT-g-opt and ViT-G. DINOv2's giant, as wide as
// ViT-g-opt and recognised by its gated MLP, has heads of 64.
const headsByWidth: Readonly<Record<number, number>> = { 1152: 16, 1280: 16, 1408: 16, 1536: 16, 1664: 16 }

// A file that does not state its heads may be of another kind altogether, which is checked first.
const unknownHeads = 0

function headsOf(evidence: Evidence, notes: Notes): number {
  const { measured, listing, overrides } = evidence
  const { width, heads } = measured
  const declared = firstFact(evidence, 'heads')
  const shaped =
    heads === undefined ? undefined : { value: heads, from: say`from the shape of the attention kernels` }
  const fact = chosen(overrides.heads, shaped ?? declared) ?? usualHeads(measured)
  if (fact === undefined) return unknownHeads
  if (width % fact.value === 0) return notes.add(fact, (value) => say`${value} attention heads`)
  throw new AppError(
    'invalid_input',
    say`${fact.value} attention heads (${fact.from}) do not divide the width of ${width} in ${listing.file}. Set another number of heads.`,
  )
}

function usualHeads({ width, depth, swiglu }: Measured): Fact<number> | undefined {
  if (width === 768 && depth === 8)
    return { value: 8, from: say`the early “small” ViT of timm, 768 wide with 8 blocks, has 8` }
  const known = swiglu ? undefined : headsByWidth[width]
  if (known !== undefined)
    return { value: known, from: say`the standard model of width ${width} has as many` }
  if (width % 64 === 0)
    return { value: width / 64, from: say`one per 64 channels, as usual; the file does not say` }
  return undefined
}

/**
 * Makes sure that the number of attention heads is known.
 *
 * @throws AppError `invalid_input` if nothing states it
 */
export function requireHeads({ file }: Listing, { heads, width }: VitConfig): void {
  if (heads !== unknownHeads) return
  throw new AppError(
    'invalid_input',
    say`${file} does not say how many attention heads it has, and its width of ${width} is no multiple of the usual 64. Set the number of heads, or put a config.json with "num_attention_heads" beside the file.`,
  )
}

function geluOf(evidence: Evidence, family: Family): Fact<Gelu> {
  const fact = chosen(evidence.overrides.gelu, firstFact(evidence, 'gelu'))
  return fact ?? { value: family.gelu, from: evidence.layout.unstated }
}

function epsilonOf(evidence: Evidence, family: Family): Fact<number> {
  const fact = chosen(evidence.overrides.layerNormEpsilon, firstFact(evidence, 'layerNormEpsilon'))
  return fact ?? { value: family.layerNormEpsilon, from: evidence.layout.unstated }
}

function normalisationOf(evidence: Evidence, family: Family): Fact<Normalisation> {
  const fact = chosen(evidence.overrides.normalisation, firstFact(evidence, 'normalisation'))
  return fact ?? { value: family.normalisation, from: family.reason }
}

function resizeOf(evidence: Evidence, family: Family): Fact<PositionResize> {
  const fact = chosen(evidence.overrides.positionResize, firstFact(evidence, 'positionResize'))
  const usual = firstFact(evidence, 'usualResize')
  if (fact === undefined && usual !== undefined)
    return { value: usual.value, from: say`the rule of the program that wrote config.json` }
  return fact ?? { value: family.positionResize, from: say`the rule of ${family.name} in this layout` }
}

/** Outputs compete, unless the model says otherwise or there is but one: as transformers' pipelines decide. */
function scoresOf(evidence: Evidence, classes: number, notes: Notes): Scores {
  if (classes === 0) return 'softmax'
  const declared = firstFact(evidence, 'outputs')
  const stated = declared?.value === 'labels' ? declared.from : undefined
  const from = classes === 1 ? say`there is one output` : stated
  if (from === undefined) return 'softmax'
  return notes.add(
    { value: 'sigmoid', from },
    () => say`Each output is a label of its own, which may hold beside others (sigmoid)`,
  )
}

function labelsOf(evidence: Evidence, classes: number, notes: Notes): readonly string[] | null {
  const fact = firstFact(evidence, 'labels')
  if (fact === undefined || classes === 0) return null
  if (fact.value.length === classes) return fact.value
  notes.say(
    say`The ${fact.value.length} class names (${fact.from}) are not used, because the head has ${classes} classes.`,
  )
  return null
}
