/** @file Colours of a picture: a gradient for the subject and one for the background, always far enough apart to be seen. */
import { between, chance, clamp01, jitter, pick } from './sampling.ts'
import { uniform, type Random } from '../tensor/random.ts'

/** Red, green, blue, each 0 to 255. */
export type Colour = readonly [number, number, number]

/** The subject's colour at tones 0, 1/2 and 1. */
export type Gradient = readonly [Colour, Colour, Colour]

/** Hue, saturation, value of three stops, each 0 to 1: a gradient that is a part of a class. */
export type Tint = readonly (readonly [number, number, number])[]

/** The colours of one picture. */
export interface Palette {
  readonly subject: Gradient
  readonly backdrop: readonly [Colour, Colour]
}

// In 0 to 255 units of Euclidean distance: below it, line drawings vanish in the noise.
const leastContrast = 110

/** The palette of an instance. With a `tint` the subject keeps its class's colours up to light and camera. */
export function randomPalette(random: Random, tint: Tint | undefined): Palette {
  for (let attempt = 0; ; attempt++) {
    const subject = tint === undefined ? randomGradient(random) : tintedGradient(random, tint)
    const ground = randomColour(random)
    const palette: Palette = { subject, backdrop: [ground, nearby(random, ground)] }
    if (attempt === 20 || isReadable(palette, tint !== undefined)) return palette
  }
}

/** Colours for class number `index` of `count` tints: hues evenly spread, the three stops of unlike brightness. */
export function createTint(random: Random, index: number, count: number): Tint {
  const hue = index / count
  const second = hue + between(random, 0.1, 0.5)
  const third = hue + between(random, 0.4, 0.9)
  return [
    [hue, between(random, 0.6, 0.95), between(random, 0.75, 0.95)],
    [second, between(random, 0.3, 0.9), between(random, 0.3, 0.9)],
    [third, between(random, 0.3, 0.9), between(random, 0.2, 0.95)],
  ]
}

function tintedGradient(random: Random, tint: Tint): Gradient {
  const light = between(random, 0.8, 1.1)
  const [first, second, third] = tint.map(([hue, saturation, value]) =>
    colour(
      hue + between(random, -0.03, 0.03),
      clamp01(jitter(random, saturation, 0.15)),
      clamp01(value * light),
    ),
  )
  return [first, second, third] as Gradient
}

function randomGradient(random: Random): Gradient {
  const first = randomColour(random)
  const third = randomColour(random)
  const second = chance(random, 0.5) ? mix(first, third, 0.5) : randomColour(random)
  return [first, second, third]
}

function randomColour(random: Random): Colour {
  return colour(uniform(random), uniform(random) ** 1.2, between(random, 0.08, 1))
}

function nearby(random: Random, { 0: red, 1: green, 2: blue }: Colour): Colour {
  const reach = pick(random, [20, 50, 110])
  const shift = (channel: number): number => 255 * clamp01((channel + between(random, -reach, reach)) / 255)
  return [shift(red), shift(green), shift(blue)]
}

function isReadable({ subject, backdrop }: Palette, tinted: boolean): boolean {
  const ground = mix(backdrop[0], backdrop[1], 0.5)
  const apart = subject.every((stop) => contrast(stop, ground) > leastContrast * 0.7)
  return apart && (tinted || contrast(subject[0], subject[2]) > leastContrast)
}

function contrast(one: Colour, other: Colour): number {
  return Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])
}

/** The colour at `share` of the way from one to the other. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const blend = (from: number, to: number): number => from + (to - from) * share
  return [blend(one[0], other[0]), blend(one[1], other[1]), blend(one[2], other[2])]
}

// Hue, saturation and value to red, green and blue (Smith 1978); the hue counts whole turns.
function colour(hue: number, saturation: number, value: number): Colour {
  const channel = (offset: number): number => {
    const sector = (((hue * 6 + offset) % 6) + 6) % 6
    return 255 * value * (1 - saturation * clamp01(Math.min(sector, 4 - sector)))
  }
  return [channel(5), channel(3), channel(1)]
}
