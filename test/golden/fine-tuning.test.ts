/** @file Gradients and whole fine-tuning runs of a real pretrained model against PyTorch in float64. */
import { describe, expect, it } from 'vitest'

import type { State } from '../../core/engine/engine.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import type { Pretrained } from '../../core/files/checkpoint.ts'
import { at } from '../../core/tensor/shape.ts'
import {
  byteTensor,
  filled,
  floatTensor,
  parameter,
  scalar,
  type Parameters,
  type Tensor,
} from '../../core/tensor/tensor.ts'
import {
  accumulateStep,
  gradientSumName,
  inferenceGraph,
  pixelShape,
  type ModelGraphs,
} from '../../core/train/step/graphs.ts'
import { atGrid, gridOf, withZeroHead } from '../../core/train/model/prepare.ts'
import {
  createStepper,
  createTrainingState,
  readWeights,
  type StepResult,
} from '../../core/train/step/stepper.ts'
import {
  norm,
  openAsDeit,
  parametersOf,
  readGolden,
  readGoldenImages,
  relative,
  rootMeanSquare,
  type GoldenImages,
  type GoldenRun,
} from '../support/golden.ts'
import { sharedFolder, withoutShared } from '../support/shared.ts'

const engine = createOrtEngine('cpu')
const classes = 5
// Seconds on an idle machine; minutes where other programs share the processor.
const unhurried = { timeout: 600_000 }

describe.skipIf(sharedFolder === null)(`gradients of DeiT-Tiny against PyTorch${withoutShared}`, () => {
  const images = 4

  it('agree for every parameter, with a head that is not zero', async () => {
    const model = withZeroHead(await openAsDeit('timm'), classes)
    const { width } = model.config
    const last = classes * width - 1
    const wave = Float32Array.from({ length: last + 1 }, (_, i) => 0.1 * Math.sin((2 * i) / last - 1))
    const parameters = new Map([
      ...model.parameters,
      ['head.weight', floatTensor([classes, width], wave)] as const,
    ])
    const { loss, gradients } = await gradientsOf({ ...(await openAsDeit('timm')), ...model, parameters })

    const golden = readGolden().gradients
    expect([loss]).toBeAllclose([golden.loss], { rtol: 1e-6 })
    expect(
      Object.keys(golden.grad)
        .flatMap((name) => parametersOf(name, model.config))
        .sort(),
    ).toEqual([...gradients.keys()].sort())
    for (const [name, expected] of Object.entries(golden.grad)) {
      const values = parametersOf(name, model.config).flatMap((part) => [...parameter(gradients, part).data])
      expect([norm(values)], name).toBeAllclose([expected.norm], { rtol: 1e-4 })
      // Entries are sums of many terms that cancel, so their rounding scales with the tensor's usual entry.
      const usual = expected.norm / Math.sqrt(values.length)
      expect(values.slice(0, 3), name).toBeAllclose(expected.first3, { rtol: 1e-4, atol: 5e-4 * usual })
    }
  })

  it('are exactly zero outside of the head while the head is zero, and the loss is ln K', async () => {
    const pretrained = await openAsDeit('timm')
    const { loss, gradients } = await gradientsOf({ ...pretrained, ...withZeroHead(pretrained, classes) })
    expect(Math.abs(loss - Math.log(classes))).toBeLessThan(1e-6)
    for (const [name, { data }] of gradients) {
      expect(
        data.every((value) => value === 0),
        name,
      ).toBe(!name.startsWith('head'))
    }
  })

  async function gradientsOf(model: Pretrained): Promise<{ loss: number; gradients: Parameters }> {
    const sums = [...model.parameters].map(
      ([name, { shape }]) => [gradientSumName(name), filled(shape, 0)] as const,
    )
    const state = await engine.createState(new Map([...model.parameters, ...sums]))
    const program = await engine.load(accumulateStep(model, images, { recompute: true }), state)
    const { pixels, labels } = readGoldenImages(224, images)
    const targets = new Float32Array(images * classes)
    for (let row = 0; row < images; row++) targets[row * classes + at(labels, row)] = 1
    const outputs = await program.run(
      new Map<string, Tensor>([
        ['pixels', byteTensor(pixelShape(model.config, images), pixels)],
        ['targets', floatTensor([images, classes], targets)],
        ['weight', scalar(1 / images)],
        ['keep', scalar(0)],
      ]),
    )
    const names = [...model.parameters.keys()]
    const read = await state.read(names.map(gradientSumName))
    await program.dispose()
    state.dispose()
    const gradients = new Map(names.map((name) => [name, parameter(read, gradientSumName(name))]))
    return { loss: at(parameter(outputs, 'loss').data, 0), gradients }
  }
})

/**
 * What float32 can achieve. At 160 px the last step amplifies: half a unit in the last place of the starting weights,
 * at random, moves the last gradient norm by up to 4e-4 and the final logits by up to 6e-4 of their size (measured); at
 * 224 and 288 px it moves them by 1e-6.
 */
const tolerances: Readonly<Record<number, { early: number; late: number }>> = {
  160: { early: 1e-4, late: 2e-3 },
  224: { early: 1e-5, late: 1e-5 },
  288: { early: 1e-5, late: 1e-5 },
}

