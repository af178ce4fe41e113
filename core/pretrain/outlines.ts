/** @file Closed outlines as levels: below 1 inside, 1 on the line, above outside; alone or arranged in rings and grids. */
import { between, chance, integerBetween, jitter, pick } from './sampling.ts'
import type { Field } from './canvas.ts'
import type { Random } from '../tensor/random.ts'

/** A family of outlines of one class: `instantiate` gives the level of a single one, slightly different each time. */
export interface Outline {
  instantiate(instance: Random): Field
}

/** r(angle), any positive scale. */
type Radius = (angle: number) => number
type RadiusFamily = (instance: Random) => Radius

/**
 * An outline with random parameters: a circle with two waves on it (Takashima et al., "Visual atoms", 2023) or Gielis's
 * superformula (2003), optionally twisted, and in some classes repeated around a ring or over a grid.
 */
export function createOutline(random: Random): Outline {
  const family = chance(random, 0.55) ? createWave(random) : createSuperformula(random)
  const twist = chance(random, 0.25) ? pick(random, [-1, 1]) * between(random, 0.5, 1.6) : 0
  const arrange = createArrangement(random)
  return {
    instantiate(instance) {
      return arrange(levelOf(tabulate(instance, family(instance)), jitter(instance, twist, 0.15)))
    },
  }
}

function createWave(random: Random): RadiusFamily {
  const slow = integerBetween(random, 2, 8)
  const fast = slow + integerBetween(random, 1, 16)
  const high = between(random, 0.12, 0.5)
  const low = chance(random, 0.6) ? between(random, 0.04, 0.28) : 0
  const phase = between(random, 0, Math.PI)
  const sharpness = pick(random, [1, 1, 2, 0.5])
  return (instance) => {
    const [first, second] = [jitter(instance, high, 0.12), jitter(instance, low, 0.12)]
    return (angle) => {
      const wave = 2 * Math.abs(Math.cos((slow / 2) * angle)) ** (2 * sharpness) - 1
      return 1 + first * wave + second * Math.cos(fast * angle + phase)
    }
  }
}

function createSuperformula(random: Random): RadiusFamily {
  const symmetry = integerBetween(random, 3, 12)
  const roundness = between(random, 0.4, 3)
  const second = between(random, 0.6, 5)
  const third = chance(random, 0.5) ? second : between(random, 0.6, 5)
  return (instance) => {
    const n = jitter(instance, roundness, 0.08)
    return (angle) => {
      const quarter = (symmetry * angle) / 4
      const sum = Math.abs(Math.cos(quarter)) ** second + Math.abs(Math.sin(quarter)) ** third
      return sum ** (-1 / n)
    }
  }
}

const tableSize = 512

// Radii at equal angles, the greatest 1, with a slow wobble that differs from instance to instance.
function tabulate(instance: Random, radius: Radius): Float32Array {
  const wobble = between(instance, 0, 0.06)
  const phase = between(instance, 0, 2 * Math.PI)
  const table = new Float32Array(tableSize + 1)
  let greatest = 0
  for (let index = 0; index <= tableSize; index++) {
    const angle = (index / tableSize) * 2 * Math.PI
    const value =
      radius(angle) * (1 + wobble * Math.cos(2 * angle + phase) + wobble * Math.cos(3 * angle - phase))
    greatest = Math.max(greatest, value)
    table[index] = value
  }
  // Spikes to the very centre would be thinner than a pixel.
  for (let index = 0; index <= tableSize; index++)
    table[index] = Math.max(0.12, (table[index] as number) / greatest)
  return table
}

function levelOf(table: Float32Array, twist: number): Field {
  const perRadian = tableSize / (2 * Math.PI)
  return (u, v) => {
    const distance = Math.sqrt(u * u + v * v)
    if (distance > 2) return distance
    const turns = (Math.atan2(v, u) + twist * distance) * perRadian + 2 * tableSize
    const whole = Math.floor(turns)
    const index = whole % tableSize
    const low = table[index] as number
    return distance / (low + ((table[index + 1] as number) - low) * (turns - whole))
  }
}

function createArrangement(random: Random): (level: Field) => Field {
  const kind = pick(random, ['single', 'single', 'single', 'ring', 'ring', 'grid'] as const)
  if (kind === 'ring') return ring(integerBetween(random, 3, 9), chance(random, 0.5))
  if (kind === 'grid')
    return grid(integerBetween(random, 2, 4), integerBetween(random, 2, 4), chance(random, 0.4))
  return (level) => level
}

// Folds the plane into equal sectors, the outline in the middle of each; with or without one at the centre.
function ring(count: number, centred: boolean): (level: Field) => Field {
  const sector = (2 * Math.PI) / count
  // Equal discs that touch their neighbours have radius sin / (1 + sin) of the half sector.
  const size = Math.min(0.36, (0.95 * Math.sin(sector / 2)) / (1 + Math.sin(sector / 2)))
  const away = 1 - size
  return (level) => (u, v) => {
    const distance = Math.sqrt(u * u + v * v)
    const turn = Math.atan2(v, u)
    const angle = turn - sector * Math.round(turn / sector)
    const outer = level((distance * Math.cos(angle) - away) / size, (distance * Math.sin(angle)) / size)
    return centred ? Math.min(outer, level(u / (away - size), v / (away - size))) : outer
  }
}

// Columns and rows of copies over the square around the unit disc; `staggered` rows are shifted by half a column.
function grid(columns: number, rows: number, staggered: boolean): (level: Field) => Field {
  return (level) => (u, v) => {
    const y = ((v + 0.9) / 1.8) * rows
    const row = Math.floor(y)
    const x = ((u + 0.9) / 1.8) * columns + (staggered && (row & 1) === 1 ? 0.5 : 0)
    if (y < 0 || y >= rows || x < 0 || x >= columns) return 9
    return level((x - Math.floor(x) - 0.5) * 2.3, (y - row - 0.5) * 2.3)
  }
}
