/** @file Batches follow from seed and step, in this thread and in workers alike. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { renderBatch } from '../../../core/pretrain/batch.ts'
import { createFormulaClasses } from '../../../core/pretrain/formula-classes.ts'
import { renderAhead, type RenderOrder } from '../../../core/pretrain/render-ahead.ts'

const order: RenderOrder = { classCount: 30, classSeed: 1, seed: 2, batchSize: 6, resolution: 32 }
const classes = createFormulaClasses(order.classCount, order.classSeed)

describe('renderBatch', () => {
  it('gives the same batch for the same step and another for the next', () => {
    const batch = renderBatch(classes, 2, 5, 6, 32)
    expect(batch.pixels).toHaveLength(6 * 32 * 32 * 3)
    expect(renderBatch(classes, 2, 5, 6, 32)).toEqual(batch)
    expect(renderBatch(classes, 2, 6, 6, 32).pixels).not.toEqual(batch.pixels)
    expect(renderBatch(classes, 3, 5, 6, 32).pixels).not.toEqual(batch.pixels)
  })

  it('labels each picture with the class it was rendered from, all classes in turn', () => {
    const { labels } = renderBatch(classes, 2, 0, 400, 16)
    expect(new Set(labels).size).toBe(30)
    expect([...labels].every((label) => label >= 0 && label < 30)).toBe(true)
  })
})

describe('renderAhead', () => {
  let folder = ''
  let entry: URL

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'render-ahead-'))
    const outfile = join(folder, 'render-worker.mjs')
    const source = join(import.meta.dirname, '../../../core/pretrain/render-worker.ts')
    await build({ entryPoints: [source], bundle: true, platform: 'node', format: 'esm', outfile })
    entry = pathToFileURL(outfile)
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('yields the batches of renderBatch in order, from any step', async () => {
    let step = 40
    for await (const batch of renderAhead(order, entry, 2, step)) {
      const expected = renderBatch(classes, order.seed, step, order.batchSize, order.resolution)
      expect(batch).toEqual(expected)
      step++
      if (step === 47) break
    }
    expect(step).toBe(47)
  })

  it('throws what went wrong in a worker', async () => {
    const broken = join(folder, 'broken.mjs')
    await writeFile(broken, "throw new Error('no renderer here')")
    const batches = renderAhead(order, pathToFileURL(broken), 2, 0)
    await expect(batches.next()).rejects.toThrow('no renderer here')
  })
})
