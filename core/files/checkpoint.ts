/**
 * @file Opening a pretrained checkpoint, whatever its container and layout, as canonical parameters. Names,
 * shapes and configuration are checked before the first value is read.
 */
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import { filled, type FloatTensor, type Parameters } from '../tensor/tensor.ts'
import type { Framing, Normalisation, PositionResize, Scores, VitConfig } from '../vit/config.ts'
import { requireFeasible } from '../vit/forward-cost.ts'
import { openTensorFile } from './container.ts'
import { identify, unidentified, type Identified } from './identify.ts'
import { decodeEntry, matchesEntry, storedParameterShapes, type LayoutEntry } from './layout.ts'
import { requirePlausible } from './listing.ts'
import { locateCheckpoint, nameHints, readCalled, readSources } from './locate.ts'
import type { CheckpointOverrides } from './evidence.ts'
import { refuseOtherKind, subjectOf } from './other-kinds.ts'
import { recognise, requireHeads, type Recognised } from './recognise.ts'
import { misfit } from './refusal.ts'
import type { TensorFile } from './tensor-file.ts'
import { whileUnchanged } from './unchanged.ts'
import { quoted } from './words.ts'

export type { CheckpointOverrides } from './evidence.ts'

/** What is known about a checkpoint without its values. */
export interface Description {
  readonly path: string
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly positionResize: PositionResize
  /** How whole images are prepared for the model as it is. */
  readonly framing: Framing
  readonly scores: Scores
  /** Class names by index, if the file or its neighbours state them. */
  readonly labels: readonly string[] | null
  /** For people, such as `DeiT (timm layout)`. */
  readonly family: string
  /** Name of the layout. */
  readonly layout: string
  /** One plain sentence per thing recognised or assumed, and from what. */
  readonly notes: readonly Sentence[]
  /** Shapes of the canonical parameters. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly parameterCount: number
}

/** A checkpoint with its values: float32, by canonical name. */
export interface Pretrained extends Omit<Description, 'shapes' | 'parameterCount'> {
  readonly parameters: Parameters
}

/**
 * Reads a pretrained Vision Transformer from a file, or from a folder that contains one.
 *
 * Distilled checkpoints have `headDistillation.*` beside `head.*`, unless both heads are the same.
 *
 * @throws AppError `invalid_input`, `unsupported` or `not_found`, naming the tensor, both values and what to do
 */
export async function openCheckpoint(path: string, overrides: CheckpointOverrides = {}): Promise<Pretrained> {
  return withCheckpoint(path, overrides, async (plan) => {
    const { shapes, parameterCount: _, ...description } = describe(plan)
    const { parameters, notes } = shareEqualHeads(await readParameters(plan, shapes))
    return { ...description, parameters, notes: [...description.notes, ...notes] }
  })
}

/** The same recognition and checks, without reading values. */
export async function describeCheckpoint(
  path: string,
  overrides: CheckpointOverrides = {},
): Promise<Description> {
  return withCheckpoint(path, overrides, (plan) => Promise.resolve(describe(plan)))
}

/** A recognised and checked checkpoint whose file is open. */
interface Plan {
  readonly file: TensorFile
  readonly identified: Identified
  readonly recognised: Recognised
  readonly entries: readonly LayoutEntry[]
  readonly notes: readonly Sentence[]
}

async function withCheckpoint<T>(
  path: string,
  overrides: CheckpointOverrides,
  work: (plan: Plan) => Promise<T>,
): Promise<T> {
  const located = await locateCheckpoint(path)
  return whileUnchanged(located, async () => {
    const file = await openTensorFile(located)
    try {
      return await work(await makePlan(file, overrides))
    } finally {
      await file.close()
    }
  })
}

async function makePlan(file: TensorFile, overrides: CheckpointOverrides): Promise<Plan> {
  const identified = await identifySupported(file)
  const { layout, listing } = identified
  const measured = layout.measure(listing)
  requirePlausible(listing, measured)
  const recognised = recognise({
    layout,
    listing,
    measured,
    sources: await readSources(file.path, layout),
    hints: nameHints(file.path),
    overrides,
  })
  const entries = layout
    .entries(recognised.config)
    .filter(({ holds }) => !(recognised.freshNorm && holds.some((name) => name.startsWith('norm.'))))
  checkComplete(identified, entries)
  const notes = checkNothingElse(identified, entries, recognised)
  requireHeads(listing, recognised.config)
  requireFeasible(listing.file, recognised.config)
  checkReadable(identified, entries, file)
  return { file, identified, recognised, entries, notes }
}

async function identifySupported(file: TensorFile): Promise<Identified> {
  const identified = identify(file)
  const called = await readCalled(file.path, identified?.layout)
  const name = basename(file.path)
  refuseOtherKind(name, [...file.tensors.keys()], called, identified !== null)
  if (identified === null) throw unidentified(file)
  return { ...identified, listing: { ...identified.listing, file: subjectOf(name, called) } }
}

function describe({ file, identified, recognised, notes: ownNotes }: Plan): Description {
  const { config, normalisation, positionResize, framing, scores, labels, family, notes } = recognised
  const shapes = storedParameterShapes(config)
  return {
    path: file.path,
    config,
    normalisation,
    positionResize,
    framing,
    scores,
    labels,
    family,
    layout: identified.layout.name,
    notes: [...file.notes, ...identified.notes, ...ownNotes, ...notes],
    shapes,
    parameterCount: [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0),
  }
}

function checkComplete({ listing }: Identified, entries: readonly LayoutEntry[]): void {
  const missing = entries.filter(({ name }) => !listing.shapes.has(name))
  const [first] = missing
  if (first !== undefined) {
    const which = say`${quoted(first.name)} ${showShape(first.shape)}`
    const all = missing.length === 1 ? which : say`${which} and ${missing.length - 1} more`
    throw misfit(listing.file, say`lacks the tensor ${all}, which models like it have`, {
      missing: missing.slice(0, 100).map(({ name }) => name),
    })
  }
  for (const entry of entries) {
    const { name, shape } = entry
    const found = listing.shapes.get(name)
    if (found === undefined || matchesEntry(found, entry)) continue
    throw misfit(
      listing.file,
      say`has the tensor ${quoted(name)} of shape ${showShape(found)}, where the other tensors ask for ${showShape(shape)}`,
      { tensor: name },
    )
  }
}

// A tensor without a place means a model that computes something else. Those known to be unused are noted.
function checkNothingElse(
  { layout, listing }: Identified,
  entries: readonly LayoutEntry[],
  { config, freshNorm }: Recognised,
): Sentence[] {
  // A final norm that is reinitialised is still in the file, as it was.
  const known = freshNorm ? layout.entries({ ...config, finalNorm: 'beforePooling' }) : entries
  const used = new Set(known.map(({ name }) => name))
  const unused = [
    ...layout.ignored,
    ...(config.classes === 0 ? [layout.head] : []),
    ...(config.pooling === 'attention' || layout.attentionPooling === undefined
      ? []
      : [layout.attentionPooling]),
  ]
  const others = [...listing.shapes].filter(([name]) => !used.has(name))
  const unknown = others.filter(([name]) => !unused.some((pattern) => pattern.test(name)))
  if (unknown.length === 0) {
    const [first, ...more] = others.filter(([name]) => !layout.head.test(name))
    if (first === undefined) return []
    if (more.length === 0) return [say`The tensor ${quoted(first[0])} is not used here.`]
    return [say`${quoted(first[0])} and ${more.length} more tensors of the encoder are not used here.`]
  }
  const some = unknown.slice(0, 3).map(([name, shape]) => `${quoted(name)} ${showShape(shape)}`)
  const what = unknown.length === 1 ? say`a tensor` : say`${unknown.length} tensors`
  throw misfit(listing.file, say`has ${what} that models of its kind do not have: ${some.join(', ')}`, {
    unknown: unknown.slice(0, 100).map(([name]) => name),
  })
}

function checkReadable(
  { listing, fileNames }: Identified,
  entries: readonly LayoutEntry[],
  { tensors }: TensorFile,
): void {
  for (const { name } of entries) {
    const stored = tensors.get(fileNames.get(name) ?? name)
    if (stored?.isReadable !== false) continue
    throw new AppError(
      'unsupported',
      say`Tensor ${quoted(name)} in ${listing.file} is stored as ${quoted(stored.type)}, which is no type of numbers that weights are read in. Get the same model in float32, float16 or bfloat16.`,
      { tensor: name },
    )
  }
}

async function readParameters(
  plan: Plan,
  shapes: ReadonlyMap<string, Shape>,
): Promise<Map<string, FloatTensor>> {
  const read = new Map<string, FloatTensor>()
  for (const entry of plan.entries) {
    const fileName = plan.identified.fileNames.get(entry.name) ?? entry.name
    const tensor = await plan.file.read(fileName)
    checkFinite(plan.file.path, fileName, tensor)
    for (const [name, value] of decodeEntry(entry, tensor, shapes)) read.set(name, value)
  }
  const { width } = plan.recognised.config
  if (plan.recognised.freshNorm)
    read.set('norm.scale', filled([width], 1)).set('norm.bias', filled([width], 0))
  const ordered = [...shapes.keys()].flatMap((name) => {
    const tensor = read.get(name)
    return tensor === undefined ? [] : [[name, tensor] as const]
  })
  return new Map(ordered)
}

function checkFinite(path: string, name: string, { data }: FloatTensor): void {
  let bad = 0
  for (const value of data) if (!Number.isFinite(value)) bad++
  if (bad === 0) return
  throw new AppError(
    'invalid_input',
    say`Tensor ${quoted(name)} in ${basename(path)} has ${bad} of ${data.length} values that are not finite numbers. The file is damaged or its training diverged; choose another checkpoint.`,
    { tensor: name },
  )
}

// The mean of two equal heads is that head on the mean of both tokens, which is how this program trains and exports.
function shareEqualHeads(read: Map<string, FloatTensor>): { parameters: Parameters; notes: Sentence[] } {
  const same = ['weight', 'bias'].every((part) => {
    const [first, second] = [read.get(`head.${part}`), read.get(`headDistillation.${part}`)]
    return first !== undefined && second?.data.every((value, index) => value === first.data[index]) === true
  })
  if (!same) return { parameters: read, notes: [] }
  read.delete('headDistillation.weight')
  read.delete('headDistillation.bias')
  return {
    parameters: read,
    notes: [say`Both heads are the same, so they are used as one on the mean of both tokens.`],
  }
}
