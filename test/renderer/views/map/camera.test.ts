import { describe, expect, it } from 'vitest'

import { boundsOf, fitted, moved, toMap, toView, zoomed } from '../../../../renderer/views/map/camera.ts'

const size = { width: 800, height: 400 }
const whole = fitted({ left: 0, top: 0.25, right: 1, bottom: 0.75 }, size)

describe('the camera of a map', () => {
  it('shows everything with room around it, in the middle', () => {
    const { x, y } = toView(whole, size, { x: 0, y: 0.25 })
    expect(x).toBeGreaterThan(20)
    expect(y).toBeGreaterThan(20)
    expect(toView(whole, size, { x: 0.5, y: 0.5 })).toEqual({ x: 400, y: 200 })
  })

  it('keeps what is under the pointer where it is', () => {
    const pixel = { x: 130, y: 310 }
    const under = toMap(whole, size, pixel)
    const near = zoomed(whole, size, pixel, 3, whole)
    expect(near.scale).toBeCloseTo(3 * whole.scale, 5)
    expect(toView(near, size, under).x).toBeCloseTo(130, 5)
    expect(toView(near, size, under).y).toBeCloseTo(310, 5)
  })

  it('neither zooms nor moves without end', () => {
    const pixel = { x: 400, y: 200 }
    expect(zoomed(whole, size, pixel, 1e9, whole).scale).toBe(60 * whole.scale)
    expect(zoomed(whole, size, pixel, 1e-9, whole).scale).toBe(whole.scale / 2)
    expect(moved(whole, { x: 1e6, y: -1e6 })).toMatchObject({ x: 0, y: 1 })
  })

  it('knows where the photos are, those without a place left out', () => {
    const bounds = boundsOf(Float32Array.of(0.25, Number.NaN, 0.5), Float32Array.of(0.75, Number.NaN, 0.5))
    expect(bounds).toEqual({ left: 0.25, top: 0.5, right: 0.5, bottom: 0.75 })
    expect(boundsOf(Float32Array.of(Number.NaN), Float32Array.of(Number.NaN))).toEqual({
      left: 0,
      top: 0,
      right: 1,
      bottom: 1,
    })
  })
})
