/** @file Subjects made of one closed line: circles rolling on circles, drawn with a round pen. */
import { between, chance, integerBetween, jitter, pick } from './sampling.ts'
import { stampDisc, type Canvas } from './canvas.ts'
import { objectPoses, randomPose } from './pose.ts'
import type { Subject } from './subject.ts'
import type { Random } from '../tensor/random.ts'

/** One rotating arm: whole turns per round, negative ones backwards. */
interface Arm {
  readonly turns: number
  readonly length: number
  readonly phase: number
}

/** The class of a curve that is the sum of two or three rotating arms (epicycles). */
export function createCurve(random: Random): Subject {
  const start = integerBetween(random, 1, 3)
  const arms: Arm[] = [{ turns: start, length: 1, phase: 0 }]
  const others = integerBetween(random, 1, 2)
  for (let arm = 0; arm < others; arm++) {
    // Arms that do not turn or turn exactly opposite to the first would give a bare circle, ellipse or stick.
    const step = pick(random, [-1, 1]) * integerBetween(random, 2, 9)
    const turns = step === -start || step === -2 * start ? start - step : start + step
    arms.push({ turns, length: between(random, 0.25, 0.9), phase: between(random, 0, 2 * Math.PI) })
  }
  const width = between(random, 0.02, 0.07)
  const shaded = chance(random, 0.5)
  return {
    draw(instance, canvas) {
      const varied = arms.map(({ turns, length, phase }) => ({
        turns,
        length: jitter(instance, length, 0.1),
        phase,
      }))
      drawCurve(instance, canvas, varied, jitter(instance, width, 0.25), shaded)
    },
  }
}

function drawCurve(
  instance: Random,
  canvas: Canvas,
  arms: readonly Arm[],
  width: number,
  shaded: boolean,
): void {
  const { toFrame, scale } = randomPose(instance, objectPoses, canvas.resolution)
  const { a, b, c, d, e, f, g, h } = toFrame
  const reach = arms.reduce((sum, { length }) => sum + length, 0)
  const speed = arms.reduce((sum, { length, turns }) => sum + length * Math.abs(turns), 0)
  const radius = Math.max(0.6, width * scale)
  // The pen moves by less than its radius between two stamps even where it is fastest.
  const stamps = Math.min(
    6000,
    Math.ceil((2 * Math.PI * speed * scale) / (reach * Math.max(0.7, 0.6 * radius))),
  )
  const flat = pick(instance, [0, 0.5, 1])
  for (let stamp = 0; stamp < stamps; stamp++) {
    const round = (stamp / stamps) * 2 * Math.PI
    let [u, v] = [0, 0]
    for (const { turns, length, phase } of arms) {
      u += (length / reach) * Math.cos(turns * round + phase)
      v += (length / reach) * Math.sin(turns * round + phase)
    }
    const w = 1 / (g * u + h * v + 1)
    const tone = shaded ? 0.5 + 0.5 * Math.cos(round) : flat
    stampDisc(canvas, (a * u + b * v + c) * w, (d * u + e * v + f) * w, radius, tone)
  }
}
