/** @file Position embeddings at another resolution: each family's own interpolation, patch rows only, in float64. */
import { AppError, assertNever, invariant } from '../errors.ts'
import { say } from '../sentence.ts'
import { at, showShape } from '../tensor/shape.ts'
import { floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { addScaled } from '../tensor/matrix.ts'
import { patchCount, type Grid, type PositionResize } from './config.ts'

/**
 * The position embedding [prefixRows + N, D] for the grid `to`, made from one for the grid `from`. Always start
 * from the pretrained embedding: a chain of resizes blurs. Prefix rows are copied, and so is everything when the
 * grids are equal.
 *
 * - `jax`: bilinear with aligned corners, which is scipy.ndimage.zoom(order=1) of vit_jax and big_vision.
 * - `timm`: bicubic with antialiasing (resample_abs_pos_embed; also DINOv2 with registers).
 * - `hf`: bicubic without antialiasing (Hugging Face ViT, DeiT, MAE).
 * - `dino`: like `hf`, but sampling by the scale factor (new + 0.1) / old (DINO, DINOv2 without registers).
 *
 * Throws `invalid_input` when the embedding does not have prefixRows + N rows.
 */
export function resizePositions(
  positions: FloatTensor,
  from: Grid,
  to: Grid,
  prefixRows: number,
  rule: PositionResize,
): FloatTensor {
  const [rows, width] = [at(positions.shape, 0), at(positions.shape, -1)]
  if (positions.shape.length !== 2 || rows !== prefixRows + patchCount(from)) {
    throw new AppError(
      'invalid_input',
      say`The position embedding has shape ${showShape(positions.shape)}, but a ${from.rows} × ${from.columns} grid with ${prefixRows} prefix rows needs ${prefixRows + patchCount(from)} rows. Check the model's grid.`,
    )
  }
  for (const size of [to.rows, to.columns]) {
    invariant(Number.isInteger(size) && size > 0, () => `a grid side of ${size} patches`)
  }
  if (from.rows === to.rows && from.columns === to.columns) {
    return floatTensor(positions.shape, positions.data.slice())
  }
  const prefix = positions.data.subarray(0, prefixRows * width)
  const patches = Float64Array.from(positions.data.subarray(prefixRows * width))
  // Rows first, then columns: the kernels are separable. [r, c, D] is [1, r, c·D] for rows and [r', c, D] for columns.
  const tall = resample(patches, 1, axisWeights(rule, from.rows, to.rows), from.columns * width)
  const resized = resample(tall, to.rows, axisWeights(rule, from.columns, to.columns), width)

  const data = new Float32Array(prefix.length + resized.length)
  data.set(prefix)
  data.set(resized, prefix.length)
  return floatTensor([prefixRows + patchCount(to), width], data)
}

/**
 * The same as a matrix [N', N]: times the patch rows of an embedding for the grid `from` it gives those for the grid `to`.
 * Every rule is linear, so that a graph can resize positions while they are being trained.
 */
export function positionMatrix(from: Grid, to: Grid, rule: PositionResize): FloatTensor {
  const count = patchCount(from)
  const identity = new Float32Array(count * count)
  for (let index = 0; index < count; index++) identity[index * count + index] = 1
  return resizePositions(floatTensor([count, count], identity), from, to, 0, rule)
}

/** Row i holds the weights with which the new position i reads the old positions; every row sums to 1. */
type AxisWeights = readonly Float64Array[]

/** The middle axis of [outer, old, inner] resampled to [outer, new, inner]. */
function resample(source: Float64Array, outer: number, weights: AxisWeights, inner: number): Float64Array {
  const [newSize, oldSize] = [weights.length, at(weights, 0).length]
  const result = new Float64Array(outer * newSize * inner)
  for (let block = 0; block < outer; block++) {
    const old = (j: number): Float64Array => rowOf(source, block * oldSize + j, inner)
    for (const [i, row] of weights.entries()) {
      const target = rowOf(result, block * newSize + i, inner)
      for (const [j, weight] of row.entries()) if (weight !== 0) addScaled(target, old(j), weight)
    }
  }
  return result
}

function rowOf(matrix: Float64Array, row: number, width: number): Float64Array {
  return matrix.subarray(row * width, (row + 1) * width)
}

function axisWeights(rule: PositionResize, from: number, to: number): AxisWeights {
  switch (rule) {
    case 'jax':
      return alignedLinear(from, to)
    case 'timm':
      return antialiasedCubic(from, to)
    case 'hf':
      return cubic(from, to, to / from)
    case 'dino':
      return cubic(from, to, (to + 0.1) / from)
    default:
      return assertNever(rule)
  }
}

function alignedLinear(from: number, to: number): AxisWeights {
  return Array.from({ length: to }, (_, i) => {
    const position = to === 1 ? 0 : (i * (from - 1)) / (to - 1)
    const below = Math.min(Math.floor(position), from - 1)
    const above = Math.min(below + 1, from - 1)
    const row = new Float64Array(from)
    row[below] = 1 - (position - below)
    row[above] = at(row, above) + (position - below)
    return row
  })
}

/** PyTorch's bicubic: half-pixel centres, four taps, taps outside the grid read its border. */
function cubic(from: number, to: number, scaleFactor: number): AxisWeights {
  return Array.from({ length: to }, (_, i) => {
    const position = (i + 0.5) / scaleFactor - 0.5
    const below = Math.floor(position)
    const row = new Float64Array(from)
    for (let tap = below - 1; tap <= below + 2; tap++) {
      const inside = Math.min(Math.max(tap, 0), from - 1)
      row[inside] = at(row, inside) + cubicKernel(position - tap, -0.75)
    }
    return row
  })
}

/**
 * PyTorch's antialiased bicubic, after Pillow's: when shrinking, the kernel widens with the ratio; taps outside
 * the grid are left out and the rest normalised.
 */
function antialiasedCubic(from: number, to: number): AxisWeights {
  const ratio = from / to
  const stretch = Math.max(ratio, 1)
  return Array.from({ length: to }, (_, i) => {
    const position = (i + 0.5) * ratio - 0.5
    const row = Float64Array.from({ length: from }, (_unused, j) =>
      cubicKernel((j - position) / stretch, -0.5),
    )
    const sum = row.reduce((total, weight) => total + weight, 0)
    return row.map((weight) => weight / sum)
  })
}

/** Keys' cubic convolution kernel with the free parameter `a`; zero from distance 2 on. */
function cubicKernel(distance: number, a: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (a + 2) * x ** 3 - (a + 3) * x ** 2 + 1
  if (x < 2) return a * (x ** 3 - 5 * x ** 2 + 8 * x - 4)
  return 0
}
