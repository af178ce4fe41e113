/** @file A look inside a small model that is there at once. */
import type { ApiHandlers } from '../../core/api/contract.ts'

const map = { rows: 2, columns: 2, shares: [0.1, 0.4, 0.2, 0.3] }

/** Two blocks of three heads, a grid of two by two. */
export const fakeInspect: ApiHandlers['inspect'] = {
  figures: () => ({
    patch: 8,
    width: 16,
    height: 16,
    grid: { rows: 2, columns: 2 },
    depth: 2,
    heads: 3,
    filters: { count: 2, side: 8, pixels: new Uint8Array(2 * 8 * 8 * 3).fill(128) },
    similarities: new Uint8Array(Float32Array.from({ length: 16 }, (_, i) => (i % 5 === 0 ? 1 : 0.2)).buffer),
  }),
  distances: async function* ({ images }) {
    yield { type: 'progress', done: 0, total: images.length }
    const distances = [
      [2, 8, 5],
      [6, 7, 9],
    ]
    yield { type: 'done', result: { distances, photos: images.length } }
  },
  attention: () => [0, 1].map(() => ({ through: map, heads: [map, map, map] })),
}
