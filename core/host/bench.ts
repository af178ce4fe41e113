/**
 * @file Times training steps against plain matrix products on the same device. Both take turns in one process, so
 * that whatever else the machine does meets both.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../errors.ts'
import { matmulProgram } from '../engine/devices.ts'
import type { Engine, State } from '../engine/engine.ts'
import { stepFlops } from '../graph/flops.ts'
import { createRandom, integer, uniform } from '../tensor/random.ts'
import { at, sizeOf } from '../tensor/shape.ts'
import { filled, floatTensor, type Parameters } from '../tensor/tensor.ts'
import { pixelShape, trainingStep, type ModelGraphs } from '../train/graphs.ts'
import { createStepper, createTrainingState, type LabelledImages, type Stepper } from '../train/stepper.ts'
import { parameterShapes, patchCount, prefixTokens, type VitConfig } from '../vit/config.ts'

/** What to time. */
export interface BenchRequest {
  readonly model: ModelGraphs
  /** Called once; the weights are handed to the engine and then let go. */
  readonly parameters: () => Promise<Parameters> | Parameters
  readonly batch: number
  readonly steps: number
  readonly signal?: AbortSignal | undefined
  readonly onStep?: ((done: number) => void) | undefined
}

/** What was measured; medians over the steps. */
export interface BenchResult {
  readonly stepMs: number
  readonly imagesPerSecond: number
  /** 10^9 operations of matrix products per second of step. */
  readonly gflops: number
  /** The same of the plain product next to each step. */
  readonly gemmGflops: number
  /** Median over the steps of the speed of a step over that of the products before and after it. */
  readonly gemmFraction: number
  /** Sizes of the plain product, [m, k]·[k, n]: the fastest of several. */
  readonly gemm: readonly [m: number, k: number, n: number]
  /** Highest resident memory of this process so far, MB of 10^6 bytes. */
  readonly peakMemoryMB: number
}

const warmUpSteps = 2
// Part of a step's time that is spent on the plain product on each side of it, and the fewest products.
const referenceShare = 0.1
const fewestProducts = 3

/**
 * Performs training steps on random images with random weights.
 *
 * @throws AppError `cancelled`, `out_of_memory`
 */
export async function benchmarkStep(engine: Engine, request: BenchRequest): Promise<BenchResult> {
  const { model, batch, steps, signal, onStep } = request
  const reference = await fastestProduct(engine, model.config, batch)
  const state = await createState(engine, request)
  const stepper = await createStepper(engine, model, state, { batch, microBatch: batch })
  try {
    const step = timedStep(stepper, randomImages(model.config, batch))
    let stepMs = 0
    for (let done = 0; done < warmUpSteps; done++) stepMs = await step()
    const products = Math.max(fewestProducts, Math.round((referenceShare * stepMs) / reference.ms))
    const stepTimes: number[] = []
    const productTimes = [await reference.run(products)]
    for (let done = 1; done <= steps; done++) {
      stepTimes.push(await step())
      productTimes.push(await reference.run(products))
      onStep?.(done)
      await nextTurn()
      throwIfCancelled(signal)
    }
    const flops = stepFlops(trainingStep(model, batch, { recompute: false }))
    return summarise(flops, batch, stepTimes, productTimes, reference.size)
  } finally {
    await stepper.dispose()
    state.dispose()
    await reference.dispose()
  }
}

function summarise(
  flops: number,
  batch: number,
  stepTimes: readonly number[],
  productTimes: readonly number[],
  gemm: ProductSize,
): BenchResult {
  const productFlops = 2 * sizeOf(gemm)
  const nearby = stepTimes.map((_, index) => (at(productTimes, index) + at(productTimes, index + 1)) / 2)
  const stepMs = median(stepTimes)
  return {
    stepMs,
    imagesPerSecond: (1000 * batch) / stepMs,
    gflops: flops / stepMs / 1e6,
    gemmGflops: productFlops / median(productTimes) / 1e6,
    gemmFraction: median(stepTimes.map((ms, index) => flops / ms / (productFlops / at(nearby, index)))),
    gemm,
    peakMemoryMB: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }
}

