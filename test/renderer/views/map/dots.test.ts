import { describe, expect, it } from 'vitest'

import { drawDots, dotRadius, packed, stampOf, type Dots } from '../../../../renderer/views/map/dots.ts'

const colours = {
  kinds: Array.from({ length: 8 }, (_, hue) => [hue, 100, 200] as const),
  none: [90, 90, 90],
  faint: [200, 200, 200],
  page: [255, 255, 255],
  chosen: [0, 0, 0],
} as const

function drawn(dots: Partial<Dots>, radius = 2): (x: number, y: number) => number {
  const raster = { pixels: new Uint32Array(40 * 20), width: 40, height: 20, ratio: 1 }
  const one = { xs: Float32Array.of(0.5), ys: Float32Array.of(0.5), shown: Uint8Array.of(1) }
  const all = { ...one, kindOf: Int32Array.of(3), chosen: new Set<number>(), ...dots }
  drawDots(raster, { x: 0.5, y: 0.5, scale: 10 }, all, colours, radius)
  return (x, y) => raster.pixels[y * 40 + x] ?? 0
}

describe('drawDots', () => {
  it('draws a dot in the colour of its kind where its photo is, and nothing elsewhere', () => {
    const pixel = drawn({})
    expect(pixel(20, 10)).toBe(packed([3, 100, 200]))
    expect(pixel(10, 10)).toBe(0)
  })

  it('draws photos without a kind, and those that are left out, in quiet colours', () => {
    expect(drawn({ kindOf: Int32Array.of(-1) })(20, 10)).toBe(packed([90, 90, 90]))
    expect(drawn({ shown: Uint8Array.of(0) })(20, 10)).toBe(packed([200, 200, 200]))
    expect(drawn({ xs: Float32Array.of(Number.NaN) })(20, 10)).toBe(0)
  })

  it('draws a ring around what is chosen', () => {
    const pixel = drawn({ chosen: new Set([0]) })
    expect(pixel(20, 10)).toBe(packed([3, 100, 200]))
    expect(pixel(25, 10)).toBe(packed([0, 0, 0]))
  })

  it('cuts dots off at the edge', () => {
    const pixel = drawn({ xs: Float32Array.of(-1.5) }, 4)
    expect(pixel(0, 10)).toBe(packed([3, 100, 200]))
    expect(pixel(39, 9)).toBe(0)
  })
})

describe('stampOf', () => {
  it('covers about the area of its shape', () => {
    const { rows, edge } = stampOf(0, 6)
    const whole = rows.reduce((sum, { from, to }) => sum + to - from + 1, 0)
    const part = edge.reduce((sum, { cover }) => sum + cover / 255, 0)
    expect(whole + part).toBeCloseTo(Math.PI * 36, -0.5)
    expect(edge.every(({ cover }) => cover > 0 && cover < 255)).toBe(true)
  })

  it('has a shape of its own for each pattern', () => {
    const shapes = [0, 1, 2, 3].map((pattern) => JSON.stringify(stampOf(pattern, 5)))
    expect(new Set(shapes).size).toBe(4)
  })
})

describe('dotRadius', () => {
  it('is smaller where there are many, and larger from near', () => {
    expect(dotRadius(50_000, 1)).toBeLessThan(dotRadius(500, 1))
    expect(dotRadius(50_000, 20)).toBeGreaterThan(dotRadius(50_000, 1))
  })
})
