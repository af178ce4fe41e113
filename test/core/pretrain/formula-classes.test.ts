/** @file The rendered classes: the same bytes from the same seed, something to see in each, and instances that belong together. */
import { describe, expect, it } from 'vitest'

import { createFormulaClasses, type FormulaClasses } from '../../../core/pretrain/formula-classes.ts'
import { forkRandom } from '../../../core/tensor/random.ts'

const resolution = 64

function render(classes: FormulaClasses, label: number, instance: number, side = resolution): Uint8Array {
  const pixels = new Uint8Array(side * side * 3)
  classes.render(label, forkRandom(11, label, instance), pixels, side)
  return pixels
}

function luminance(pixels: Uint8Array): Float32Array {
  return Float32Array.from(
    { length: pixels.length / 3 },
    (_, index) => 0.3 * pixels[3 * index]! + 0.59 * pixels[3 * index + 1]! + 0.11 * pixels[3 * index + 2]!,
  )
}

/** Histogram of edge directions on 4 x 4 squares, root-normalised: what a shape looks like, whatever its colours. */
function edges(pixels: Uint8Array): Float32Array {
  const grey = luminance(pixels)
  const histogram = new Float32Array(4 * 4 * 8)
  for (let y = 1; y < resolution - 1; y++) {
    for (let x = 1; x < resolution - 1; x++) {
      const index = y * resolution + x
      const across = grey[index + 1]! - grey[index - 1]!
      const down = grey[index + resolution]! - grey[index - resolution]!
      const direction = Math.min(
        7,
        Math.floor((((Math.atan2(down, across) + Math.PI) % Math.PI) / Math.PI) * 8),
      )
      const square = Math.floor((4 * y) / resolution) * 4 + Math.floor((4 * x) / resolution)
      histogram[square * 8 + direction]! += Math.hypot(across, down)
    }
  }
  return rootNormalised(histogram)
}

/** Histogram of colours, 4 levels per channel. */
function colours(pixels: Uint8Array): Float32Array {
  const histogram = new Float32Array(64)
  for (let index = 0; index < pixels.length; index += 3) {
    histogram[(pixels[index]! >> 6) * 16 + (pixels[index + 1]! >> 6) * 4 + (pixels[index + 2]! >> 6)]!++
  }
  return rootNormalised(histogram)
}

function rootNormalised(histogram: Float32Array): Float32Array {
  const total = histogram.reduce((sum, value) => sum + value, 0) + 1e-9
  return histogram.map((value) => Math.sqrt(value / total))
}

function distance(one: Float32Array, other: Float32Array): number {
  return Math.sqrt(one.reduce((sum, value, index) => sum + (value - other[index]!) ** 2, 0))
}

function meanOf(descriptors: readonly Float32Array[]): Float32Array {
  const sum = new Float32Array(descriptors[0]!.length)
  for (const descriptor of descriptors)
    for (const [index, value] of descriptor.entries()) sum[index]! += value
  return sum.map((value) => value / descriptors.length)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** The share of new instances that are nearest to the mean of their own class. */
function nearestMeanAccuracy(
  classes: FormulaClasses,
  labels: readonly number[],
  describePixels: (pixels: Uint8Array) => Float32Array,
): number {
  const means = labels.map((label) =>
    meanOf(range(0, 12).map((i) => describePixels(render(classes, label, i)))),
  )
  const right = labels.flatMap((label, own) =>
    range(12, 18).map((i) => {
      const descriptor = describePixels(render(classes, label, i))
      const distances = means.map((mean) => distance(mean, descriptor))
      return distances.indexOf(Math.min(...distances)) === own ? 1 : 0
    }),
  )
  return right.reduce<number>((sum, one) => sum + one, 0) / right.length
}

describe('createFormulaClasses', () => {
  const classes = createFormulaClasses(120, 7)

  it('renders the same bytes for the same seed, and others for another instance, class or seed', () => {
    const again = createFormulaClasses(120, 7)
    const other = createFormulaClasses(120, 8)
    for (let label = 0; label < 20; label++) {
      const pixels = render(classes, label, 0)
      expect(render(again, label, 0)).toEqual(pixels)
      expect(render(classes, label, 1)).not.toEqual(pixels)
      expect(render(classes, label + 20, 0)).not.toEqual(pixels)
      expect(render(other, label, 0)).not.toEqual(pixels)
    }
  })

  it('does not carry anything from one picture to the next', () => {
    const before = render(classes, 5, 3)
    render(classes, 2, 0, 48)
    render(classes, 7, 0)
    expect(render(classes, 5, 3)).toEqual(before)
  })

  it('keeps the first classes when more are asked for', () => {
    const longer = createFormulaClasses(200, 7)
    for (let label = 0; label < 20; label++)
      expect(render(longer, label, 4)).toEqual(render(classes, label, 4))
  })

  it('writes every pixel at any resolution', () => {
    for (const side of [17, 32, 112]) {
      const pixels = new Uint8Array(side * side * 3 + 6).fill(255)
      classes.render(3, forkRandom(1), pixels.subarray(3, -3), side)
      expect([...pixels.slice(0, 3), ...pixels.slice(-3)]).toEqual([255, 255, 255, 255, 255, 255])
      const blank = new Uint8Array(side * side * 3)
      classes.render(3, forkRandom(1), blank, side)
      expect(pixels.subarray(3, -3)).toEqual(blank)
    }
  })

  it('shows something in nearly every instance of every class', () => {
    for (let label = 0; label < classes.count; label++) {
      const deviations = [0, 1, 2, 3].map((instance) => {
        const grey = luminance(render(classes, label, instance))
        const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length
        return Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length)
      })
      expect(Math.max(...deviations), `class ${label}`).toBeGreaterThan(10)
    }
  })

  it('has instances that are more alike within a class than across classes', () => {
    const pairs = Array.from({ length: classes.count }, (_, label) =>
      [0, 1].map((instance) => edges(render(classes, label, instance))),
    )
    const nearer = pairs.filter(([one, twin]) => {
      const others = pairs.filter(([other]) => other !== one).map(([, other]) => distance(one!, other!))
      return distance(one!, twin!) < others.reduce((sum, value) => sum + value, 0) / others.length
    })
    // Three standard deviations above the half that unrelated pictures would reach.
    expect(nearer.length / pairs.length).toBeGreaterThan(0.5 + 3 * Math.sqrt(0.25 / pairs.length))
  })

  it('can be told apart by edges alone far above chance', () => {
    const labels = Array.from({ length: 60 }, (_, index) => index)
    expect(nearestMeanAccuracy(classes, labels, edges)).toBeGreaterThan(8 / 60)
  })

  it('has classes of one form that only colour tells apart', () => {
    const sameForm = [3, 13, 23, 33, 43, 53]
    expect(nearestMeanAccuracy(classes, sameForm, colours)).toBeGreaterThan(0.5)
    expect(nearestMeanAccuracy(classes, sameForm, edges)).toBeLessThan(0.45)
  })
})
