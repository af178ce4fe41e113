/** @file An attention map as light: patches that matter stay bright, the others darken. */

/**
 * Brightness of each patch from 0 to 1: 0 for the least share, 1 from the 98th percentile on, because a few patches
 * of the background often draw far more attention than all others and would leave the rest in the dark.
 */
export function brightnessOf(shares: readonly number[]): number[] {
  const sorted = shares.toSorted((a, b) => a - b)
  const least = sorted[0] ?? 0
  const most = sorted[Math.floor(0.98 * (sorted.length - 1))] ?? 0
  if (most <= least) return shares.map(() => 1)
  return shares.map((share) => Math.min(1, (share - least) / (most - least)))
}

/** RGBA bytes of a black picture, a pixel for each patch, that lets through as much light as `brightness` says. */
export function shadeOf(brightness: readonly number[], strength: number): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * brightness.length)
  brightness.forEach((light, index) => (pixels[4 * index + 3] = 255 * strength * (1 - light)))
  return pixels
}
