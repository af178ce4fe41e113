/** @file The eigen-solver against known spectra and against the definition, degenerate matrices included. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at } from '../../../core/tensor/shape.ts'
import { eigenSymmetric, type Eigenpairs } from '../../../core/tensor/symmetric-eigen.ts'
import { dot } from '../../../core/tensor/matrix.ts'

const symmetric = fc.integer({ min: 1, max: 9 }).chain((n) =>
  fc
    .array(fc.oneof(fc.constant(0), fc.double({ min: -10, max: 10, noNaN: true })), {
      minLength: n * n,
      maxLength: n * n,
    })
    .map((values) => ({ n, matrix: matrixOf(n, (i, j) => values[Math.min(i, j) * n + Math.max(i, j)]!) })),
)

describe('eigenSymmetric', () => {
  it('gives orthonormal vectors with A·v = λ·v, largest first, and the trace', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const pairs = eigenSymmetric(matrix, n, n)
        expectEigenpairs(matrix, n, pairs)
        const trace = Array.from({ length: n }, (_, i) => matrix[i * n + i]!).reduce((a, b) => a + b)
        expect(pairs.values.reduce((a, b) => a + b)).toBeCloseTo(trace, 9)
      }),
    )
  })

  it('leaves the matrix as it is and gives the first of the same pairs for a smaller count', () => {
    fc.assert(
      fc.property(symmetric, ({ n, matrix }) => {
        const before = matrix.slice()
        const all = eigenSymmetric(matrix, n, n)
        const some = eigenSymmetric(matrix, n, Math.ceil(n / 2))
        expect(matrix).toEqual(before)
        expect(some.values).toEqual(all.values.slice(0, some.values.length))
        expect(some.vectors).toEqual(all.vectors.slice(0, some.vectors.length))
      }),
    )
  })

  it('finds the spectrum of the second difference, 2 − 2·cos(kπ/(n + 1))', () => {
    const n = 40
    const second = matrixOf(n, (i, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0))
    const { values } = eigenSymmetric(second, n, n)
    values.forEach((value, k) =>
      expect(value).toBeCloseTo(2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)), 12),
    )
  })

  it('separates equal eigenvalues and a null space into orthonormal vectors', () => {
    for (const value of [0, 1]) {
      const n = 6
      const multiple = matrixOf(n, (i, j) => (i === j ? value : 0))
      const pairs = eigenSymmetric(multiple, n, n)
      expect([...pairs.values]).toEqual(new Array(n).fill(value))
      expectEigenpairs(multiple, n, pairs)
    }
    const ones = matrixOf(7, () => 1)
    const pairs = eigenSymmetric(ones, 7, 7)
    expect(pairs.values[0]).toBeCloseTo(7, 12)
    expectEigenpairs(ones, 7, pairs)
  })

  it('holds over a wide range of magnitudes', () => {
    const graded = matrixOf(8, (i, j) => 10 ** (-2 * (i + j)) / (1 + Math.abs(i - j)))
    expectEigenpairs(graded, 8, eigenSymmetric(graded, 8, 8))
    const large = graded.map((value) => value * 1e100)
    expect(eigenSymmetric(large, 8, 1).values[0]! / 1e100).toBeCloseTo(
      eigenSymmetric(graded, 8, 1).values[0]!,
      12,
    )
  })
})

function matrixOf(n: number, entry: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, cell) => entry(Math.floor(cell / n), cell % n))
}

function expectEigenpairs(matrix: Float64Array, n: number, { values, vectors }: Eigenpairs): void {
  const scale = Math.max(1, ...matrix.map(Math.abs))
  const row = (data: Float64Array, i: number): Float64Array => data.subarray(i * n, (i + 1) * n)
  for (let k = 0; k < n; k++) {
    if (k > 0) expect(at(values, k)).toBeLessThanOrEqual(at(values, k - 1))
    for (let i = 0; i < n; i++) {
      const image = dot(row(matrix, i), row(vectors, k))
      expect(Math.abs(image - at(values, k) * at(row(vectors, k), i))).toBeLessThan(1e-12 * scale * n)
      expect(dot(row(vectors, k), row(vectors, i))).toBeCloseTo(i === k ? 1 : 0, 12)
    }
  }
}
