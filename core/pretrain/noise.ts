/** @file Noise over the plane without tables: hashed lattices, smooth between their points. */

/** A uint32 from a lattice point and a seed; neighbours are unrelated. */
function hash(column: number, row: number, seed: number): number {
  let h = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ seed
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const unit = 1 / 2 ** 32

/** Value noise with one random value per whole lattice point, 0 to 1. */
export function valueNoise(u: number, v: number, seed: number): number {
  const column = Math.floor(u)
  const row = Math.floor(v)
  const x = u - column
  const y = v - row
  const right = x * x * (3 - 2 * x)
  const bottom = y * y * (3 - 2 * y)
  const top = hash(column, row, seed) * (1 - right) + hash(column + 1, row, seed) * right
  const low = hash(column, row + 1, seed) * (1 - right) + hash(column + 1, row + 1, seed) * right
  return (top * (1 - bottom) + low * bottom) * unit
}

/** Octaves of value noise, each twice as fine and `gain` times as strong as the one before; 0 to 1. */
export function fractalNoise(u: number, v: number, seed: number, octaves: number, gain: number): number {
  let sum = 0
  let total = 0
  let weight = 1
  let scale = 1
  for (let octave = 0; octave < octaves; octave++) {
    // Each octave is turned a little, so that the lattices' axes do not add up.
    const x = (u * 0.8 - v * 0.6 * octave) * scale
    const y = (v * 0.8 + u * 0.6 * octave) * scale
    sum += weight * valueNoise(x, y, seed + octave)
    total += weight
    weight *= gain
    scale *= 2
  }
  return sum / total
}

/** How the distance to a cell's centre is measured. */
export type Metric = 'manhattan' | 'euclidean' | 'chebyshev'

/** The nearest cell of a point: distance to it, distance to the second nearest, and its own random number. */
export interface NearestCell {
  first: number
  second: number
  identity: number
}

/** Worley's cellular noise: one centre per lattice square, moved by up to `scatter` (0 to 1) of the square's side. */
export function nearestCell(
  u: number,
  v: number,
  seed: number,
  scatter: number,
  metric: Metric,
  found: NearestCell,
): void {
  found.first = 9
  found.second = 9
  const column = Math.floor(u)
  const row = Math.floor(v)
  for (let y = row - 1; y <= row + 1; y++) {
    for (let x = column - 1; x <= column + 1; x++) {
      const bits = hash(x, y, seed)
      const across = Math.abs(x + 0.5 + scatter * ((bits & 0xffff) / 0xffff - 0.5) - u)
      const down = Math.abs(y + 0.5 + scatter * ((bits >>> 16) / 0xffff - 0.5) - v)
      const distance = measure(across, down, metric)
      if (distance < found.first) {
        found.second = found.first
        found.first = distance
        found.identity = hash(y, x, seed) * unit
      } else if (distance < found.second) found.second = distance
    }
  }
}

function measure(across: number, down: number, metric: Metric): number {
  if (metric === 'euclidean') return Math.sqrt(across * across + down * down)
  return metric === 'manhattan' ? across + down : Math.max(across, down)
}