function createState(engine: Engine, { parameters, batch }: BenchRequest): Promise<State> {
  return Promise.resolve(parameters()).then((values) =>
    createTrainingState(engine, values, null, { batch, microBatch: batch }),
  )
}

/** Performs a step on these images and tells its milliseconds. */
export function timedStep(stepper: Stepper, images: LabelledImages): () => Promise<number> {
  return async () => {
    const start = performance.now()
    await stepper.step(images, { learningRate: 1e-3, momentum: 0.9, clip: 1 })
    return performance.now() - start
  }
}

type ProductSize = readonly [m: number, k: number, n: number]

/** A plain matrix product, ready to run. */
interface Product {
  readonly size: ProductSize
  /** The shortest of a few runs. */
  readonly ms: number
  /** Mean time of so many runs, in milliseconds. */
  run(times: number): Promise<number>
  dispose(): Promise<void>
}

/** Of several products the one with the highest speed, so that the comparison does not flatter. */
async function fastestProduct(engine: Engine, config: VitConfig, batch: number): Promise<Product> {
  let best: Product | null = null
  for (const size of candidates(engine, config, batch)) {
    const product = await prepareProduct(engine, size)
    const isFaster = best === null || sizeOf(size) / product.ms > sizeOf(best.size) / best.ms
    await (isFaster ? best : product)?.dispose()
    if (isFaster) best = product
    if (product.ms > longestProductMs) break
  }
  if (best === null) throw new Error('there are no products to compare with')
  return best
}

// Larger products gain nothing more and take long on slow devices.
const longestProductMs = 100

function candidates({ kind }: Engine, { width, grid, ...config }: VitConfig, batch: number): ProductSize[] {
  if (kind !== 'cpu') return [1024, 2048, 4096].map((side) => [side, side, side])
  const tokens = batch * (patchCount(grid) + prefixTokens({ ...config, width, grid }))
  return [
    [1024, 1024, 1024],
    [fewEnough(tokens, width), width, 4 * width],
  ]
}

// On a CPU the matrices count as memory of this process, and its peak is to be that of the step.
const largestBytes = 20e6

/** Rows of [rows, k]·[k, 4k] in float32 within that size. */
function fewEnough(rows: number, k: number): number {
  return Math.min(rows, Math.floor((largestBytes / 4 - 4 * k * k) / (5 * k)))
}

// Enough that one of them is undisturbed.
const timedProducts = 5

async function prepareProduct(engine: Engine, size: ProductSize): Promise<Product> {
  const { program, dispose } = await matmulProgram(engine, size)
  const run = async (times: number): Promise<number> => {
    const start = performance.now()
    for (let done = 0; done < times; done++) await program.run(new Map())
    return (performance.now() - start) / times
  }
  // The first run also prepares kernels and memory.
  await run(1)
  const times: number[] = []
  while (times.length < timedProducts) times.push(await run(1))
  return { size, ms: Math.min(...times), run, dispose }
}

/** Weights of the usual size, enough for timing: uniform instead of normal, norms at one. */
export function randomParameters(config: VitConfig): Parameters {
  const random = createRandom(1)
  return new Map(
    [...parameterShapes(config)].map(([name, shape]) => {
      if (/norm\d?\.scale$/.test(name)) return [name, filled(shape, 1)]
      const data = new Float32Array(sizeOf(shape))
      for (let i = 0; i < data.length; i++) data[i] = 0.07 * (uniform(random) - 0.5)
      return [name, floatTensor(shape, data)]
    }),
  )
}

/** Images and labels that cost as much as real ones. */
export function randomImages(config: VitConfig, batch: number): LabelledImages {
  const random = createRandom(2)
  const pixels = Uint8Array.from({ length: sizeOf(pixelShape(config, batch)) }, () => integer(random, 256))
  const labels = Int32Array.from({ length: batch }, () => integer(random, config.classes))
  return { pixels, labels, count: batch }
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? at(sorted, middle) : (at(sorted, middle - 1) + at(sorted, middle)) / 2
}
