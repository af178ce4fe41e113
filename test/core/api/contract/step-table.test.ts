import { expect, it } from 'vitest'

import { packSteps, unpackSteps } from '../../../../core/api/contract/step-table.ts'

const steps = [
  { type: 'step', step: 1, loss: Math.LN2, accuracy: 0.5, gradNorm: 3.25, learningRate: 0 },
  { type: 'step', step: 1_000_000, loss: 1e-9, accuracy: 1, gradNorm: 1e7, learningRate: 0.03 },
] as const

it('steps come back as they were, wherever their bytes are', () => {
  expect(unpackSteps(packSteps(steps))).toEqual(steps)
  expect(unpackSteps(packSteps([]))).toEqual([])
  const packed = packSteps(steps)
  const shifted = new Uint8Array(packed.length + 3)
  shifted.set(packed, 3)
  expect(unpackSteps(shifted.subarray(3))).toEqual(steps)
})
