/** @file Poses: the two homographies are inverse to each other, and the subject's centre lands in the picture. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { objectPoses, randomPose, surfacePoses, type Homography } from '../../../core/pretrain/pose.ts'
import { createRandom } from '../../../core/tensor/random.ts'

function apply({ a, b, c, d, e, f, g, h }: Homography, x: number, y: number): [number, number] {
  const w = g * x + h * y + 1
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w]
}

describe('randomPose', () => {
  it('maps the plane to the picture and back', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(objectPoses, surfacePoses),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (seed, range, u, v) => {
          const { toFrame, toPlane } = randomPose(createRandom(seed), range, 96)
          expect(apply(toPlane, ...apply(toFrame, u, v))).toBeAllclose([u, v], { rtol: 1e-9, atol: 1e-9 })
        },
      ),
    )
  })

  it('puts the centre of a thing well inside the picture', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { toFrame } = randomPose(createRandom(seed), objectPoses, 100)
      for (const place of apply(toFrame, 0, 0)) {
        expect(place).toBeGreaterThanOrEqual(39)
        expect(place).toBeLessThanOrEqual(61)
      }
    }
  })
})
