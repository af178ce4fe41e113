import { expect, it } from 'vitest'

import { createPace, currentSpeed, noteStep, overallSpeed, secondsLeft } from '../../../core/train/pace.ts'

it('knows nothing before the first step', () => {
  const pace = createPace()
  expect(overallSpeed(pace)).toBe(0)
  expect(secondsLeft(pace, 10, 1)).toBe(0)
  expect(() => currentSpeed(pace, 8)).toThrow('no step was timed')
})

it('counts all images for the whole run and the newest steps most for what is left', () => {
  const pace = createPace()
  for (let step = 0; step < 5; step++) noteStep(pace, 100, 8)
  expect(currentSpeed(pace, 8)).toBeCloseTo(80, 9)
  noteStep(pace, 600, 8)
  expect(overallSpeed(pace)).toBeCloseTo((1000 * 48) / 1100, 9)
  // A fifth of the newest step: 100 + 0.2 · 500 ms.
  expect(currentSpeed(pace, 8)).toBeCloseTo(40, 9)
  pace.evaluationMs = 3000
  expect(secondsLeft(pace, 10, 2)).toBeCloseTo(2 + 6, 9)
})
