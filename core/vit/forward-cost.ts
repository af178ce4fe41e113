/** @file What one image takes on its way through a Vision Transformer, from the sizes of the model alone. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { isWithinLimits, perElement, timesOfImage, type ComputeCost } from '../tensor/compute-limits.ts'
import { sizeOf } from '../tensor/shape.ts'
import { parameterShapes, patchCount, patchKernel, prefixTokens, type VitConfig } from './config.ts'
import { convolutionOutputs, stemShapes } from './hybrid-config.ts'

/** The cost; within some percent of what the graph computes, for any sizes. */
export function forwardCost(config: VitConfig): ComputeCost {
  const { width: D, depth, heads: H, mlpWidth: M, swiglu, classes } = config
  const pixels = patchCount(config.grid) * config.patch ** 2
  const N = patchCount(config.grid) + prefixTokens(config)
  const scores = H * N * N
  const { channels, side } = patchKernel(config)
  const products = 2 * D * N * N + N * (4 * D * D + (swiglu ? 3 : 2) * D * M)
  const block = products + perElement * (2 * scores + N * (8 * D + M))
  const stem = stemCost(config, pixels)
  const ends = N * D * channels * side * side + D * classes + perElement * (3 * pixels + N * D)
  return {
    largest: Math.max(scores, N * M, N * D, timesOfImage * 3 * pixels, stem.largest, classes),
    operations: depth * block + stem.operations + ends,
    weights: [...parameterShapes(config).values()].reduce((sum, shape) => sum + sizeOf(shape), 0),
  }
}

function stemCost({ stem }: VitConfig, pixels: number): Pick<ComputeCost, 'largest' | 'operations'> {
  if (stem === null) return { largest: 0, operations: 0 }
  const { root, stages } = convolutionOutputs(stem, pixels)
  const sizes = [...stemShapes(stem).values()].map(sizeOf)
  const weights = sizes.reduce((sum, size) => sum + size, 0)
  // No stage has more places than the first, which has a sixteenth of the pixels. Kernels are standardised as well.
  const products = (pixels / 16) * weights
  return {
    largest: sizes.reduce((most, size) => Math.max(most, size), root),
    operations: products + perElement * (2 * (root + stages) + 4 * weights),
  }
}

/**
 * Makes sure that a model from a file computes no more for an image than models do.
 *
 * @throws AppError `unsupported`
 */
export function requireFeasible(what: string, config: VitConfig): void {
  const cost = forwardCost(config)
  if (isWithinLimits(cost)) return
  const { grid, patch, heads, depth } = config
  throw new AppError(
    'unsupported',
    say`${what} reads images of ${grid.rows * patch} × ${grid.columns * patch} pixels as ${grid.rows} × ${grid.columns} patches, with ${heads} attention heads in each of ${depth} blocks. That is more memory or time for each image than any model of its size takes. Choose another model, or a lower resolution.`,
    { largest: cost.largest, operations: cost.operations, weights: cost.weights },
  )
}
