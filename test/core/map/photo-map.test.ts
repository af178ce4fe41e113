import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { mapPhotos, type PhotoMap } from '../../../core/map/photo-map.ts'
import { createRandom, normal } from '../../../core/tensor/random.ts'
import { floatTensor, type FloatTensor } from '../../../core/tensor/tensor.ts'

const engine = createOrtEngine('cpu')
const kinds = 4

/** Four clouds in 16 dimensions that overlap a little; row i is of cloud i mod 4. */
function clouds(count: number, spread = 0.7): FloatTensor {
  const random = createRandom(9)
  const centres = Array.from({ length: kinds }, () => Array.from({ length: 16 }, () => normal(random)))
  const data = Float32Array.from({ length: 16 * count }, (_, i) => {
    return (centres[Math.floor(i / 16) % kinds]?.[i % 16] ?? 0) + spread * normal(random)
  })
  return floatTensor([count, 16], data)
}

/** The share of the ten nearest points on the map that are of the same cloud. */
function agreement({ points }: PhotoMap): number {
  const count = points.length / 2
  let same = 0
  for (let one = 0; one < count; one++) {
    const distances = Array.from({ length: count }, (_, other) => ({
      other,
      far: Math.hypot(
        (points[2 * one] ?? 0) - (points[2 * other] ?? 0),
        (points[2 * one + 1] ?? 0) - (points[2 * other + 1] ?? 0),
      ),
    }))
    const nearest = distances.sort((a, b) => a.far - b.far).slice(1, 11)
    same += nearest.filter(({ other }) => other % kinds === one % kinds).length
  }
  return same / (10 * count)
}

const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.layout-worker-'))
const outfile = join(folder, 'layout-worker.mjs')

beforeAll(async () => {
  const source = join(import.meta.dirname, '../../../core/map/layout-worker.ts')
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('mapPhotos', () => {
  it('puts clouds apart, in a square from 0 to 1, the same at every time', async () => {
    const features = clouds(240)
    const map = await mapPhotos(features, { engine })
    expect(map.laidOut).toBe(240)
    expect(agreement(map)).toBeGreaterThan(0.95)
    expect(Math.min(...map.points)).toBeCloseTo(0, 5)
    expect(Math.max(...map.points)).toBeCloseTo(1, 5)
    expect((await mapPhotos(features, { engine })).points).toEqual(map.points)
    expect((await mapPhotos(features, { engine }, { seed: 1 })).points).not.toEqual(map.points)
  })

  it('gives the same map in a thread, which reports its rounds', async () => {
    const features = clouds(80)
    const stages = new Set<string>()
    const onProgress = (stage: string): void => void stages.add(stage)
    const map = await mapPhotos(features, { engine, worker: pathToFileURL(outfile), onProgress })
    expect(map.points).toEqual((await mapPhotos(features, { engine })).points)
    expect([...stages]).toEqual(['neighbours', 'layout'])
  })

  it('ends the thread when it is cancelled', async () => {
    const stop = new AbortController()
    const onProgress = (stage: string): void => {
      if (stage === 'layout') stop.abort()
    }
    const map = mapPhotos(clouds(300), {
      engine,
      worker: pathToFileURL(outfile),
      signal: stop.signal,
      onProgress,
    })
    await expect(map).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('lays out a sample where there are many, and puts the others beside those most like them', async () => {
    const map = await mapPhotos(clouds(400), { engine }, { mostLaidOut: 100 })
    expect(map.laidOut).toBe(100)
    expect(map.points).toHaveLength(800)
    expect(agreement(map)).toBeGreaterThan(0.9)
    expect(map.neighbours.count).toBe(10)
    // Every cloud is every fourth row, so neighbours among all rows and not only the sample's are found.
    const others = map.neighbours.indices.filter((index, i) => index % kinds !== Math.floor(i / 10) % kinds)
    expect(others.length / map.neighbours.indices.length).toBeLessThan(0.05)
  })

  it('takes the fewest there can be, and photos that are all the same', async () => {
    const map = await mapPhotos(clouds(4), { engine })
    expect(map.neighbours.count).toBe(2)
    expect(map.points.every((value) => value >= 0 && value <= 1)).toBe(true)
    const same = await mapPhotos(floatTensor([12, 3], new Float32Array(36).fill(1)), { engine })
    expect(same.points.every((value) => Number.isFinite(value))).toBe(true)
  })

  it('refuses fewer with a sentence', async () => {
    const map = mapPhotos(clouds(3), { engine })
    await expect(map).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('at least 4'),
    })
  })
})
