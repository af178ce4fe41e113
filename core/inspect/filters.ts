/** @file What the patch embedding looks for: principal components of its filters, as small colour pictures. */
import { invariant } from '../errors.ts'
import { gram, rowsOf, columnsOf, weightedSum, type Rows } from '../tensor/matrix.ts'
import { at, showShape, sizeOf } from '../tensor/shape.ts'
import { eigenSymmetric } from '../tensor/symmetric-eigen.ts'
import { byteTensor, type FloatTensor, type Tensor } from '../tensor/tensor.ts'

/** Pictures of the ViT paper's figure 7, left. */
const shownFilters = 28

/** Share of the kernel's squared norm below which a component's variance is rounding, not structure. */
const negligibleVariance = 1e-10

/**
 * The leading principal components of the patch embedding `kernel` [D, 3, P, P], its D filters being the samples, as
 * RGB tiles [C, P, P, 3] in order of decreasing variance: C is 28, or fewer where the filters span fewer directions.
 * Each tile is stretched to 0..255 on its own. A component's sign means nothing; here its entry of largest magnitude is
 * positive.
 */
export function filterTiles(kernel: FloatTensor): Tensor<'uint8'> {
  const [, channels = 0, height = 0, width = 0] = kernel.shape
  invariant(
    kernel.shape.length === 4 && channels === 3,
    () => `patch embedding kernel ${showShape(kernel.shape)}`,
  )
  const components = principalComponents(kernel, shownFilters)
  const tiles = components.map((component) => tileOf(component, height * width))
  const data = new Uint8Array(tiles.length * channels * height * width)
  for (const [index, tile] of tiles.entries()) data.set(tile, index * tile.length)
  return byteTensor([tiles.length, height, width, channels], data)
}

/** At most `count` directions in pixel space, of any length. */
function principalComponents(kernel: FloatTensor, count: number): Float64Array[] {
  const filters = at(kernel.shape, 0)
  const pixels = sizeOf(kernel.shape) / filters
  const centred = withoutMean(rowsOf(Float64Array.from(kernel.data), pixels))
  // With fewer filters than pixels, the filters' Gram matrix has the same leading eigenvalues and is smaller:
  // if u is its eigenvector, then Xᵀu is one of the covariance.
  const small = filters < pixels
  const n = Math.min(filters, pixels)
  const matrix = gram(small ? centred : columnsOf(centred))
  const { values, vectors } = eigenSymmetric(matrix, n, Math.min(count, n))
  const least = negligibleVariance * kernel.data.reduce((sum, value) => sum + value * value, 0)
  const strong = values.filter((value) => value > least).length
  return rowsOf(vectors.subarray(0, strong * n), n).map((vector) =>
    small ? weightedSum(vector, centred) : vector,
  )
}

/** The filters minus their mean, so that the components show how filters differ. */
function withoutMean(filters: Rows): Float64Array[] {
  const mean = weightedSum(new Float64Array(filters.length).fill(1 / filters.length), filters)
  return filters.map((filter) => filter.map((value, k) => value - at(mean, k)))
}

/** [3, P·P] as interleaved RGB bytes, stretched so that the smallest value is 0 and the largest 255. */
function tileOf(component: Float64Array, pixels: number): Uint8Array {
  const largest = component.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  const signed = component.map((value) => value * Math.sign(largest))
  const low = Math.min(...signed)
  const high = Math.max(...signed)
  const stretch = (value: number): number =>
    high === low ? 128 : Math.round((255 * (value - low)) / (high - low))
  return Uint8Array.from(signed, (_, i) => stretch(at(signed, (i % 3) * pixels + Math.floor(i / 3))))
}
