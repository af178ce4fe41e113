/**
 * @file The classes of formula-driven pretraining: each is a set of parameters of some formula, and its pictures are
 * rendered when they are needed (Kataoka et al., "Pre-training without natural images", 2020). No picture is stored.
 */
import { createCanvas, type Canvas } from './canvas.ts'
import { createCurve } from './curves.ts'
import { createFractal } from './fractals.ts'
import { createOutline } from './outlines.ts'
import { createTint } from './palette.ts'
import { renderScene } from './scene.ts'
import { createShape, createSurface, createTexturedShape, createTintedShape } from './shapes.ts'
import type { Subject } from './subject.ts'
import { createTexture } from './textures.ts'
import { assertNever } from '../errors.ts'
import { at } from '../tensor/shape.ts'
import { forkRandom, type Random } from '../tensor/random.ts'

/** A fixed number of classes, distinguished by form, texture or, in some of them, colour. */
export interface FormulaClasses {
  readonly count: number
  /**
   * Renders one picture of class `label`; the same state of `instance` gives the same bytes.
   *
   * @param pixels written: [R, R, 3], R = `resolution`, interleaved red, green, blue
   */
  render(label: number, instance: Random, pixels: Uint8Array, resolution: number): void
}

// The kinds take turns, so the first classes of a longer list are those of a shorter one.
const turns = [
  'shape',
  'fractal',
  'texture',
  'tinted',
  'shape',
  'curve',
  'texture',
  'fractal',
  'shape',
  'textured',
] as const

// Outlines times this many tints (or textures) are all classes: neither of the two alone identifies the class.
const tintCount = 6
const textureCount = 6

/** `count` classes, all their parameters following from `seed`. */
export function createFormulaClasses(count: number, seed: number): FormulaClasses {
  const subjects = Array.from({ length: count }, (_, label) => createSubject(label, seed))
  let canvas: Canvas | undefined
  return {
    count,
    render(label, instance, pixels, resolution) {
      if (canvas?.resolution !== resolution) canvas = createCanvas(resolution)
      renderScene(at(subjects, label), instance, canvas, pixels)
    },
  }
}

// Streams of parameters that several classes share are forked by these keys, a class's own by its label.
const [outlineKey, tintKey, textureKey, ownKey] = [1, 2, 3, 4]

function createSubject(label: number, seed: number): Subject {
  const own = forkRandom(seed, ownKey, label)
  const round = Math.floor(label / turns.length)
  const kind = at(turns, label % turns.length)
  switch (kind) {
    case 'shape':
      return createShape(own, createOutline(own))
    case 'fractal':
      return createFractal(own)
    case 'texture':
      return createSurface(createTexture(own))
    case 'curve':
      return createCurve(own)
    case 'tinted': {
      const tint = round % tintCount
      const outline = createOutline(forkRandom(seed, outlineKey, Math.floor(round / tintCount)))
      return createTintedShape(outline, createTint(forkRandom(seed, tintKey, tint), tint, tintCount))
    }
    case 'textured': {
      const outline = createOutline(forkRandom(seed, outlineKey, Math.floor(round / textureCount)))
      return createTexturedShape(outline, createTexture(forkRandom(seed, textureKey, round % textureCount)))
    }
    default:
      return assertNever(kind)
  }
}
