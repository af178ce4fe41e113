/** @file Numeric comparison of two arrays element by element, as PyTorch's and NumPy's `allclose` define it. */

/** Anything with numbers in a row: a plain or typed array, or a tensor holding one. */
export type Numbers =
  | ArrayLike<number>
  | { readonly shape: readonly number[]; readonly data: ArrayLike<number> }

/** Allowed error of one element: `atol + rtol * |expected|`. */
export interface Tolerance {
  readonly rtol?: number
  readonly atol?: number
}

interface Verdict {
  readonly pass: boolean
  readonly message: () => string
}

/**
 * Compares every element of `actual` with `expected`; NaN equals NaN and an infinity only itself.
 *
 * @param tolerance `rtol` defaults to 1e-5 and `atol` to 1e-8, as in NumPy
 * @returns whether all elements are close, and a message that names the element furthest outside its tolerance
 * @see https://numpy.org/doc/stable/reference/generated/numpy.allclose.html
 */
export function compareClose(actual: Numbers, expected: Numbers, tolerance: Tolerance = {}): Verdict {
  const { rtol = 1e-5, atol = 1e-8 } = tolerance
  const [a, b] = [values(actual), values(expected)]
  const [aShape, bShape] = [shapeOf(actual), shapeOf(expected)]
  if (aShape !== undefined && bShape !== undefined && aShape.join() !== bShape.join()) {
    return {
      pass: false,
      message: () => `shapes differ: [${aShape.join(', ')}] and expected [${bShape.join(', ')}]`,
    }
  }
  if (a.length !== b.length) {
    return { pass: false, message: () => `lengths differ: ${a.length} and expected ${b.length}` }
  }
  const worst = worstElement(a, b, rtol, atol)
  const place =
    aShape === undefined ? `${worst.index}` : `${worst.index} ([${unravel(worst.index, aShape).join(', ')}])`
  return {
    pass: worst.excess <= 1,
    message: () =>
      b.length === 0
        ? 'both arrays are empty'
        : `worst of ${a.length} elements is ${place}: ${a[worst.index]}, expected ${b[worst.index]}; ` +
          `${worst.outside} outside of rtol ${rtol}, atol ${atol}; the difference is ${worst.excess.toPrecision(3)} times the allowed one`,
  }
}

function values(numbers: Numbers): ArrayLike<number> {
  return 'data' in numbers ? numbers.data : numbers
}

function shapeOf(numbers: Numbers): readonly number[] | undefined {
  return 'shape' in numbers ? numbers.shape : undefined
}

function worstElement(a: ArrayLike<number>, b: ArrayLike<number>, rtol: number, atol: number) {
  const worst = { index: 0, excess: -1, outside: 0 }
  for (let index = 0; index < b.length; index++) {
    const excess = excessOf(a[index] ?? Number.NaN, b[index] ?? Number.NaN, rtol, atol)
    worst.outside += excess > 1 ? 1 : 0
    if (excess > worst.excess) {
      worst.index = index
      worst.excess = excess
    }
  }
  return worst
}

function excessOf(a: number, b: number, rtol: number, atol: number): number {
  if (Object.is(a, b) || a === b) {
    return 0
  }
  const difference = Math.abs(a - b)
  const ratio = difference / (atol + rtol * Math.abs(b))
  return Number.isFinite(difference) && !Number.isNaN(ratio) ? ratio : Number.POSITIVE_INFINITY
}

function unravel(index: number, shape: readonly number[]): number[] {
  const position: number[] = []
  let rest = index
  for (const size of shape.toReversed()) {
    position.unshift(rest % size)
    rest = Math.floor(rest / size)
  }
  return position
}
