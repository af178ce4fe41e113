/** @file Where a formula's plane is in the picture: shift, size, rotation, stretch and a slight tilt, as a homography. */
import { chance, between } from './sampling.ts'
import type { Random } from '../tensor/random.ts'

/** x' = (a x + b y + c) / (g x + h y + 1), y' = (d x + e y + f) / (g x + h y + 1). */
export interface Homography {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
  readonly g: number
  readonly h: number
}

/** Both directions between the plane, where a subject fills the unit disc, and the picture in pixels. */
export interface Pose {
  readonly toFrame: Homography
  readonly toPlane: Homography
  /** Pixels per unit of the plane at the subject's centre. */
  readonly scale: number
}

/** How far instances may differ. Offsets and sizes are in halves of the picture's side, `turn` in radians. */
export interface PoseRange {
  readonly offset: number
  readonly size: readonly [number, number]
  readonly turn: number
  readonly stretch: number
  readonly tilt: number
}

/** Poses of a subject that appears in the picture as a thing. */
export const objectPoses: PoseRange = { offset: 0.22, size: [0.55, 1], turn: 0.5, stretch: 0.2, tilt: 0.18 }

/** Poses of a surface that fills the picture. */
export const surfacePoses: PoseRange = { offset: 1, size: [0.8, 1.2], turn: 0.3, stretch: 0.12, tilt: 0.2 }

/** A pose for a picture of `resolution` x `resolution` pixels; half of all poses are mirrored. */
export function randomPose(random: Random, range: PoseRange, resolution: number): Pose {
  const half = resolution / 2
  const scale = half * between(random, range.size[0], range.size[1])
  const stretch = 1 + between(random, -range.stretch, range.stretch)
  const turn = between(random, -range.turn, range.turn)
  const across = scale * stretch * (chance(random, 0.5) ? 1 : -1)
  const down = scale / stretch
  const shear = between(random, -range.stretch, range.stretch)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const x = half * (1 + between(random, -range.offset, range.offset))
  const y = half * (1 + between(random, -range.offset, range.offset))
  const g = between(random, -range.tilt, range.tilt)
  const h = between(random, -range.tilt, range.tilt)
  const a = across * cos
  const b = down * (shear * cos - sin)
  const d = across * sin
  const e = down * (shear * sin + cos)
  // The centre stays at (x, y) under the tilt, because (g, h) multiply plane coordinates that are zero there.
  const toFrame = { a: a + g * x, b: b + h * x, c: x, d: d + g * y, e: e + h * y, f: y, g, h }
  return { toFrame, toPlane: invert(toFrame), scale }
}

// The adjugate matrix, scaled so that its last element is 1.
function invert({ a, b, c, d, e, f, g, h }: Homography): Homography {
  const last = a * e - b * d
  return {
    a: (e - f * h) / last,
    b: (c * h - b) / last,
    c: (b * f - c * e) / last,
    d: (f * g - d) / last,
    e: (a - c * g) / last,
    f: (c * d - a * f) / last,
    g: (d * h - e * g) / last,
    h: (b * g - a * h) / last,
  }
}
