/** @file Runs a model forward over batches: evaluation, prediction, features. */
import { invariant } from '../../errors.ts'
import { makeOrDispose } from '../../engine/disposables.ts'
import type { Engine, Program, State } from '../../engine/engine.ts'
import { at, sizeOf } from '../../tensor/shape.ts'
import { byteTensor, floatTensor, type FloatTensor, type Parameters } from '../../tensor/tensor.ts'
import { inferenceGraph, pixelShape, type InferenceOptions, type ModelGraphs } from '../step/graphs.ts'
import { featureWidth } from '../../vit/config.ts'
import { sliceOrPad } from '../step/stepper.ts'

/** Computes one output of a model for any number of images, a batch at a time. */
export interface Classifier {
  /** Images per run; more are computed in several runs. */
  readonly batch: number
  /** `pixels` uint8 [count, R, R, 3] → [count, K] logits (or [count, D] features). */
  compute(pixels: Uint8Array, count: number): Promise<FloatTensor>
  dispose(): Promise<void>
}

/** A classifier over weights that are on the engine already, shared with training. */
export async function createClassifier(
  engine: Engine,
  model: ModelGraphs,
  state: State,
  batch: number,
  output: 'logits' | 'features' = 'logits',
): Promise<Classifier> {
  const options: InferenceOptions = {
    outputs: [output],
    distillationHead: state.names.has('headDistillation.weight'),
  }
  const program = await engine.load(inferenceGraph(model, batch, options), state)
  return {
    batch,
    compute: (pixels, count) => computeAll(program, model, batch, output, pixels, count),
    dispose: () => program.dispose(),
  }
}

/** A classifier over weights of its own, which leave the engine with it. */
export async function openClassifier(
  engine: Engine,
  model: ModelGraphs,
  parameters: Parameters,
  batch: number,
  output: 'logits' | 'features' = 'logits',
): Promise<Classifier> {
  return makeOrDispose(async ({ keep, dispose }) => {
    const state = keep(await engine.createState(parameters))
    return { ...keep(await createClassifier(engine, model, state, batch, output)), dispose }
  })
}

/** Computes what a model sees in one image, uint8 [1, R, R, 3] → [D]. The program is prepared on first use. */
export interface FeatureReader {
  readonly read: (pixels: Uint8Array) => Promise<Float32Array>
  readonly dispose: () => Promise<void>
}

/** A reader over weights that are on the engine already. */
export function createFeatureReader(engine: Engine, model: ModelGraphs, state: State): FeatureReader {
  let opened: Promise<Classifier> | undefined
  return {
    read: async (pixels) => {
      opened ??= createClassifier(engine, model, state, 1, 'features')
      return (await (await opened).compute(pixels, 1)).data
    },
    dispose: async () => (await opened)?.dispose(),
  }
}

async function computeAll(
  program: Program,
  { config }: ModelGraphs,
  batch: number,
  output: string,
  pixels: Uint8Array,
  count: number,
): Promise<FloatTensor> {
  const shape = pixelShape(config, batch)
  const perImage = sizeOf(shape) / batch
  const width = output === 'logits' ? config.classes : featureWidth(config)
  const rows = new Float32Array(count * width)
  for (let start = 0; start < count; start += batch) {
    const part = byteTensor(shape, sliceOrPad(pixels, start * perImage, batch * perImage))
    const result = (await program.run(new Map([['pixels', part]]))).get(output)
    invariant(result !== undefined, () => `no output named ${output}`)
    const valid = Math.min(batch, count - start)
    rows.set(result.data.subarray(0, valid * at(result.shape, 1)), start * width)
  }
  return floatTensor([count, width], rows)
}
