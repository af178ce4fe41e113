import { expect, it } from 'vitest'

import { leadingPlane } from '../../../core/map/plane.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { floatTensor } from '../../../core/tensor/tensor.ts'

it('is the plane of the two axes along which the rows differ most, in that order', () => {
  const random = createRandom(5)
  const spread = [0.1, 5, 0.2, 20, 0.1]
  const data = Float32Array.from({ length: 5 * 400 }, (_, i) => 7 + (spread[i % 5] ?? 0) * normal(random))
  const plane = leadingPlane(floatTensor([400, 5], data), 0)
  const mean = (axis: number): number =>
    Array.from({ length: 400 }, (_, row) => data[5 * row + axis] ?? 0).reduce((a, b) => a + b, 0) / 400
  for (const [axis, column] of [3, 1].entries()) {
    const centre = mean(column)
    const own = Float64Array.from({ length: 400 }, (_, row) => plane[2 * row + axis] ?? 0)
    const wanted = Float64Array.from({ length: 400 }, (_, row) => (data[5 * row + column] ?? 0) - centre)
    const sign = Math.sign(own.reduce((sum, value, i) => sum + value * (wanted[i] ?? 0), 0))
    expect(own.map((value) => sign * value)).toBeAllclose(wanted, { rtol: 0, atol: 1 })
  }
})

it('is the same for the same seed', () => {
  const data = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i * i))
  const rows = floatTensor([20, 3], data)
  expect(leadingPlane(rows, 3)).toEqual(leadingPlane(rows, 3))
})
