/** @file The four resize rules against golden values from PyTorch and SciPy, and the properties every rule must have. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../core/errors.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { floats, floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'
import type { Grid, PositionResize } from '../../../core/vit/config.ts'
import { positionMatrix, resizePositions } from '../../../core/vit/position-embedding.ts'
import { readDeitTiny } from '../../support/deit-tiny.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../support/shared.ts'

const rules: readonly PositionResize[] = ['jax', 'timm', 'hf', 'dino']
const goldenNames: Record<PositionResize, string> = {
  jax: 'jax_zoom_order1',
  timm: 'timm_bicubic_antialias',
  hf: 'hf_bicubic',
  dino: 'dino_bicubic_offset',
}

describe.skipIf(sharedFolder === null)(`golden values${withoutShared}`, () => {
  for (const rule of rules) {
    for (const grid of ['24x24', '10x10', '12x20']) {
      it(`${rule} to ${grid} agrees to 1e-5`, async () => {
        const [rows = 0, columns = 0] = grid.split('x').map(Number)
        const resized = resizePositions(
          await pretrainedPositions(),
          { rows: 14, columns: 14 },
          { rows, columns },
          1,
          rule,
        )
        const golden = readGolden()[goldenNames[rule]]?.[grid] ?? []
        expect(golden).toHaveLength(rows * columns)
        const differences = golden.flatMap((values, patch) =>
          values.map((value, channel) => Math.abs(value - at(resized.data, (1 + patch) * 192 + channel))),
        )
        expect(Math.max(...differences)).toBeLessThan(1e-5)
      })
    }
  }
})

describe('resizePositions', () => {
  const side = fc.integer({ min: 1, max: 9 })
  const grids = fc.record({ rows: side, columns: side })
  const rule = fc.constantFrom(...rules)

  it('keeps a constant constant', () => {
    fc.assert(
      fc.property(grids, grids, rule, (from, to, chosen) => {
        const resized = resizePositions(
          positionsOf(from, 0, () => 0.7),
          from,
          to,
          0,
          chosen,
        )
        for (const value of resized.data) expect(value).toBeCloseTo(0.7, 6)
      }),
    )
  })

  it('is linear in the embedding', () => {
    fc.assert(
      fc.property(grids, grids, rule, fc.integer(), (from, to, chosen, seed) => {
        const a = positionsOf(from, 1, (i) => Math.sin(seed + i))
        const b = positionsOf(from, 1, (i) => Math.cos(3 * i - seed))
        const mixed = floatTensor(
          a.shape,
          a.data.map((value, i) => 2 * value - 0.5 * at(b.data, i)),
        )
        const [ra, rb, rm] = [a, b, mixed].map((tensor) => resizePositions(tensor, from, to, 1, chosen).data)
        rm!.forEach((value, i) => expect(value).toBeCloseTo(2 * ra![i]! - 0.5 * rb![i]!, 5))
      }),
    )
  })

  it('copies prefix rows and leaves an identical grid and the source as they are', () => {
    fc.assert(
      fc.property(grids, grids, rule, fc.integer({ min: 0, max: 2 }), (from, to, chosen, prefix) => {
        const source = positionsOf(from, prefix, (i) => Math.sin(i * i))
        const before = source.data.slice()
        const resized = resizePositions(source, from, to, prefix, chosen)
        expect(resized.shape).toEqual([prefix + to.rows * to.columns, 3])
        expect(resized.data.slice(0, prefix * 3)).toEqual(before.slice(0, prefix * 3))
        expect(resizePositions(source, from, from, prefix, chosen)).toEqual(source)
        expect(source.data).toEqual(before)
      }),
    )
  })

  it('transposes with the grid', () => {
    fc.assert(
      fc.property(grids, grids, rule, (from, to, chosen) => {
        const source = positionsOf(from, 0, (i) => Math.sin(i * i))
        const direct = resizePositions(transposed(source, from), flip(from), flip(to), 0, chosen)
        const turned = transposed(resizePositions(source, from, to, 0, chosen), to)
        direct.data.forEach((value, i) => expect(value).toBeCloseTo(at(turned.data, i), 5))
      }),
    )
  })

  it('keeps the four corners under the jax rule', () => {
    const larger = fc.record({
      rows: fc.integer({ min: 2, max: 9 }),
      columns: fc.integer({ min: 2, max: 9 }),
    })
    fc.assert(
      fc.property(larger, larger, (from, to) => {
        const source = positionsOf(from, 0, (i) => Math.sin(i * i))
        const resized = resizePositions(source, from, to, 0, 'jax')
        expect(corners(resized, to)).toEqual(corners(source, from))
      }),
    )
  })

  it('gives hand-computed values between two positions', () => {
    const source = floats([2, 1], [0, 1])
    const middle = (chosen: PositionResize): number[] => [
      ...resizePositions(source, { rows: 1, columns: 2 }, { rows: 1, columns: 3 }, 0, chosen).data,
    ]
    expect(middle('jax')).toEqual([0, 0.5, 1])
    for (const chosen of ['timm', 'hf'] as const) expect(middle(chosen)[1]).toBeCloseTo(0.5, 6)
    // Sampling at 1.5 · 2 / 3.1 − 0.5 = 0.46774: the offset moves the middle towards the first position.
    expect(middle('dino')[1]).toBeLessThan(0.5)
  })

  it('reads the first position when one is left under the jax rule, as scipy does', () => {
    const resized = resizePositions(
      floats([3, 1], [4, 5, 6]),
      { rows: 3, columns: 1 },
      { rows: 1, columns: 1 },
      0,
      'jax',
    )
    expect([...resized.data]).toEqual([4])
  })

  it('refuses an embedding with another number of rows and says both', () => {
    const source = floats([5, 1], [0, 1, 2, 3, 4])
    const grid = { rows: 2, columns: 2 }
    const wrong = (): FloatTensor => resizePositions(source, grid, grid, 2, 'hf')
    expect(wrong).toThrow(AppError)
    expect(wrong).toThrow(/\[5, 1\].*2 × 2.*needs 6 rows/)
  })
})

function positionsOf(grid: Grid, prefix: number, value: (index: number) => number): FloatTensor {
  const rows = prefix + grid.rows * grid.columns
  return floatTensor(
    [rows, 3],
    Float32Array.from({ length: rows * 3 }, (_, i) => value(i)),
  )
}

function flip(grid: Grid): Grid {
  return { rows: grid.columns, columns: grid.rows }
}

function transposed(positions: FloatTensor, grid: Grid): FloatTensor {
  const data = new Float32Array(positions.data.length)
  for (let r = 0; r < grid.rows; r++) {
    for (let c = 0; c < grid.columns; c++) {
      const patch = positions.data.subarray((r * grid.columns + c) * 3, (r * grid.columns + c + 1) * 3)
      data.set(patch, (c * grid.rows + r) * 3)
    }
  }
  return floatTensor(positions.shape, data)
}

function corners(positions: FloatTensor, { rows, columns }: Grid): number[][] {
  return [0, columns - 1, (rows - 1) * columns, rows * columns - 1].map((patch) =>
    Array.from(positions.data.subarray(patch * 3, patch * 3 + 3)),
  )
}

function readGolden(): Record<string, Record<string, number[][]>> {
  return JSON.parse(readFileSync(sharedFile('golden/deit-tiny.json'), 'utf8')).posEmbed
}

/** `pos_embed` [1, 197, 192] without its first axis. */
async function pretrainedPositions(): Promise<FloatTensor> {
  return floatTensor([197, 192], (await readDeitTiny('pos_embed')).data)
}

describe('positionMatrix', () => {
  it.each(['jax', 'timm', 'hf', 'dino'] as const)(
    'times the patch rows gives what %s resizes them to',
    (rule) => {
      const [from, to] = [
        { rows: 3, columns: 4 },
        { rows: 5, columns: 2 },
      ]
      const random = createRandom(5)
      const rows = floatTensor(
        [12, 6],
        Float32Array.from({ length: 72 }, () => normal(random)),
      )
      const matrix = positionMatrix(from, to, rule)
      expect(matrix.shape).toEqual([10, 12])
      const product = Array.from({ length: 60 }, (_, place) => {
        const [row, column] = [Math.floor(place / 6), place % 6]
        return rows.data.reduce(
          (sum, value, index) =>
            index % 6 === column ? sum + value * at(matrix.data, row * 12 + Math.floor(index / 6)) : sum,
          0,
        )
      })
      expect(product).toBeAllclose(resizePositions(rows, from, to, 0, rule).data, { rtol: 1e-5, atol: 1e-6 })
    },
  )
})
