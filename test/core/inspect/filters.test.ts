/** @file Filter tiles of kernels whose principal components are known, and of the real pretrained one. */
import { describe, expect, it } from 'vitest'
import { filterTiles } from '../../../core/inspect/filters.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { readDeitTiny } from '../../support/deit-tiny.ts'
import { sharedFolder, withoutShared } from '../../support/shared.ts'

// Two orthogonal patterns over 3 channels of 2 × 2 pixels, channel by channel: red left–right, and green against blue.
const redStripe = [1, -2, 1, -2, 0, 0, 0, 0, 0, 0, 0, 0]
const greenBlue = [0, 0, 0, 0, 3, 3, 3, 3, -1, -1, -1, -1]
// −2 has the largest magnitude, so the sign is turned: red −1, 2 and the rest 0 become 0, 255 and 85.
const stripedTile = [0, 85, 85, 255, 85, 85, 0, 85, 85, 255, 85, 85]

describe('filterTiles', () => {
  for (const filters of [6, 30]) {
    it(`finds planted patterns, the stronger first, from ${filters} filters of 12 values`, () => {
      // A cosine and a sine over whole turns have mean 0 and are orthogonal, which makes the components exact.
      const angle = (2 * Math.PI) / filters
      const tiles = filterTiles(plantedKernel(filters, (d) => [3 * Math.cos(angle * d), Math.sin(angle * d)]))
      expect(tiles.shape).toEqual([2, 2, 2, 3])
      // Red 0, green 3, blue −1 in every pixel, stretched from −1..3.
      expect([...tiles.data.subarray(0, 12)]).toEqual([64, 255, 0, 64, 255, 0, 64, 255, 0, 64, 255, 0])
      expect([...tiles.data.subarray(12)]).toEqual(stripedTile)
    })
  }

  it('shows exactly one pattern, stretched to 0..255 with its strongest entry positive', () => {
    const tiles = filterTiles(plantedKernel(5, (d) => [0, d]))
    expect(tiles.shape).toEqual([1, 2, 2, 3])
    expect([...tiles.data]).toEqual(stripedTile)
  })

  it('does not change when all filters move together, and has no tile for equal filters', () => {
    const plain = plantedKernel(5, (d) => [d * d, d])
    const moved = floatTensor(
      plain.shape,
      plain.data.map((value, i) => value + (i % 12)),
    )
    expect(filterTiles(moved)).toEqual(filterTiles(plain))
    expect(filterTiles(plantedKernel(5, () => [1, 2])).shape).toEqual([0, 2, 2, 3])
  })

  it.skipIf(sharedFolder === null)(`shows 28 tiles of the real kernel${withoutShared}`, async () => {
    const tiles = filterTiles(await readDeitTiny('patch_embed.proj.weight'))
    expect(tiles.shape).toEqual([28, 16, 16, 3])
    for (let tile = 0; tile < 28; tile++) {
      const bytes = tiles.data.subarray(tile * 768, (tile + 1) * 768)
      expect([Math.min(...bytes), Math.max(...bytes)]).toEqual([0, 255])
    }
    // This model's second component is a smooth green blob in the middle of the patch.
    const blob = tiles.data.subarray(768, 2 * 768)
    const green = (row: number, column: number): number => blob[(row * 16 + column) * 3 + 1]!
    const along = Array.from({ length: 16 }, (_, column) => green(8, column))
    expect(Math.max(...along)).toBeGreaterThan(230)
    expect(Math.abs(along.indexOf(Math.max(...along)) - 7.5)).toBeLessThan(1)
    expect(Math.max(green(0, 0), green(0, 15), green(15, 0), green(15, 15))).toBeLessThan(120)
  })
})

/** [D, 3, 2, 2]: filter d is the weighted sum of the two patterns. */
function plantedKernel(filters: number, weights: (d: number) => [number, number]): FloatTensor {
  const rows = Array.from({ length: filters }, (_, d) => {
    const [a, b] = weights(d)
    return greenBlue.map((value, i) => a * value + b * redStripe[i]!)
  })
  return floatTensor([filters, 3, 2, 2], Float32Array.from(rows.flat()))
}
