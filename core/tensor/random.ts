/** @file Seeded random numbers whose whole state is one integer, so that a run can store it and continue. */

/** A generator: `state` is a uint32 that determines every later draw. */
export interface Random {
  state: number
}

/** A generator from any integer seed; seeds that differ by one give unrelated streams. */
export function createRandom(seed: number): Random {
  return { state: mix(seed >>> 0) }
}

/** An independent generator for a named part of the work (an epoch, an image): same key, same stream. */
export function forkRandom(seed: number, ...keys: readonly number[]): Random {
  let state = mix(seed >>> 0)
  for (const key of keys) state = mix((state ^ mix((key >>> 0) + 0x9e3779b9)) >>> 0)
  return { state }
}

// The finaliser of MurmurHash3: every input bit changes every output bit with probability about one half.
function mix(value: number): number {
  let h = value >>> 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Uniform in [0, 1), 32 bits. Mulberry32: a Weyl sequence through a mixing function. */
export function uniform(random: Random): number {
  random.state = (random.state + 0x6d2b79f5) >>> 0
  let t = random.state
  t = Math.imul(t ^ (t >>> 15), t | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

/** Uniform integer in [0, below). */
export function integer(random: Random, below: number): number {
  return Math.floor(uniform(random) * below)
}

/** Standard normal, by Box and Muller's transform. */
export function normal(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(random)))
  return radius * Math.cos(2 * Math.PI * uniform(random))
}

/** A shuffled copy (Fisher and Yates). */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = integer(random, last + 1)
    const held = result[last] as T
    result[last] = result[other] as T
    result[other] = held
  }
  return result
}
