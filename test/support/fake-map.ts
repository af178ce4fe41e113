/** @file A map that is there at once: every photo in a ring around the corner of its kind, its neighbours the next ones. */
import type { ApiHandlers } from '../../core/api/contract.ts'
import type { PhotoMap } from '../../core/api/contract/map.ts'

/** The map of photos of some kinds, ordered by kind. */
function ringMap(root: string, paths: readonly string[], kindOf: (index: number) => number): PhotoMap {
  const count = 5
  const points = Float32Array.from({ length: 2 * paths.length }, (_, i) => {
    const kind = kindOf(i >> 1)
    const angle = (2 * Math.PI * (i >> 1)) / 10
    return i % 2 === 0
      ? 0.2 + 0.6 * (kind % 2) + 0.1 * Math.cos(angle)
      : 0.2 + 0.6 * ((kind >> 1) % 2) + 0.1 * Math.sin(angle)
  })
  const indices = Uint32Array.from({ length: count * paths.length }, (_, i) => {
    return (Math.floor(i / count) + 1 + (i % count)) % paths.length
  })
  const similarities = Float32Array.from(indices, (_, i) => 0.9 - 0.1 * (i % count))
  return {
    folders: [{ root, paths: paths.join('//'), photos: paths.length }],
    points: new Uint8Array(points.buffer),
    laidOut: paths.length,
    neighbours: {
      count,
      indices: new Uint8Array(indices.buffer),
      similarities: new Uint8Array(similarities.buffer),
    },
    skipped: [],
  }
}

/** Answers with that map of these photos. */
export function fakeMap(
  photos: readonly { readonly path: string; readonly label: number }[],
): ApiHandlers['map'] {
  return {
    place: async function* ({ data }) {
      yield { type: 'progress', stage: 'looking', done: 1, total: 2 }
      const paths = photos.map(({ path }) => path)
      yield { type: 'done', map: ringMap(data, paths, (index) => photos[index]?.label ?? 0) }
    },
  }
}
