/** @file The weights a network has before it has seen anything. */
import { at, sizeOf, type Shape } from '../tensor/shape.ts'
import { filled, floatTensor, type FloatTensor } from '../tensor/tensor.ts'
import { forkRandom, normal, uniform, type Random } from '../tensor/random.ts'
import { parameterShapes, type VitConfig } from '../vit/config.ts'

/**
 * Canonical parameters of an untrained network: matrices by Glorot's uniform rule, the patch kernel normal with
 * variance 1 / inputs, positions normal with deviation 0.02, norms that change nothing, zero elsewhere (head included).
 * The larger scale of narrow matrices matters: with the usual fixed 0.02 a small network takes long to begin to learn.
 *
 * @see vit_jax/models_vit.py, whose initialisers these are
 */
export function initialWeights(config: VitConfig, seed: number): Map<string, FloatTensor> {
  const shapes = [...parameterShapes(config)]
  return new Map(shapes.map(([name, shape], index) => [name, initial(name, shape, forkRandom(seed, index))]))
}

function initial(name: string, shape: Shape, random: Random): FloatTensor {
  const draw = (value: () => number): FloatTensor =>
    floatTensor(shape, Float32Array.from({ length: sizeOf(shape) }, value))
  if (name.endsWith('.scale')) return filled(shape, 1)
  if (name === 'positionEmbedding') return draw(() => 0.02 * normal(random))
  if (!name.endsWith('.weight') || name.startsWith('head')) return filled(shape, 0)
  const outputs = at(shape, 0)
  const inputs = sizeOf(shape) / outputs
  if (name === 'embedding.weight') return draw(() => normal(random) / Math.sqrt(inputs))
  const limit = Math.sqrt(6 / (inputs + outputs))
  return draw(() => limit * (2 * uniform(random) - 1))
}
