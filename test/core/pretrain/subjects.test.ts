/** @file Each kind of subject covers a sane part of the picture, whatever its parameters. */
import { describe, expect, it } from 'vitest'

import { createCanvas } from '../../../core/pretrain/canvas.ts'
import { createCurve } from '../../../core/pretrain/curves.ts'
import { createFractal } from '../../../core/pretrain/fractals.ts'
import { createOutline } from '../../../core/pretrain/outlines.ts'
import { createTint } from '../../../core/pretrain/palette.ts'
import {
  createShape,
  createSurface,
  createTexturedShape,
  createTintedShape,
} from '../../../core/pretrain/shapes.ts'
import type { Subject } from '../../../core/pretrain/subject.ts'
import { createTexture } from '../../../core/pretrain/textures.ts'
import { forkRandom, type Random } from '../../../core/tensor/random.ts'

interface Appearance {
  readonly coverage: number
  readonly spread: number
}

/** Mean coverage, and the standard deviation of tones where the subject is, over four instances at 64 pixels. */
function measure(subject: Subject, seed: number): Appearance {
  const canvas = createCanvas(64)
  let [coverage, spread] = [0, 0]
  for (let instance = 0; instance < 4; instance++) {
    canvas.coverage.fill(0)
    canvas.tone.fill(0)
    subject.draw(forkRandom(seed, instance), canvas)
    expect(canvas.coverage.every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(canvas.tone.every((value) => value >= 0 && value <= 1)).toBe(true)
    coverage += canvas.coverage.reduce((sum, value) => sum + value, 0) / canvas.coverage.length / 4
    const tones = [...canvas.tone].filter((_, index) => canvas.coverage[index]! > 0.5)
    const mean = tones.reduce((sum, value) => sum + value, 0) / tones.length
    spread += Math.sqrt(tones.reduce((sum, value) => sum + (value - mean) ** 2, 0) / tones.length) / 4
  }
  return { coverage, spread }
}

const things: Readonly<Record<string, (random: Random) => Subject>> = {
  shape: (random) => createShape(random, createOutline(random)),
  fractal: createFractal,
  curve: createCurve,
  tinted: (random) => createTintedShape(createOutline(random), createTint(random, 1, 6)),
  textured: (random) => createTexturedShape(createOutline(random), createTexture(random)),
}

describe.each(Object.entries(things))('%s', (_, create) => {
  it('covers between a fiftieth and four fifths of the picture for every set of parameters', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { coverage } = measure(create(forkRandom(2, seed)), seed)
      expect(coverage, `seed ${seed}`).toBeGreaterThan(0.02)
      expect(coverage, `seed ${seed}`).toBeLessThan(0.8)
    }
  })
})

describe('surface', () => {
  it('fills the picture with tones that differ for every set of parameters', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { coverage, spread } = measure(createSurface(createTexture(forkRandom(2, seed))), seed)
      expect(coverage).toBe(1)
      expect(spread, `seed ${seed}`).toBeGreaterThan(0.06)
    }
  })
})
