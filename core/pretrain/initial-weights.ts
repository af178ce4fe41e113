/**
 * @file The weights of a network before it has seen anything. They give it what every picture has in common, smooth
 * patches in a plane, which shortens the time until it starts to learn.
 */
import { at, sizeOf, type Shape } from '../tensor/shape.ts'
import { filled, floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { forkRandom, normal, uniform, type Random } from '../tensor/random.ts'
import { parameterShapes, prefixRows, type VitConfig } from '../vit/config.ts'

/**
 * Canonical parameters of an untrained network. Matrices follow Glorot's uniform rule, whose scale suits narrow
 * networks better than a fixed 0.02; patch kernels are smooth patterns; positions are sines and cosines of row and
 * column; norms are the identity; everything else is zero, the head included.
 *
 * @see vit_jax/models_vit.py for matrices and head; Beyer et al., "Better plain ViT baselines", 2022, for positions
 */
export function initialWeights(config: VitConfig, seed: number): Map<string, FloatTensor> {
  const shapes = [...parameterShapes(config)]
  return new Map(
    shapes.map(([name, shape], index) => [name, initial(config, name, shape, forkRandom(seed, index))]),
  )
}

function initial(config: VitConfig, name: string, shape: Shape, random: Random): FloatTensor {
  if (name.endsWith('.scale')) return filled(shape, 1)
  if (name === 'positionEmbedding') return floatTensor(shape, planePositions(config, sizeOf(shape)))
  if (!name.endsWith('.weight') || name.startsWith('head')) return filled(shape, 0)
  if (name === 'embedding.weight') return floatTensor(shape, smoothKernels(config, random))
  const limit = Math.sqrt(6 / (at(shape, 0) + at(shape, 1)))
  return floatTensor(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => limit * (2 * uniform(random) - 1)),
  )
}

const positionScale = 0.3
const slowest = 10_000

/** Rows of four parts: sine and cosine of the row, then of the column, from fast to slow; zero for the class token. */
function planePositions(config: VitConfig, size: number): Float32Array<ArrayBuffer> {
  const { width, grid } = config
  const quarter = Math.floor(width / 4)
  const values = new Float32Array(size)
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const start = (prefixRows(config) + row * grid.columns + column) * width
      for (let i = 0; i < quarter; i++) {
        const [down, across] = [row, column].map((place) => place * slowest ** (-i / quarter))
        const parts = [down, across].flatMap((angle = 0) => [Math.sin(angle), Math.cos(angle)])
        for (const [part, value] of parts.entries())
          values[start + part * quarter + i] = positionScale * value
      }
    }
  }
  return values
}

// Waves across and down a kernel: the first few hold nearly all that differs between patches of pictures.
const waveCount = 6

/** D kernels [3, P, P] of length 1: random sums of the slow waves of a cosine transform, about half of them grey. */
function smoothKernels({ width, patch }: VitConfig, random: Random): Float32Array<ArrayBuffer> {
  const size = 3 * patch * patch
  const kernels = new Float32Array(width * size)
  for (let kernel = 0; kernel < width; kernel++) {
    const values = kernels.subarray(kernel * size, (kernel + 1) * size)
    const isGrey = uniform(random) < 0.5
    for (let down = 0; down < waveCount; down++) {
      for (let across = 0; across < waveCount; across++) {
        // Mean colour says little about what a picture shows, and fine detail is weak in pictures anyway.
        const strength = down + across === 0 ? 0.5 : 1 / (0.5 + Math.hypot(down, across))
        const shared = normal(random)
        for (let channel = 0; channel < 3; channel++) {
          const amount = strength * (isGrey ? shared : normal(random))
          addWave(
            values.subarray(channel * patch * patch, (channel + 1) * patch * patch),
            patch,
            down,
            across,
            amount,
          )
        }
      }
    }
    const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
    values.forEach((value, index) => {
      values[index] = value / length
    })
  }
  return kernels
}

function addWave(plane: Float32Array, side: number, down: number, across: number, amount: number): void {
  for (let y = 0; y < side; y++) {
    const row = amount * Math.cos((Math.PI * down * (y + 0.5)) / side)
    for (let x = 0; x < side; x++) {
      const index = y * side + x
      plane[index] = (plane[index] ?? 0) + row * Math.cos((Math.PI * across * (x + 0.5)) / side)
    }
  }
}
