import { expect, it } from 'vitest'

import {
  createThroughput,
  currentSpeed,
  noteStep,
  overallSpeed,
  secondsLeft,
} from '../../../../core/train/run/throughput.ts'

it('knows nothing before the first step', () => {
  const throughput = createThroughput()
  expect(overallSpeed(throughput)).toBe(0)
  expect(secondsLeft(throughput, 10, 1)).toBe(0)
  expect(() => currentSpeed(throughput, 8)).toThrow('no step was timed')
})

it('counts all images for the whole run and the newest steps most for what is left', () => {
  const throughput = createThroughput()
  for (let step = 0; step < 5; step++) noteStep(throughput, 100, 8)
  expect(currentSpeed(throughput, 8)).toBeCloseTo(80, 9)
  noteStep(throughput, 600, 8)
  expect(overallSpeed(throughput)).toBeCloseTo((1000 * 48) / 1100, 9)
  // A fifth of the newest step: 100 + 0.2 · 500 ms.
  expect(currentSpeed(throughput, 8)).toBeCloseTo(40, 9)
  throughput.evaluationMs = 3000
  expect(secondsLeft(throughput, 10, 2)).toBeCloseTo(2 + 6, 9)
})
