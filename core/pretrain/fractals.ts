/** @file Subjects made of point clouds: attractors of iterated function systems, sampled at random. */
import { between, clamp01, integerBetween, jitter } from './sampling.ts'
import { addPoint, settleCloud, type Canvas } from './canvas.ts'
import { objectPoses, randomPose } from './pose.ts'
import type { Subject } from './subject.ts'
import { at } from '../tensor/shape.ts'
import { uniform, type Random } from '../tensor/random.ts'

/** (u, v) -> (a u + b v + e, c u + d v + f), taken with probability growing to `until`; `tone` marks its points. */
interface AffineMap {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
  readonly tone: number
  readonly until: number
}

/** Centre and size of an attractor: subtract the one, divide by the other, and most of it is in the unit disc. */
interface Extent {
  readonly u: number
  readonly v: number
  readonly size: number
}

const warmUp = 20
const measured = 600

/**
 * The class of one iterated function system of 2 to 5 affine maps. Systems are drawn by singular values with the
 * contraction that Anderson and Farrell ("Improving fractal pre-training", 2022) found to give rich shapes, and kept
 * when the attractor covers a sane part of the picture.
 */
export function createFractal(random: Random): Subject {
  let maps = randomSystem(random)
  for (let attempt = 0; attempt < 60 && !isWellFilled(maps, random); attempt++) maps = randomSystem(random)
  return { draw: (instance, canvas) => drawSystem(instance, canvas, perturbed(instance, maps)) }
}

function drawSystem(instance: Random, canvas: Canvas, maps: readonly AffineMap[]): void {
  const { resolution } = canvas
  const { toFrame, scale } = randomPose(instance, objectPoses, resolution)
  const extent = measureSystem(maps, instance)
  const { a, b, c, d, e, f, g, h } = toFrame
  // As many points as the subject's disc has pixels, and a half more.
  const points = Math.round(1.5 * Math.PI * scale * scale)
  play(maps, instance, points, (u, v, tone) => {
    const x = (u - extent.u) / extent.size
    const y = (v - extent.v) / extent.size
    const w = 1 / (g * x + h * y + 1)
    addPoint(canvas, (a * x + b * y + c) * w, (d * x + e * y + f) * w, tone)
  })
  settleCloud(canvas, between(instance, 0.8, 2))
}

// The chaos game; a point's tone is the running mean of its maps' tones, so that parts of the attractor differ.
function play(
  maps: readonly AffineMap[],
  random: Random,
  points: number,
  visit: (u: number, v: number, tone: number) => void,
): void {
  let [u, v, tone] = [0, 0, 0.5]
  for (let point = -warmUp; point < points; point++) {
    const draw = uniform(random)
    let chosen = 0
    while (draw >= (maps[chosen] as AffineMap).until) chosen++
    const map = maps[chosen] as AffineMap
    const next = map.a * u + map.b * v + map.e
    v = map.c * u + map.d * v + map.f
    u = next
    tone = (tone + map.tone) / 2
    if (point >= 0) visit(u, v, tone)
  }
}

function measureSystem(maps: readonly AffineMap[], random: Random): Extent {
  let [sumU, sumV, squares] = [0, 0, 0]
  play(maps, random, measured, (u, v) => {
    sumU += u
    sumV += v
    squares += u * u + v * v
  })
  const [u, v] = [sumU / measured, sumV / measured]
  return { u, v, size: 1.6 * Math.sqrt(Math.max(1e-9, squares / measured - u * u - v * v)) }
}

function randomSystem(random: Random): AffineMap[] {
  const count = integerBetween(random, 2, 5)
  const maps = randomContractions(random, count).map(([first, second], index) => {
    const [turn, axis] = [between(random, -Math.PI, Math.PI), between(random, -Math.PI, Math.PI)]
    const mirrored = uniform(random) < 0.5 ? -second : second
    const [cosTurn, sinTurn, cosAxis, sinAxis] = [
      Math.cos(turn),
      Math.sin(turn),
      Math.cos(axis),
      Math.sin(axis),
    ]
    return {
      a: cosTurn * first * cosAxis - sinTurn * mirrored * sinAxis,
      b: -cosTurn * first * sinAxis - sinTurn * mirrored * cosAxis,
      c: sinTurn * first * cosAxis + cosTurn * mirrored * sinAxis,
      d: -sinTurn * first * sinAxis + cosTurn * mirrored * cosAxis,
      e: between(random, -1, 1),
      f: between(random, -1, 1),
      tone: index / (count - 1),
      until: 0,
    }
  })
  return withProbabilities(maps)
}

// Pairs of singular values, redrawn until their weighted sum is where attractors are neither dust nor blobs.
function randomContractions(random: Random, count: number): [number, number][] {
  for (let attempt = 0; ; attempt++) {
    const pairs = Array.from({ length: count }, (): [number, number] => {
      const first = between(random, 0.25, 0.95)
      return [first, first * between(random, 0.15, 1)]
    })
    const sum = pairs.reduce((total, [first, second]) => total + first + 2 * second, 0)
    if (attempt === 200 || (sum > (5 + count) / 2 && sum < (6 + count) / 2)) return pairs
  }
}

// In proportion to the area that each map keeps, with a little for maps that flatten the plane.
function withProbabilities(maps: readonly AffineMap[]): AffineMap[] {
  const areas = maps.map(({ a, b, c, d }) => Math.abs(a * d - b * c) + 0.03)
  const total = areas.reduce((sum, area) => sum + area, 0)
  let until = 0
  return maps.map((map, index) => {
    until += at(areas, index) / total
    return { ...map, until: index === maps.length - 1 ? 1 : until }
  })
}

function perturbed(instance: Random, maps: readonly AffineMap[]): AffineMap[] {
  return maps.map((map) => ({
    ...map,
    a: jitter(instance, map.a, 0.06),
    b: jitter(instance, map.b, 0.06),
    c: jitter(instance, map.c, 0.06),
    d: jitter(instance, map.d, 0.06),
    tone: clamp01(map.tone + between(instance, -0.1, 0.1)),
  }))
}

const gridSide = 24

// On a coarse grid over the disc's square: between a seventh and two thirds of the squares are met.
function isWellFilled(maps: readonly AffineMap[], random: Random): boolean {
  const extent = measureSystem(maps, random)
  const met = new Uint8Array(gridSide * gridSide)
  play(maps, random, 2500, (u, v) => {
    const column = Math.floor(((u - extent.u) / extent.size + 1) * (gridSide / 2))
    const row = Math.floor(((v - extent.v) / extent.size + 1) * (gridSide / 2))
    if (column >= 0 && row >= 0 && column < gridSide && row < gridSide) met[row * gridSide + column] = 1
  })
  const filled = met.reduce((sum, one) => sum + one, 0) / met.length
  return filled > 0.15 && filled < 0.66
}
