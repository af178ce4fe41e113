/** @file What follows from a checkpoint's names and shapes, before any of its values is read. */
import { say, type Sentence } from '../sentence.ts'
import { showShape, sizeOf, type Shape } from '../tensor/shape.ts'
import type { VitConfig } from '../vit/config.ts'
import { misfit } from './refusal.ts'
import { quoted } from './words.ts'

/** The sizes and parts that follow from names and shapes alone. `positionRows` counts prefix rows too. */
export interface Measured {
  readonly width: number
  readonly depth: number
  readonly mlpWidth: number
  readonly patch: number
  readonly positionRows: number
  readonly classes: number
  /** Known from shapes only if the layout keeps heads apart. */
  readonly heads: number | undefined
  readonly classToken: boolean
  readonly distillationToken: boolean
  readonly registers: number
  readonly layerScale: boolean
  readonly qkvBias: boolean
  readonly patchBias: boolean
  readonly preNorm: boolean
  readonly swiglu: boolean
  /** Whether there are weights for attention pooling. */
  readonly attentionPooling: boolean
  /** Whether the head is as wide as two feature vectors. */
  readonly doubleHead: boolean
  readonly finalNorm: VitConfig['finalNorm']
  readonly stem: VitConfig['stem']
  /** Why the file's head cannot be used, if it has one that cannot. */
  readonly headLeftOut: Sentence | undefined
}

/** Tensor shapes by layout name; `file` names the checkpoint in errors, `prefix` is what was taken off the names. */
export interface Listing {
  readonly file: string
  readonly prefix: string
  readonly shapes: ReadonlyMap<string, Shape>
}

/**
 * The shape of a tensor that every file of the layout has.
 *
 * @throws AppError `unsupported` if there is none, or it has another rank
 */
export function requiredShape({ file, shapes }: Listing, name: string, rank: number): Shape {
  const shape = shapes.get(name)
  if (shape === undefined)
    throw misfit(
      file,
      say`lacks the tensor ${quoted(name)}, which every Vision Transformer of this layout has`,
      {
        tensor: name,
      },
    )
  if (shape.length === rank) return shape
  throw misfit(
    file,
    say`has the tensor ${quoted(name)} of shape ${showShape(shape)}, where ${rank} axes were expected`,
    { tensor: name },
  )
}

/** The side of a patch embedding's kernel with these sizes; only square ones that read all `expected` channels are known. */
export function patchSide(
  { file }: Listing,
  name: string,
  height: number,
  width: number,
  channels: number,
  expected = 3,
): number {
  if (height === width && channels === expected) return height
  throw misfit(
    file,
    say`reads ${channels} channels in patches of ${height} × ${width} pixels (${quoted(name)}); only square patches of ${expected} channels are supported`,
    { tensor: name },
  )
}

// The deepest Vision Transformers have some 60, and the ResNets of hybrids 50 units in 4 stages.
const mostBlocks = 200
const largest = { stages: 8, units: 200, classes: 200_000 }

/**
 * How many blocks there are, from the numbers that `pattern` captures in the names.
 *
 * @throws AppError `unsupported` if there are none, or a number means more than a file could hold
 */
export function blockCount({ file, shapes }: Listing, pattern: RegExp): number {
  const numbers = [...shapes.keys()].map((name) => Number(pattern.exec(name)?.[1] ?? -1))
  return checkedDepth(
    file,
    numbers.reduce((most, number) => Math.max(most, number + 1), 0),
  )
}

/** A plausible number of blocks. */
export function checkedDepth(file: string, depth: number): number {
  if (depth >= 1 && depth <= mostBlocks) return depth
  throw misfit(file, depth === 0 ? say`has no encoder blocks` : say`numbers its blocks up to ${depth - 1}`)
}

/**
 * Makes sure that measured sizes are sizes, and that a model of them is no larger than what the file holds: nothing is
 * counted or made from them before.
 *
 * @throws AppError `unsupported` where they are not
 */
export function requirePlausible({ file, shapes }: Listing, measured: Measured): void {
  const { width, depth, mlpWidth, patch, positionRows, classes } = measured
  for (const size of [width, depth, mlpWidth, patch, positionRows]) {
    if (Number.isSafeInteger(size) && size > 0) continue
    throw misfit(
      file,
      say`has sizes that are none (${[width, depth, mlpWidth, patch, positionRows].join(', ')})`,
    )
  }
  requirePlausibleStem(file, measured.stem)
  if (classes > largest.classes) throw misfit(file, say`has a head of ${classes} classes`)
  const held = [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), 0)
  const least = 2 * depth * width * mlpWidth
  if (least <= held) return
  throw misfit(file, say`describes a model of over ${least} numbers, but holds ${held}`)
}

function requirePlausibleStem(file: string, stem: Measured['stem']): void {
  if (stem === null) return
  const units = stem.units.reduce((sum, count) => sum + count, 0)
  if (stem.units.length <= largest.stages && units <= largest.units) return
  throw misfit(file, say`has a ResNet of ${units} units in ${stem.units.length} stages`)
}

/** What a layout's own findings are applied to: a plain ViT with a class token and a final norm before pooling. */
export const plainParts = {
  heads: undefined,
  classToken: true,
  distillationToken: false,
  registers: 0,
  layerScale: false,
  qkvBias: true,
  patchBias: true,
  preNorm: false,
  swiglu: false,
  attentionPooling: false,
  doubleHead: false,
  finalNorm: 'beforePooling',
  stem: null,
  headLeftOut: undefined,
} as const satisfies Partial<Measured>
