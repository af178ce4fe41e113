/** @file Subjects made of outlines: filled, ringed, lined, shaded or textured, with edges smooth to a pixel. */
import { between, chance, clamp01, integerBetween, jitter, pick } from './sampling.ts'
import { evaluate, type Canvas } from './canvas.ts'
import type { Outline } from './outlines.ts'
import type { Tint } from './palette.ts'
import { objectPoses, randomPose, surfacePoses, type PoseRange } from './pose.ts'
import type { Subject } from './subject.ts'
import type { Texture } from './textures.ts'
import type { Random } from '../tensor/random.ts'

/** Coverage and tone of a pixel from its level and from how much the level changes over one pixel. */
interface Style {
  coverage(level: number, perPixel: number): number
  tone(level: number, perPixel: number): number
}

/** The class of an outline drawn in one random style: plain, shaded, layered, rings or a line. */
export function createShape(random: Random, outline: Outline): Subject {
  const kind = pick(random, ['plain', 'shaded', 'layered', 'layered', 'rings', 'line'] as const)
  const count = integerBetween(random, 2, 5)
  const share = between(random, 0.35, 0.65)
  return {
    draw: (instance, canvas) =>
      drawOutline(instance, canvas, outline, createStyle(instance, kind, count, share)),
  }
}

/** The class of an outline in given colours, layered so that all of them show. */
export function createTintedShape(outline: Outline, tint: Tint): Subject {
  return {
    tint,
    draw: (instance, canvas) =>
      drawOutline(instance, canvas, outline, createStyle(instance, 'layered', 3, 0.5)),
  }
}

/** The class of an outline filled with a texture, which lies on it as on a surface of its own. */
export function createTexturedShape(outline: Outline, texture: Texture): Subject {
  return {
    draw(instance, canvas) {
      drawOutline(instance, canvas, outline, createStyle(instance, 'plain', 1, 0.5))
      drawSurface(instance, canvas, texture, insidePoses)
    },
  }
}

/** The class of a texture that fills the picture. */
export function createSurface(texture: Texture): Subject {
  return {
    draw(instance, canvas) {
      canvas.coverage.fill(1)
      drawSurface(instance, canvas, texture, surfacePoses)
    },
  }
}

// Finer than on a surface that fills the picture, so that enough of the texture shows.
const insidePoses: PoseRange = { ...surfacePoses, size: [0.45, 0.65] }

function drawSurface(instance: Random, canvas: Canvas, texture: Texture, poses: PoseRange): void {
  const { toPlane } = randomPose(instance, poses, canvas.resolution)
  evaluate(texture.instantiate(instance), toPlane, canvas.resolution, canvas.tone, canvas.coverage)
}

function drawOutline(instance: Random, canvas: Canvas, outline: Outline, style: Style): void {
  const { resolution, coverage, tone, scratch } = canvas
  const { toPlane } = randomPose(instance, objectPoses, resolution)
  evaluate(outline.instantiate(instance), toPlane, resolution, scratch)
  for (let row = 0, index = 0; row < resolution; row++) {
    const below = row === resolution - 1 ? -resolution : resolution
    for (let column = 0; column < resolution; column++, index++) {
      const level = scratch[index] as number
      if (level > 1.5) continue
      const beside = column === resolution - 1 ? -1 : 1
      const across = Math.abs(level - (scratch[index + beside] as number))
      const down = Math.abs(level - (scratch[index + below] as number))
      const perPixel = Math.min(0.3, Math.max(0.002, across + down))
      coverage[index] = style.coverage(level, perPixel)
      tone[index] = style.tone(level, perPixel)
    }
  }
}

// Tones whose colours are known to differ from the background; those between may happen to equal it.
const stops = [0, 0.5, 1] as const

type StyleKind = 'plain' | 'shaded' | 'layered' | 'rings' | 'line'

function createStyle(instance: Random, kind: StyleKind, count: number, share: number): Style {
  const flat = pick(instance, stops)
  const rising = chance(instance, 0.5)
  const width = jitter(instance, share, 0.15)
  switch (kind) {
    case 'plain':
      return { coverage: inside, tone: () => flat }
    case 'shaded':
      return { coverage: inside, tone: (level) => clamp01(rising ? level : 1 - level) }
    case 'layered':
      return {
        coverage: inside,
        tone: (level, perPixel) => steps(rising ? level : 1 - level, count, perPixel),
      }
    case 'rings':
      return {
        coverage: (level, perPixel) =>
          inside(level, perPixel) * stripe(level * count, width, perPixel * count),
        tone: () => flat,
      }
    case 'line':
      return {
        coverage: (level, perPixel) => clamp01((0.22 * width - Math.abs(level - 0.9)) / perPixel + 0.5),
        tone: () => flat,
      }
  }
}

function inside(level: number, perPixel: number): number {
  return clamp01((1 - level) / perPixel + 0.5)
}

// A staircase from 0 to 1 with `count` treads over levels 0 to 1, its risers a pixel wide.
function steps(level: number, count: number, perPixel: number): number {
  const scaled = clamp01(level) * count
  const tread = Math.floor(scaled)
  const riser = clamp01((scaled - tread - 1) / (perPixel * count) + 1)
  return clamp01((tread + riser) / (count - 1 || 1))
}

// Bands of one unit's length, covered over this share of each.
function stripe(phase: number, share: number, perPixel: number): number {
  const distance = Math.abs(phase - Math.floor(phase) - 0.5) * 2
  return clamp01((share - distance) / (2 * perPixel) + 0.5)
}
