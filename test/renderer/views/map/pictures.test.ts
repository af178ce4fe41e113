import { describe, expect, it } from 'vitest'

import { picturesIn } from '../../../../renderer/views/map/pictures.ts'

const size = { width: 800, height: 600 }

/** So many photos in rows over the whole map. */
function spread(count: number) {
  const side = Math.ceil(Math.sqrt(count))
  const xs = Float32Array.from({ length: count }, (_, i) => (i % side) / side)
  const ys = Float32Array.from({ length: count }, (_, i) => Math.floor(i / side) / side)
  return { xs, ys, shown: new Uint8Array(count).fill(1) }
}

describe('picturesIn', () => {
  const camera = { x: 0.5, y: 0.5, scale: 500 }

  it('shows every photo, large, where there is room', () => {
    expect(picturesIn(camera, size, spread(9))).toEqual({ side: 72, photos: [0, 1, 2, 3, 4, 5, 6, 7, 8] })
  })

  it('shows smaller ones where there is less room, and none where most would be hidden', () => {
    const some = picturesIn(camera, size, spread(180))
    expect(some.side).toBeLessThan(72)
    expect(some.photos.length).toBeGreaterThan(40)
    expect(picturesIn(camera, size, spread(20_000))).toEqual({ side: 0, photos: [] })
  })

  it('keeps those in view where the map is moved a little', () => {
    const before = picturesIn(camera, size, spread(180)).photos
    const after = picturesIn({ ...camera, x: 0.51 }, size, spread(180)).photos
    expect(after.filter((photo) => before.includes(photo)).length).toBeGreaterThan(0.9 * before.length)
  })

  it('shows none that the filter leaves out, and none out of view', () => {
    const dots = spread(9)
    dots.shown[4] = 0
    expect(picturesIn(camera, size, dots).photos).not.toContain(4)
    expect(picturesIn({ x: 0, y: 0, scale: 4000 }, size, spread(9)).photos).toEqual([0])
  })
})
