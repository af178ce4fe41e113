/** @file The Cholesky solver: A·X = B for random positive definite A, and its refusal of others. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solvePositiveDefinite } from '../../../core/tensor/cholesky.ts'
import { gram, rowsOf } from '../../../core/tensor/matrix.ts'

describe('solvePositiveDefinite', () => {
  it('solves a system worked out by hand', () => {
    // [[4, 2], [2, 5]] · [[1, 0], [−1, 2]] = [[2, 4], [−3, 10]]
    const solution = solvePositiveDefinite(Float64Array.of(4, 2, 2, 5), 2, Float64Array.of(2, 4, -3, 10))
    const expected = [1, 0, -1, 2]
    expected.forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 14))
  })

  it('gives back B when multiplied, and leaves its inputs as they are', () => {
    const systems = fc.integer({ min: 1, max: 7 }).chain((n) =>
      fc.record({
        n: fc.constant(n),
        half: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: n * n, maxLength: n * n }),
        right: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2 * n, maxLength: 2 * n }),
      }),
    )
    fc.assert(
      fc.property(systems, ({ n, half, right }) => {
        const matrix = gram(rowsOf(Float64Array.from(half), n)).map((x, i) => x + (i % (n + 1) === 0 ? 1 : 0))
        const before = matrix.slice()
        const solution = solvePositiveDefinite(matrix, n, Float64Array.from(right))
        expect(matrix).toEqual(before)
        for (let i = 0; i < n; i++) {
          for (let k = 0; k < 2; k++) {
            let product = 0
            for (let j = 0; j < n; j++) product += matrix[i * n + j]! * solution[j * 2 + k]!
            expect(product).toBeCloseTo(right[i * 2 + k]!, 9)
          }
        }
      }),
    )
  })

  it('stops on a matrix that is not positive definite', () => {
    const indefinite = Float64Array.of(1, 2, 2, 1)
    expect(() => solvePositiveDefinite(indefinite, 2, Float64Array.of(1, 1))).toThrow(/not positive definite/)
    expect(() => solvePositiveDefinite(Float64Array.of(NaN), 1, Float64Array.of(1))).toThrow(/pivot 0/)
  })
})
