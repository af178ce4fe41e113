/** @file The map of real files by real models, as the engine gives it. */
import { appendFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { MapRequest, type PhotoMap } from '../../../../core/api/contract/map.ts'
import { mapItems } from '../../../../core/studio/map/map-items.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../../support/shared.ts'
import { useWorkplace } from '../../host/cli/studio.ts'

const never = new AbortController().signal

interface Told {
  readonly map: PhotoMap
  readonly stages: readonly string[]
}

async function mapOf(model: string, data: string): Promise<Told> {
  const stages = new Set<string>()
  for await (const item of mapItems(MapRequest.parse({ model, data, device: 'cpu' }), never)) {
    if (item.type === 'done') return { map: item.map, stages: [...stages] }
    stages.add(item.stage)
  }
  throw new Error('no map')
}

function pathsIn({ folders }: PhotoMap): string[] {
  return folders.flatMap(({ paths }) => paths.split('//'))
}

const kindOf = (path: string | undefined): string | undefined => path?.split('/')[0]

/** The share of the neighbours in the features that are of the same kind. */
function agreementOfFeatures(map: PhotoMap): number {
  const paths = pathsIn(map)
  const { count, indices } = map.neighbours
  const neighbours = new Uint32Array(indices.slice().buffer)
  const same = neighbours.filter((other, i) => kindOf(paths[other]) === kindOf(paths[Math.floor(i / count)]))
  return same.length / neighbours.length
}

/** The share of the ten nearest on the map that are of the same kind. */
function agreementOnMap(map: PhotoMap): number {
  const paths = pathsIn(map)
  const points = new Float32Array(map.points.slice().buffer)
  const place = (photo: number): [number, number] => [points[2 * photo] ?? 0, points[2 * photo + 1] ?? 0]
  const shares = paths.map((path, one) => {
    const [x, y] = place(one)
    const nearest = paths
      .map((other, index) => {
        const [ox, oy] = place(index)
        return { other, far: Math.hypot(ox - x, oy - y) }
      })
      .sort((a, b) => a.far - b.far)
      .slice(1, 11)
    return nearest.filter(({ other }) => kindOf(other) === kindOf(path)).length / nearest.length
  })
  return shares.reduce((a, b) => a + b, 0) / shares.length
}

describe('the map of a folder', () => {
  const place = useWorkplace()

  it('has every photo once, and is remembered until a file changes', async () => {
    const first = await mapOf(place.model, place.data)
    expect(first.stages).toContain('layout')
    expect(new Set(pathsIn(first.map)).size).toBe(24)
    expect(first.map).toMatchObject({ laidOut: 24, skipped: [], folders: [{ root: place.data, photos: 24 }] })
    expect(first.map.points).toHaveLength(4 * 2 * 24)

    const again = await mapOf(place.model, place.data)
    expect(again.stages).not.toContain('layout')
    expect(again.map).toEqual(first.map)

    await appendFile(join(place.data, 'red', '0.png'), Buffer.alloc(1))
    const changed = await mapOf(place.model, place.data)
    expect(changed.stages).toContain('layout')
    // The picture is the same, and so is everything about it.
    expect(changed.map).toEqual(first.map)
  })

  it('is refused where there are too few photos', async () => {
    for (const kind of ['red', 'green', 'blue']) {
      for (let i = 1; i < 8; i++) await rm(join(place.data, kind, `${i}.png`))
    }
    await expect(mapOf(place.model, place.data)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('the map of five flowers', () => {
  useWorkplace()

  it.skipIf(sharedFolder === null)(
    `puts photos of a kind together, by DeiT-Tiny${withoutShared}`,
    async () => {
      const { map } = await mapOf(sharedFile('models/deit-tiny-timm'), sharedFile('data/flowers5/test'))
      const [seen, shown] = [agreementOfFeatures(map), agreementOnMap(map)]
      process.stdout.write(
        `five flowers, DeiT-Tiny, ${pathsIn(map).length} photos: of the ten nearest ${(100 * seen).toFixed(1)} % are of the same kind in the features, ${(100 * shown).toFixed(1)} % on the map\n`,
      )
      expect(shown).toBeGreaterThan(0.6)
      expect(shown).toBeGreaterThan(seen - 0.1)
    },
    60_000,
  )
})
