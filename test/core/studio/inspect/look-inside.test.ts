/** @file What a look inside shows of real files, by models of every kind of pooling. */
import { describe, expect, it } from 'vitest'

import { blockAttentions, headDistances, modelFigures } from '../../../../core/studio/inspect/look-inside.ts'
import { attentionIn } from '../../../../core/studio/predict/images.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../../support/shared.ts'
import { useWorkplace } from '../../host/cli/studio.ts'

const never = new AbortController().signal

async function distancesOf(model: string, images: { folder: string; path: string }[]) {
  for await (const item of headDistances({ model, images }, never)) {
    if (item.type === 'done') return item.result
  }
  throw new Error('no result')
}

describe('a look inside', () => {
  const place = useWorkplace()

  it('shows filters, and positions that are most similar to themselves', async () => {
    const figures = await modelFigures({ model: place.model })
    expect(figures).toMatchObject({ patch: 8, depth: 2, heads: 2, grid: { rows: 4, columns: 4 } })
    expect(figures.filters).toMatchObject({ side: 8 })
    const values = new Float32Array(figures.similarities?.slice().buffer ?? new ArrayBuffer(0))
    expect(values).toHaveLength(16 * 16)
    for (let i = 0; i < 16; i++) expect(values[17 * i]).toBeCloseTo(1, 5)
    expect(values[3]).toBeCloseTo(values[3 * 16] ?? 0, 5)
  })

  it('averages how far heads look over photos, and leaves out those that cannot be read', async () => {
    const photo = (name: string) => ({ folder: place.data, path: `red/${name}` })
    const one = await distancesOf(place.model, [photo('0.png')])
    expect(one.photos).toBe(1)
    expect(one.distances.map((heads) => heads.length)).toEqual([2, 2])
    expect(one.distances.flat().every((distance) => distance > 0 && distance < 32 * Math.SQRT2)).toBe(true)
    const other = await distancesOf(place.model, [photo('1.png')])
    const both = await distancesOf(place.model, [photo('0.png'), photo('none.png'), photo('1.png')])
    expect(both.photos).toBe(2)
    const mean = one.distances.flat().map((distance, i) => (distance + (other.distances.flat()[i] ?? 0)) / 2)
    expect(Float32Array.from(both.distances.flat())).toBeAllclose(Float32Array.from(mean), {
      rtol: 1e-5,
      atol: 0,
    })
    await expect(distancesOf(place.model, [photo('none.png')])).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('traces attention through every block: through the last it is the rollout of the whole model', async () => {
    const image = { folder: place.data, path: 'red/0.png' }
    const blocks = await blockAttentions({ model: place.model, image })
    expect(blocks.map(({ heads }) => heads.length)).toEqual([2, 2])
    const { rollout } = await attentionIn(place.model, image)
    const shares = Float32Array.from(blocks.at(-1)?.through.shares ?? [])
    expect(shares).toBeAllclose(Float32Array.from(rollout.shares), { rtol: 1e-4, atol: 1e-6 })
  })
})

describe('a look inside other families', () => {
  const place = useWorkplace()

  it.skipIf(sharedFolder === null)(
    `is the same for DeiT-Tiny: early heads look near and far, late ones far${withoutShared}`,
    async () => {
      const photos = ['red/0.png', 'green/0.png'].map((path) => ({ folder: place.data, path }))
      const { distances } = await distancesOf(sharedFile('models/deit-tiny-timm'), photos)
      expect(distances).toHaveLength(12)
      const nearest = Math.min(...(distances[0] ?? []))
      const lateNearest = Math.min(...(distances[11] ?? []))
      expect(nearest).toBeLessThan(lateNearest)
    },
  )
})