describe.skipIf(sharedFolder === null)(
  `fine-tuning DeiT-Tiny against PyTorch${withoutShared}`,
  unhurried,
  () => {
    it.each([
      { index: 0, resolution: 224, positions: 'as they are' },
      { index: 1, resolution: 160, positions: 'resized as in vit_jax' },
      { index: 2, resolution: 160, positions: 'resized as in timm' },
      { index: 3, resolution: 288, positions: 'resized as in vit_jax' },
    ])('follows every step at $resolution px, positions $positions', async ({ index, resolution }) => {
      const golden = at(readGolden().finetune, index)
      expect(golden.resolution).toBe(resolution)
      const start = startOf(golden, await openAsDeit('timm'))
      const { steps, logits, weights } = await fineTune(golden, start, golden.batch)
      const { early, late } = tolerances[resolution]!
      expectSteps(steps, golden, early, late)
      const finalLogits = golden.finalLogits.flat()
      expect(logits).toBeAllclose(finalLogits, relative(late, finalLogits))
      expectChanges(golden, start, weights)
    })

    it('follows them in micro-batches, the last one smaller, from the npz file', async () => {
      const golden = at(readGolden().finetune, 1)
      const { steps, logits } = await fineTune(golden, startOf(golden, await openAsDeit('jax')), 3)
      const { early, late } = tolerances[golden.resolution]!
      expectSteps(steps, golden, early, late)
      expect(logits).toBeAllclose(golden.finalLogits.flat(), relative(late, golden.finalLogits.flat()))
    })

    // Half precision moved every starting weight by up to 5e-4 of itself; so the runs diverge by that much.
    it('stays beside them from the half-precision Hugging Face file', async () => {
      const golden = at(readGolden().finetune, 1)
      const { steps } = await fineTune(golden, startOf(golden, await openAsDeit('hf')), golden.batch)
      expectSteps(steps, golden, 5e-3, 5e-2)
    })
  },
)

type Start = Pick<Pretrained, 'config' | 'parameters' | 'normalisation'>

function startOf({ resolution, posEmbed }: GoldenRun, pretrained: Pretrained): Start {
  const rule = posEmbed === 'timm_bicubic_antialias' ? 'timm' : 'jax'
  const resized = atGrid(pretrained, gridOf(resolution, pretrained.config.patch), rule)
  return { ...withZeroHead(resized, classes), normalisation: pretrained.normalisation }
}

interface Finished {
  readonly steps: readonly StepResult[]
  readonly logits: Float32Array
  readonly weights: Parameters
}

async function fineTune(golden: GoldenRun, start: Start, microBatch: number): Promise<Finished> {
  const { batch, momentum, clipGlobalNorm: clip } = golden
  const images = readGoldenImages(golden.resolution, batch)
  const sizes = { batch, microBatch }
  const state = await createTrainingState(engine, start, null, sizes)
  const stepper = await createStepper(engine, start, state, sizes)
  const steps: StepResult[] = []
  for (const { lr: learningRate } of golden.steps) {
    steps.push(await stepper.step(images, { learningRate, momentum, clip }))
  }
  await stepper.dispose()
  const logits = await logitsOf(start, state, images)
  const weights = await readWeights(state, start)
  state.dispose()
  return { steps, logits, weights }
}

async function logitsOf(
  model: ModelGraphs,
  state: State,
  { pixels, count }: GoldenImages,
): Promise<Float32Array> {
  const program = await engine.load(inferenceGraph(model, count, { outputs: ['logits'] }), state)
  const feed = byteTensor(pixelShape(model.config, count), pixels)
  const outputs = await program.run(new Map([['pixels', feed]]))
  await program.dispose()
  return parameter(outputs, 'logits').data
}

function expectSteps(
  steps: readonly StepResult[],
  golden: GoldenRun,
  loss: number,
  gradientNorm: number,
): void {
  expect(steps.map((step) => step.loss)).toBeAllclose(
    golden.steps.map((step) => step.loss),
    { rtol: loss },
  )
  const norms = golden.steps.map((step) => step.gradNorm)
  expect(steps.map((step) => step.gradientNorm)).toBeAllclose(norms, { rtol: gradientNorm })
}

/**
 * The weights moved as far as in float64. Where they hardly move, rounding them at each step shows: by about
 * 2⁻²⁴ of a weight and step, of which the change sees one direction.
 */
function expectChanges(
  { finalChecks, steps, resolution }: GoldenRun,
  start: Start,
  weights: Parameters,
): void {
  expect(Object.keys(finalChecks)).not.toHaveLength(0)
  for (const [name, expected] of Object.entries(finalChecks)) {
    const parts = parametersOf(name, start.config)
    const before = parts.flatMap((part) => [...parameter(start.parameters, part).data])
    const after = parts.flatMap((part) => [...parameter(weights, part).data])
    const change = norm(after.map((value, i) => value - at(before, i)))
    const rounding = 4 * 2 ** -24 * rootMeanSquare(before) * Math.sqrt(steps.length)
    const rtol = resolution === 160 ? 1e-3 : 1e-4
    expect([change], name).toBeAllclose([expected], { rtol, atol: rounding })
  }
}
