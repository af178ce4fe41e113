/**
 * @file Times training steps against plain matrix products on the same device. Both alternate in one process, so that
 * whatever else the machine does affects both.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'

import { throwIfCancelled } from '../errors.ts'
import type { Optimiser } from '../optim/optimiser.ts'
import { createOptimiser, usualOptimiser } from '../optim/optimisers.ts'
import { matmulProgram } from '../engine/devices.ts'
import { makeOrDispose } from '../engine/disposables.ts'
import type { Engine, State } from '../engine/engine.ts'
import { stepFlops } from '../graph/flops.ts'
import { createRandom, integer, uniform } from '../tensor/random.ts'
import { at, sizeOf } from '../tensor/shape.ts'
import { filled, floatTensor, type Parameters } from '../tensor/tensor.ts'
import { pixelShape, trainingStep, type ModelGraphs } from '../train/step/graphs.ts'
import {
  createStepper,
  createTrainingState,
  type LabelledImages,
  type Stepper,
} from '../train/step/stepper.ts'
import { parameterShapes, patchCount, prefixTokens, type VitConfig } from '../vit/config.ts'

/** What to time. */
export interface BenchRequest {
  readonly model: ModelGraphs
  /** Called once; the weights are handed to the engine and then released. */
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
  /** 10^9 operations per second by the usual count, `modelFlops`. */
  readonly gflops: number
  /** The same for the products that are actually computed: the last block leaves out tokens that nothing reads. */
  readonly computedGflops: number
  /** The same of the plain product next to each step. */
  readonly gemmGflops: number
  /** Median over the steps of `gflops` of a step over that of the products before and after it. */
  readonly gemmFraction: number
  /** Side of the square matrices of the plain product. */
  readonly gemmSide: number
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
  const reference = await prepareProduct(engine)
  const { stepper, dispose } = await makeOrDispose(async ({ keep, dispose: disposeOfParts }) => {
    keep(reference)
    const state = keep(await createState(engine, request))
    const made = keep(await createStepper(engine, model, state, { batch, microBatch: batch }))
    return { stepper: made, dispose: disposeOfParts }
  })
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
    const computed = stepFlops(trainingStep(model, batch, { recompute: false }))
    return summarise(
      modelFlops(model.config, batch),
      computed,
      batch,
      stepTimes,
      productTimes,
      reference.side,
    )
  } finally {
    await dispose()
  }
}

/**
 * Operations of a training step as they are usually counted, to compare programs: every product of the forward pass
 * over all tokens, the head's left out, and twice that for the backward pass.
 */
function modelFlops(config: VitConfig, batch: number): number {
  const { width: D, depth, mlpWidth: M, patch: P, grid } = config
  const N = patchCount(grid)
  const T = N + prefixTokens(config)
  // Query, key, value and output; both products of attention; the layers of the MLP.
  const block = 2 * T * (4 * D * D + 2 * T * D + (config.swiglu ? 3 : 2) * D * M)
  // Keys and values of attention pooling; the rest of it is one token per image.
  const pooling = config.pooling === 'attention' ? 4 * T * D * D : 0
  return 3 * batch * (2 * N * 3 * P * P * D + depth * block + pooling)
}

function summarise(
  flops: number,
  computed: number,
  batch: number,
  stepTimes: readonly number[],
  productTimes: readonly number[],
  gemmSide: number,
): BenchResult {
  const productFlops = 2 * gemmSide ** 3
  const nearby = stepTimes.map((_, index) => (at(productTimes, index) + at(productTimes, index + 1)) / 2)
  const stepMs = median(stepTimes)
  return {
    stepMs,
    imagesPerSecond: (1000 * batch) / stepMs,
    gflops: flops / stepMs / 1e6,
    computedGflops: computed / stepMs / 1e6,
    gemmGflops: productFlops / median(productTimes) / 1e6,
    gemmFraction: median(stepTimes.map((ms, index) => flops / ms / (productFlops / at(nearby, index)))),
    gemmSide,
    peakMemoryMB: (process.resourceUsage().maxRSS * 1024) / 1e6,
  }
}

async function createState(engine: Engine, { model, parameters, batch }: BenchRequest): Promise<State> {
  const { config } = model
  return createTrainingState(engine, { config, parameters: await parameters() }, null, {
    batch,
    microBatch: batch,
  })
}

/** Performs a step on these images and returns its milliseconds. */
export function timedStep(
  stepper: Stepper,
  images: LabelledImages,
  { scalarsAt }: Pick<Optimiser, 'scalarsAt'> = createOptimiser(usualOptimiser),
): () => Promise<number> {
  const scalars = { ...scalarsAt(1, 1e-3), clip: 1 }
  return async () => {
    const start = performance.now()
    await stepper.step(images, scalars)
    return performance.now() - start
  }
}

/** A plain matrix product, ready to run. */
interface Product {
  readonly side: number
  /** The shortest of a few runs. */
  readonly ms: number
  /** Mean time of this many runs, in milliseconds. */
  run(times: number): Promise<number>
  dispose(): Promise<void>
}

/** A product of square matrices, large enough to run at full speed and small compared with the memory of a step. */
async function prepareProduct(engine: Engine): Promise<Product> {
  const side = engine.kind === 'cpu' ? 1024 : 4096
  const { program, dispose } = await matmulProgram(engine, [side, side, side])
  const run = async (times: number): Promise<number> => {
    const start = performance.now()
    for (let done = 0; done < times; done++) await program.run(new Map())
    return (performance.now() - start) / times
  }
  await run(1)
  const times = [await run(1), await run(1), await run(1)]
  return { side, ms: Math.min(...times), run, dispose }
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
export function randomImages(
  config: VitConfig,
  batch: number,
): LabelledImages & { readonly pixels: Uint8Array } {
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
