/** @file The two inner loops of dense linear algebra in float64; views (`subarray`) stand for rows of matrices. */

/** Σ a·b over the length of `a`. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] ?? 0) * (b[k] ?? 0)
  return sum
}

/** target += weight · source, over the length of `target`. */
export function addScaled(target: Float64Array, source: Float64Array, weight: number): void {
  for (let k = 0; k < target.length; k++) target[k] = (target[k] ?? 0) + weight * (source[k] ?? 0)
}
