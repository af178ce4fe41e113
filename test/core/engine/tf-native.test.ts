/** @file TensorFlow's native library, if `npm run setup:tensorflow` has installed it: trains as ONNX Runtime does. */
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { installedTensorflow, loadTensorflow } from '../../../core/engine/tf-backend.ts'
import { createTensorflowEngine } from '../../../core/engine/tf-engine.ts'
import { createStepper, createTrainingState } from '../../../core/train/step/stepper.ts'
import { expectAgreement } from '../../support/op-agreement.ts'
import { allOps } from '../../support/op-cases.ts'
import { expectSameTraining, tinyModel, train } from '../../support/training-trace.ts'

const installed = installedTensorflow() !== null
const without = installed ? '' : ' (skipped: npm run setup:tensorflow has not been run)'

describe.skipIf(!installed)(`TensorFlow's native library${without}`, () => {
  it('computes every operator as the interpreter does', async () => {
    const engine = createTensorflowEngine(loadTensorflow())
    for (const op of allOps) await expectAgreement(engine, op, 10, { rtol: 1e-5, atol: 5e-6 })
  })

  it('fine-tunes as ONNX Runtime does', async () => {
    const engine = createTensorflowEngine(loadTensorflow())
    const sizes = { batch: 4, microBatch: 4 }
    const model = tinyModel()
    expectSameTraining(
      await train(engine, model, 10, sizes),
      await train(createOrtEngine('cpu'), model, 10, sizes),
    )
  })

  it('holds no more memory after many steps than after one', async () => {
    const { tf, backend } = loadTensorflow()
    const engine = createTensorflowEngine({ tf, backend })
    const sizes = { batch: 8, microBatch: 8 }
    const model = tinyModel()
    const state = await createTrainingState(engine, model, null, sizes)
    const stepper = await createStepper(engine, model, state, sizes)
    const images = { pixels: model.pixels.data, labels: model.labels, count: 8 }
    const step = () => stepper.step(images, { learningRate: 0.01, momentum: 0.9, clip: 1 })
    await step()
    const { numTensors, numBytes } = tf.memory()
    for (let count = 0; count < 30; count++) await step()
    expect(tf.memory()).toMatchObject({ numTensors, numBytes })
    await stepper.dispose()
    state.dispose()
  })
})
