/**
 * @file An independent reference of the model: one image through the Vision Transformer with plain loops in float64,
 * written from the papers and sharing nothing with the graph code; and small random models to compare it with.
 */
import * as fc from 'fast-check'

import { createRandom, integer, normal, uniform } from '../../core/tensor/random.ts'
import { sizeOf } from '../../core/tensor/shape.ts'
import { byteTensor, floatTensor, type FloatTensor, type Tensor } from '../../core/tensor/tensor.ts'
import { parameterShapes, plainVit, type Normalisation, type VitConfig } from '../../core/vit/config.ts'

/** Parameters by canonical name; any precision. */
export type Values = ReadonlyMap<string, ArrayLike<number>>

type Matrix = number[][]

/** What the reference computes for one image. */
export interface ReferenceOutputs {
  readonly features: number[]
  readonly logits: number[]
  /** Per block and head, [T][T]; with attention pooling [1][N] per head in the end. */
  readonly attentions: Matrix[][]
}

/** The forward pass of one image, pixels [rows·P, columns·P, 3]. */
export function referenceVit(
  config: VitConfig,
  normalisation: Normalisation,
  values: Values,
  pixels: ArrayLike<number>,
): ReferenceOutputs {
  const { depth, layerScale, gelu, finalNorm } = config
  const parameter = (name: string): ArrayLike<number> => {
    const found = values.get(name)
    if (found === undefined) throw new Error(`no parameter ${name}`)
    return found
  }
  const linear = (x: Matrix, name: string): Matrix =>
    affine(x, parameter(`${name}.weight`), values.get(`${name}.bias`))
  const norm = (x: Matrix, name: string): Matrix =>
    layerNorm(x, parameter(`${name}.scale`), parameter(`${name}.bias`), config.layerNormEpsilon)
  const scaled = (x: Matrix, name: string): Matrix =>
    layerScale ? x.map((row) => row.map((value, i) => value * parameter(name)[i]!)) : x

  const mlp = (y: Matrix, name: string): Matrix => {
    const value = linear(y, `${name}mlp1`)
    if (!name.startsWith('pool') && config.swiglu) {
      const gate = linear(y, `${name}gate`)
      const gated = value.map((row, t) =>
        row.map((v, i) => (v * gate[t]![i]!) / (1 + Math.exp(-gate[t]![i]!))),
      )
      return linear(gated, `${name}mlp2`)
    }
    return linear(
      value.map((row) => row.map(activations[gelu])),
      `${name}mlp2`,
    )
  }

  const attentions: Matrix[][] = []
  let x = embed(config, parameter, linear(patches(config, normalisation, pixels), 'embedding'))
  if (config.preNorm) x = norm(x, 'preNorm')
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`
    const y = norm(x, `${name}.norm1`)
    const [q, k, v] = ['query', 'key', 'value'].map((part) => linear(y, `${name}.${part}`))
    const { joined, weights } = attend(q!, k!, v!, config.heads)
    attentions.push(weights)
    x = sum(x, scaled(linear(joined, `${name}.out`), `${name}.scale1`))
    x = sum(x, scaled(mlp(norm(x, `${name}.norm2`), `${name}.`), `${name}.scale2`))
  }
  const before = finalNorm === 'beforePooling' ? norm(x, 'norm') : x
  const ask = (tokens: Matrix): Matrix => {
    const [k, v] = [linear(tokens, 'pool.key'), linear(tokens, 'pool.value')]
    const q = linear([Array.from(parameter('pool.probe'))], 'pool.query')
    const { joined, weights } = attend(q, k, v, config.heads)
    attentions.push(weights)
    const y = linear(joined, 'pool.out')
    return sum(y, mlp(norm(y, 'pool.norm'), 'pool.'))
  }
  const pooled = pool(config, before, ask)
  const features = finalNorm === 'beforePooling' ? pooled : norm([pooled], 'norm')[0]!
  // With both heads of a distilled model each reads its own token, and their answers are averaged.
  const both = values.has('headDistillation.weight')
  const logits = both
    ? meanRow([...linear([before[0]!], 'head'), ...linear([before[1]!], 'headDistillation')])
    : linear([features], 'head')[0]!
  return { features, logits, attentions }
}

function pool(config: VitConfig, tokens: Matrix, ask: (tokens: Matrix) => Matrix): number[] {
  const patchMean = meanRow(tokens.slice(namedTokens(config) + config.registers))
  switch (config.pooling) {
    case 'class':
      return tokens[0]!
    case 'distilled':
      return meanRow(tokens.slice(0, 2))
    case 'mean':
      return patchMean
    case 'classAndMean':
      return [...tokens[0]!, ...patchMean]
    case 'attention':
      return ask(tokens.slice(namedTokens(config) + config.registers))[0]!
  }
}

/** Class and distillation token. */
function namedTokens(config: VitConfig): number {
  return (config.classToken ? 1 : 0) + (config.pooling === 'distilled' ? 1 : 0)
}

/** Normalised patches, channel by channel, row by row: [N][3·P·P]. */
function patches(
  { grid, patch: P }: VitConfig,
  { mean, std }: Normalisation,
  pixels: ArrayLike<number>,
): Matrix {
  const rows: Matrix = []
  for (let top = 0; top < grid.rows * P; top += P) {
    for (let left = 0; left < grid.columns * P; left += P) {
      const row: number[] = []
      for (let c = 0; c < 3; c++) {
        for (let y = top; y < top + P; y++) {
          for (let x = left; x < left + P; x++) {
            row.push((pixels[(y * grid.columns * P + x) * 3 + c]! / 255 - mean[c]!) / std[c]!)
          }
        }
      }
      rows.push(row)
    }
  }
  return rows
}

function embed(config: VitConfig, parameter: (name: string) => ArrayLike<number>, patchRows: Matrix): Matrix {
  const { width, prefixPositions, registers } = config
  const rowOf = (name: string, row: number): number[] =>
    Array.from({ length: width }, (_, i) => parameter(name)[row * width + i]!)
  const withPosition = (row: number[], at: number): number[] =>
    row.map((value, i) => value + rowOf('positionEmbedding', at)[i]!)
  const tokens = ['classToken', 'distillationToken']
    .slice(0, namedTokens(config))
    .map((name) => rowOf(name, 0))
  const placed = prefixPositions ? tokens.length : 0
  return [
    ...tokens.map((row, t) => (prefixPositions ? withPosition(row, t) : row)),
    ...Array.from({ length: registers }, (_, r) => rowOf('registers', r)),
    ...patchRows.map((row, t) => withPosition(row, placed + t)),
  ]
}

function attend(q: Matrix, k: Matrix, v: Matrix, heads: number): { joined: Matrix; weights: Matrix[] } {
  const headWidth = q[0]!.length / heads
  const joined: Matrix = q.map(() => [])
  const weights = Array.from({ length: heads }, (_, head) => {
    const part = (row: number[]): number[] => row.slice(head * headWidth, (head + 1) * headWidth)
    return q.map((query, t) => {
      const powers = k.map((key) => Math.exp(dot(part(query), part(key)) / Math.sqrt(headWidth)))
      const total = powers.reduce((a, b) => a + b)
      const row = powers.map((power) => power / total)
      for (let i = 0; i < headWidth; i++)
        joined[t]!.push(
          dot(
            row,
            v.map((value) => part(value)[i]!),
          ),
        )
      return row
    })
  })
  return { joined, weights }
}

function affine(x: Matrix, weight: ArrayLike<number>, bias: ArrayLike<number> | undefined): Matrix {
  const inner = x[0]!.length
  const outputs = weight.length / inner
  return x.map((row) =>
    Array.from({ length: outputs }, (_, o) => {
      let total = bias?.[o] ?? 0
      for (let i = 0; i < inner; i++) total += row[i]! * weight[o * inner + i]!
      return total
    }),
  )
}

function layerNorm(x: Matrix, scale: ArrayLike<number>, bias: ArrayLike<number>, epsilon: number): Matrix {
  return x.map((row) => {
    const mean = row.reduce((a, b) => a + b) / row.length
    const variance = row.reduce((a, b) => a + (b - mean) ** 2, 0) / row.length
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + epsilon)) * scale[i]! + bias[i]!)
  })
}

const activations: Record<VitConfig['gelu'], (x: number) => number> = {
  erf: (x) => x * (0.5 + gaussianIntegral(x)),
  tanh: (x) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))),
  quick: (x) => x / (1 + Math.exp(-1.702 * x)),
}

/** ∫₀ˣ of the standard normal density, by Simpson's rule. */
function gaussianIntegral(x: number): number {
  const intervals = 200
  const h = Math.max(-9, Math.min(9, x)) / intervals
  let total = 0
  for (let i = 0; i <= intervals; i++) {
    const factor = i === 0 || i === intervals ? 1 : i % 2 === 1 ? 4 : 2
    total += factor * Math.exp(-0.5 * (i * h) ** 2)
  }
  return (total * h) / 3 / Math.sqrt(2 * Math.PI)
}

function sum(a: Matrix, b: Matrix): Matrix {
  return a.map((row, t) => row.map((value, i) => value + b[t]![i]!))
}

function dot(a: number[], b: number[]): number {
  return a.reduce((total, value, i) => total + value * b[i]!, 0)
}

function meanRow(rows: Matrix): number[] {
  return rows[0]!.map((_, i) => rows.reduce((total, row) => total + row[i]!, 0) / rows.length)
}

/** Mean cross-entropy of a batch by the reference, in nats. */
export function referenceLoss(model: SmallModel, values: Values): number {
  const { config, normalisation, labels } = model
  const losses = labels.map((label, image) => {
    const { logits } = referenceVit(config, normalisation, values, pixelsOf(model, image))
    return Math.log(logits.reduce((total, value) => total + Math.exp(value), 0)) - logits[label]!
  })
  return losses.reduce((a, b) => a + b) / labels.length
}

/** A model of random weights with a batch of random pictures. */
export interface SmallModel {
  readonly config: VitConfig
  readonly normalisation: Normalisation
  readonly parameters: ReadonlyMap<string, FloatTensor>
  readonly pixels: Tensor<'uint8'>
  readonly labels: readonly number[]
}

/** The pixels of one image of the batch. */
export function pixelsOf({ pixels, labels }: SmallModel, image: number): Uint8Array {
  const size = pixels.data.length / labels.length
  return pixels.data.subarray(image * size, (image + 1) * size)
}

/** One-hot rows [B, K] of the model's labels. */
export function oneHot({ labels, config }: SmallModel): FloatTensor {
  const data = new Float32Array(labels.length * config.classes)
  labels.forEach((label, row) => (data[row * config.classes + label] = 1))
  return floatTensor([labels.length, config.classes], data)
}

/** Width 8, two heads, two blocks, 2×2 patches of 2×2 pixels, three classes. */
export const smallConfig: VitConfig = plainVit({
  width: 8,
  depth: 2,
  heads: 2,
  mlpWidth: 12,
  patch: 2,
  grid: { rows: 2, columns: 2 },
  classes: 3,
})

/** Random weights, pictures and labels for a configuration. */
export function smallModel(config: VitConfig, batch: number, seed: number): SmallModel {
  const random = createRandom(seed)
  const parameters = new Map(
    [...parameterShapes(config)].map(([name, shape]) => {
      const [centre, spread] = name.includes('scale') ? [1, 0.3] : [0, 0.4]
      const data = Float32Array.from({ length: sizeOf(shape) }, () => centre + spread * normal(random))
      return [name, floatTensor(shape, data)]
    }),
  )
  const { grid, patch } = config
  const shape = [batch, grid.rows * patch, grid.columns * patch, 3]
  return {
    config,
    // Constants of a graph are float32; with these and with heads of width 4 or 1 none of them is rounded.
    normalisation: { mean: [128 / 255, 96 / 255, 64 / 255], std: [64 / 255, 32 / 255, 128 / 255] },
    parameters,
    pixels: byteTensor(
      shape,
      Uint8Array.from({ length: sizeOf(shape) }, () => Math.floor(256 * uniform(random))),
    ),
    labels: Array.from({ length: batch }, () => integer(random, config.classes)),
  }
}

/** Every kind of model that a checkpoint can describe, in small. */
export const anyConfig: fc.Arbitrary<VitConfig> = fc
  .record({
    heads: fc.constantFrom(2, 8),
    depth: fc.integer({ min: 1, max: 2 }),
    mlpWidth: fc.constantFrom(6, 12),
    patch: fc.integer({ min: 1, max: 3 }),
    grid: fc.record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 3 }) }),
    pooling: fc.constantFrom<VitConfig['pooling']>('class', 'mean', 'distilled', 'classAndMean', 'attention'),
    classToken: fc.boolean(),
    gelu: fc.constantFrom<VitConfig['gelu']>('erf', 'tanh', 'quick'),
    layerNormEpsilon: fc.constantFrom(1e-6, 1e-12, 1e-5),
    layerScale: fc.boolean(),
    qkvBias: fc.boolean(),
    finalNorm: fc.constantFrom<VitConfig['finalNorm']>('beforePooling', 'afterPooling'),
    prefixPositions: fc.boolean(),
    registers: fc.integer({ min: 0, max: 2 }),
    preNorm: fc.boolean(),
    patchBias: fc.boolean(),
    swiglu: fc.boolean(),
  })
  .map((chosen) => ({
    ...smallConfig,
    ...chosen,
    classToken: chosen.classToken || !['mean', 'attention'].includes(chosen.pooling),
    // Two concatenated vectors are twice as wide as the norm.
    finalNorm: chosen.pooling === 'classAndMean' ? 'beforePooling' : chosen.finalNorm,
  }))
