/** @file How accuracy grows with time, and when it first reaches a level. */

/** The held-out accuracy at a moment, in seconds since the start. */
export interface Point {
  readonly seconds: number
  readonly accuracy: number
}

/** A whole run, and the accuracy of the weights that it keeps. */
export interface Curve {
  readonly points: readonly Point[]
  readonly kept: number
}

/** Seconds until the accuracy first reaches `level`; null if it never does. */
export function secondsTo(level: number, points: readonly Point[]): number | null {
  return points.find(({ accuracy }) => accuracy >= level)?.seconds ?? null
}

/** The accuracy that a run ends with. */
export function finalAccuracy(points: readonly Point[]): number {
  return points.at(-1)?.accuracy ?? 0
}

/** The best of its evaluations. */
export function bestAccuracy(points: readonly Point[]): number {
  return Math.max(0, ...points.map(({ accuracy }) => accuracy))
}

/** The mean of numbers, and their standard deviation over the numbers themselves. */
export function meanAndSpread(values: readonly number[]): { readonly mean: number; readonly spread: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return { mean, spread: Math.sqrt(variance) }
}
