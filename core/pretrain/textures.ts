/** @file Surfaces as tones from 0 to 1 over the whole plane: waves, clouds and cells. */
import { between, chance, clamp01, integerBetween, jitter, pick } from './sampling.ts'
import { fractalNoise, nearestCell, valueNoise, type NearestCell } from './noise.ts'
import type { Field } from './canvas.ts'
import { integer, type Random } from '../tensor/random.ts'

/** A family of surfaces of one class: `instantiate` gives the tone of a single one, slightly different each time. */
export interface Texture {
  instantiate(instance: Random): Field
}

/** A surface with random parameters. One unit of the plane is half of a picture's side. */
export function createTexture(random: Random): Texture {
  const texture = pick(random, [createWaves, createClouds, createClouds, createCells, createCells])(random)
  return chance(random, 0.35) ? warped(texture, between(random, 0.08, 0.3), between(random, 1, 3)) : texture
}

interface Wave {
  readonly frequency: number
  readonly angle: number
}

// Sums or products of gratings: stripes, checks, plaids.
function createWaves(random: Random): Texture {
  const waves = Array.from({ length: integerBetween(random, 1, 3) }, (): Wave => ({
    frequency: 1.2 * 6 ** between(random, 0, 1),
    angle: between(random, 0, Math.PI),
  }))
  const steepness = pick(random, [0.8, 1.5, 6])
  const multiply = chance(random, 0.4)
  return {
    instantiate(instance) {
      const scaled = waves.map(({ frequency, angle }) => {
        const turns = 2 * Math.PI * jitter(instance, frequency, 0.08)
        return {
          across: turns * Math.cos(angle),
          down: turns * Math.sin(angle),
          phase: between(instance, 0, 6.3),
        }
      })
      return (u, v) => {
        let value = multiply ? 1 : 0
        for (const { across, down, phase } of scaled) {
          const wave = Math.sin(across * u + down * v + phase)
          value = multiply ? value * wave : value + wave
        }
        return clamp01(0.5 + 0.5 * steepness * value)
      }
    },
  }
}

// Fractal noise as it is, folded into ridges, cut into bands like wood, or pushed to two tones.
function createClouds(random: Random): Texture {
  const frequency = 1.2 * 5 ** between(random, 0, 1)
  const octaves = integerBetween(random, 1, 4)
  const gain = between(random, 0.4, 0.75)
  const stretch = chance(random, 0.5) ? between(random, 2, 6) : 1
  const angle = between(random, 0, Math.PI)
  const mode = pick(random, ['plain', 'ridges', 'bands', 'patches'] as const)
  const bands = between(random, 2, 7)
  return {
    instantiate(instance) {
      const seed = integer(instance, 2 ** 31)
      const scale = jitter(instance, frequency, 0.1)
      const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale]
      return (u, v) => {
        const noise = fractalNoise(u * cos + v * sin, (v * cos - u * sin) / stretch, seed, octaves, gain)
        if (mode === 'bands') return 0.5 + 0.5 * Math.sin(2 * Math.PI * bands * noise)
        if (mode === 'ridges') return clamp01(1 - 4 * Math.abs(noise - 0.5))
        return clamp01(0.5 + (noise - 0.5) * (mode === 'patches' ? 14 : 2.2))
      }
    },
  }
}

// Worley cells: shaded, as walls, as a mosaic, or as spots; from a lattice (scales, tiles) to scattered (stones).
function createCells(random: Random): Texture {
  const frequency = 1.5 * 4 ** between(random, 0, 1)
  const scatter = chance(random, 0.3) ? 0 : between(random, 0.3, 1)
  const metric = pick(random, ['manhattan', 'euclidean', 'euclidean', 'chebyshev'] as const)
  const mode = pick(random, ['shade', 'walls', 'mosaic', 'spots'] as const)
  const size = between(random, 0.2, 0.45)
  const stretch = chance(random, 0.4) ? between(random, 1.5, 3) : 1
  return {
    instantiate(instance) {
      const seed = integer(instance, 2 ** 31)
      const scale = jitter(instance, frequency, 0.1)
      const cell: NearestCell = { first: 0, second: 0, identity: 0 }
      return (u, v) => {
        nearestCell(u * scale, (v * scale) / stretch, seed, scatter, metric, cell)
        if (mode === 'shade') return clamp01(cell.first * 1.4)
        if (mode === 'walls') return clamp01((cell.second - cell.first) * 5)
        if (mode === 'mosaic') return clamp01(cell.identity * clamp01((cell.second - cell.first) * 12))
        return clamp01(0.5 + (size - cell.first) * 12)
      }
    },
  }
}

function warped(texture: Texture, amount: number, frequency: number): Texture {
  return {
    instantiate(instance) {
      const seed = integer(instance, 2 ** 31)
      const tone = texture.instantiate(instance)
      return (u, v) => {
        const x = u + amount * (2 * valueNoise(u * frequency, v * frequency, seed) - 1)
        return tone(x, v + amount * (2 * valueNoise(u * frequency, v * frequency, seed + 1) - 1))
      }
    },
  }
}
