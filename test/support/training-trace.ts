/** @file Some steps of fine-tuning a tiny ViT on an engine, with everything they change, to compare engines. */
import { expect } from 'vitest'

import type { Engine } from '../../core/engine/engine.ts'
import {
  createStepper,
  createTrainingState,
  readSlots,
  readWeights,
  type StepChoices,
} from '../../core/train/step/stepper.ts'
import { floatTensor, parameter, type Parameters } from '../../core/tensor/tensor.ts'
import type { VitConfig } from '../../core/vit/config.ts'
import { smallConfig, smallModel, type SmallModel } from '../golden/reference-vit.ts'

/** Two blocks of width 32 on 32×32 pixels in patches of 8×8. */
export const tinyVit: VitConfig = {
  ...smallConfig,
  width: 32,
  depth: 2,
  heads: 4,
  mlpWidth: 64,
  patch: 8,
  grid: { rows: 4, columns: 4 },
  classes: 5,
}

/** Eight random pictures and weights as small as those of a model before training. */
export function tinyModel(changes: Partial<VitConfig> = {}): SmallModel {
  const model = smallModel({ ...tinyVit, ...changes }, 8, 17)
  const parameters = new Map(
    [...model.parameters].map(([name, { shape, data }]) => {
      const factor = name.includes('scale') ? 1 : 0.25
      return [
        name,
        floatTensor(
          shape,
          data.map((x) => factor * x),
        ),
      ]
    }),
  )
  return { ...model, parameters }
}

/** What training reported and left behind. */
export interface Trace {
  /** Loss, share recognised and gradient norm, step by step. */
  readonly figures: readonly number[]
  readonly weights: Parameters
  readonly momentum: Parameters
}

/** Trains on the model's pictures, one batch per step, one after the other. */
export async function train(
  engine: Engine,
  model: SmallModel,
  steps: number,
  sizes: StepChoices,
): Promise<Trace> {
  const state = await createTrainingState(engine, model, null, sizes)
  const stepper = await createStepper(engine, model, state, sizes)
  const figures: number[] = []
  const { batch } = sizes
  const perImage = model.pixels.data.length / model.labels.length
  for (let step = 0; step < steps; step++) {
    const start = (step * batch) % model.labels.length
    const pixels = model.pixels.data.subarray(start * perImage, (start + batch) * perImage)
    const labels = model.labels.slice(start, start + batch)
    const rates = { learningRate: 0.05, momentum: 0.9, clip: 1 }
    const { loss, accuracy, gradientNorm } = await stepper.step({ pixels, labels, count: batch }, rates)
    figures.push(loss, accuracy, gradientNorm)
  }
  const [weights, momentum] = [await readWeights(state, model), await readSlots(state, model, sizes)]
  await stepper.dispose()
  state.dispose()
  return { figures, weights, momentum }
}

/** Expects two engines to agree to 1e-4. */
export function expectSameTraining(ours: Trace, theirs: Trace): void {
  expect(ours.figures).toBeAllclose(theirs.figures, { rtol: 1e-4, atol: 1e-6 })
  for (const part of ['weights', 'momentum'] as const) {
    expect([...ours[part].keys()]).toEqual([...theirs[part].keys()])
    for (const [name, tensor] of ours[part]) {
      expect(tensor, `${part}: ${name}`).toBeAllclose(parameter(theirs[part], name), {
        rtol: 1e-4,
        atol: 2e-6,
      })
    }
  }
}
