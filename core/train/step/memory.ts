/** @file How much memory a training step needs, and the micro-batch that fits. */
import { totalmem } from 'node:os'
import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import type { Device } from '../../engine/engine.ts'
import type { Optimiser } from '../../optim/optimiser.ts'
import { sizeOf } from '../../tensor/shape.ts'
import { parameterShapes, patchCount, prefixTokens, type VitConfig } from '../../vit/config.ts'
import { convolutionOutputs } from '../../vit/hybrid-config.ts'
import type { Cut } from '../../vit/model.ts'
import { frozenUpTo, trainableParameters, type Trainable } from '../../vit/trainable.ts'
import { parameterCount } from './graphs.ts'

const bytesPerFloat = 4

/** What besides model and images decides how much memory training needs. */
export interface MemoryChoices {
  /** Everything if it is left out. */
  readonly train?: Trainable | undefined
  /** One slot for each weight, as SGD with momentum has, if it is left out. */
  readonly optimiser?: Pick<Optimiser, 'slots'> | undefined
}

/**
 * Peak memory of a training step in bytes, from the tensors that live at the same time: weights, the optimiser's slots and
 * their output copies, gradients, the activations that the backward pass needs, and the largest temporaries. Within about
 * 15 % of what was measured on the CPU with SGD for Ti, S and B and the hybrids R+Ti/16, R26+S/32 and R50+B/16 at 224 px.
 */
export function trainingMemory(
  config: VitConfig,
  microBatch: number,
  { train = { part: 'everything' }, optimiser = { slots: ['momentum'] } }: MemoryChoices = {},
): number {
  const { width: D, heads: H, mlpWidth: M } = config
  const N = patchCount(config.grid) + prefixTokens(config)
  // Residual stream twice, query, key, value, joined heads and two layer outputs; the MLP's input; attention weights.
  const block = 8 * N * D + N * M + H * N * N
  // A gated MLP keeps the gate, its sigmoid, their product and the other factor.
  const gated = config.swiglu ? 3 * N * M : 0
  const scaled = config.layerScale ? 2 * N * D : 0
  // Attention pooling keeps the normalised tokens, keys, values and the products with the query.
  const ends = (config.preNorm ? N * D : 0) + (config.pooling === 'attention' ? 4 * N * D : 0)
  const cut = frozenUpTo(config, train)
  // Of what is frozen nothing is kept for a backward pass.
  const front = cut === null ? ends + stemActivations(config) : 0
  const kept = blocksBehind(config, cut) * (block + gated + scaled) + front
  const temporary = 5 * N * M + 3 * H * N * N
  // Weights; of those that are trained also gradients, slots, and copies of weights and slots on the way out.
  const perTrained = 2 + 2 * optimiser.slots.length
  const perParameter = parameterCount(config) + perTrained * trainedCount(config, train)
  return bytesPerFloat * (perParameter + microBatch * (kept + temporary)) + processMemory
}

function blocksBehind({ depth }: VitConfig, cut: Cut | null): number {
  if (cut === 'features') return 0
  return cut === null ? depth : depth - cut
}

function trainedCount(config: VitConfig, train: Trainable): number {
  const trained = trainableParameters(config, train)
  return [...parameterShapes(config)].reduce(
    (total, [name, shape]) => total + (trained.has(name) ? sizeOf(shape) : 0),
    0,
  )
}

/**
 * What training keeps of a hybrid's ResNet, for one image: each convolution's result centred, and behind its ReLU, with
 * the gradients on their way; the root's also in the windows of its pooling. Fitted to measurements.
 */
function stemActivations({ stem, grid, patch }: VitConfig): number {
  if (stem === null) return 0
  const { root, stages } = convolutionOutputs(stem, patchCount(grid) * patch ** 2)
  return 11 * root + 3.4 * stages
}

// Node, ONNX Runtime and a prefetched batch or two.
const processMemory = 200e6

/** Below this a graphics card says only what is set aside for it: it uses the machine's own memory. */
const smallestCardMB = 1500

/**
 * Memory in bytes that training on this device may fill: most of a graphics card's own, else most of what is free on
 * the machine, within the limit of a container.
 */
export function availableMemory(device: Pick<Device, 'kind' | 'memoryMB'> = processor): number {
  const { kind, memoryMB } = device
  if (kind !== 'cpu' && memoryMB !== null && memoryMB >= smallestCardMB) return 0.8 * memoryMB * 1e6
  // 0 or a number beyond all memory where there is no limit.
  const limit = process.constrainedMemory()
  const all = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  // macOS counts file caches as used, so what is free is at least a quarter of all memory in practice.
  return Math.min(0.8 * all, Math.max(0.8 * process.availableMemory(), 0.25 * all))
}

const processor = { kind: 'cpu', memoryMB: null } as const

/**
 * The largest micro-batch that fits into `available` bytes, the batch cut into parts of nearly equal size.
 *
 * @throws AppError `out_of_memory` when not even one image fits
 */
export function chooseMicroBatch(
  config: VitConfig,
  batch: number,
  available: number,
  choices?: MemoryChoices,
): number {
  let largest = batch
  while (largest > 0 && trainingMemory(config, largest, choices) > available) largest--
  if (largest === 0) {
    const needed = (trainingMemory(config, 1, choices) / 1e9).toFixed(1)
    const free = (available / 1e9).toFixed(1)
    throw new AppError(
      'out_of_memory',
      say`Training this model needs about ${needed} GB of memory even for single images, and ${free} GB is available. Choose a smaller model or resolution, or close other programs.`,
    )
  }
  return Math.ceil(batch / Math.ceil(batch / largest))
}
