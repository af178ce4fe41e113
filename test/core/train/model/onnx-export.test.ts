import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { frameAs } from '../../../../core/data/preprocess.ts'
import { feed, multiply } from '../../../../core/graph/build.ts'
import { encodeModel } from '../../../../core/onnx/bytes.ts'
import { lowerGraph } from '../../../../core/onnx/lower.ts'
import { randomImages, randomParameters } from '../../../../core/studio/bench.ts'
import { writeOnnx } from '../../../../core/train/model/onnx-export.ts'
import { checkOnnx } from '../../../../core/train/model/onnx-import.ts'
import { createPredictor, openPredictor } from '../../../../core/train/model/predictor.ts'
import { squashed, type VitConfig } from '../../../../core/vit/config.ts'
import { tinyModel } from '../../files/tiny-models.ts'
import { graphOf } from '../../../support/graph-of.ts'
import { cpu } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const described = { layout: 'timm', positionResize: 'timm', framing: squashed, scores: 'softmax' } as const

function model(changes: Partial<VitConfig> = {}) {
  const { config, normalisation } = tinyModel({ grid: { rows: 2, columns: 3 }, ...changes })
  const labels = ['ant', 'bee', 'größte Katze']
  const preprocessing = frameAs('squash', { height: 8, width: 12 }, normalisation)
  return { config, normalisation, labels, preprocessing, parameters: randomParameters(config) }
}

describe('writeOnnx', () => {
  it.each([
    ['inside', undefined, ['model.onnx']],
    ['beside', 0, ['model.onnx', 'model.onnx.data']],
  ])('gives the logits of the model, with the weights %s', async (_, inside, names) => {
    const folder = temporaryFolder()
    const { config, parameters, ...description } = model()
    const files = await writeOnnx(folder, config, parameters, description, inside)
    expect(files).toEqual(names.map((name) => join(folder, name)))
    const { pixels } = randomImages(config, 5)
    const source = { ...description, config, parameters, path: '', family: '', notes: [] }
    const ours = await createPredictor({ ...source, ...described }, cpu, 4)
    const expected = await ours.compute(pixels, 5)
    await ours.dispose()
    expect(expected.data.every((value) => value !== 0)).toBe(true)
    // Any number of images at once: 5 in one run, 2 + 2 + 1, and one alone.
    for (const batch of [5, 2, 1]) {
      const opened = await openPredictor(folder, cpu, batch)
      expect(await opened.compute(pixels, 5)).toBeAllclose(expected, { rtol: 1e-5, atol: 1e-6 })
      expect(opened).toMatchObject({ labels: description.labels, hasNames: true, batch })
      expect(opened.preprocessing).toEqual(description.preprocessing)
      await opened.dispose()
    }
  })

  it('keeps weights beside the model out of it, each at the start of a page', async () => {
    const folder = temporaryFolder()
    const { config, parameters, ...description } = model()
    const [small = '', data = ''] = await writeOnnx(folder, config, parameters, description, 0)
    const [large = ''] = await writeOnnx(join(folder, 'one'), config, parameters, description)
    const [smallSize, dataSize, largeSize] = await Promise.all(
      [small, data, large].map(async (path) => (await stat(path)).size),
    )
    const weights = [...parameters.values()].reduce((sum, tensor) => sum + tensor.data.byteLength, 0)
    expect(largeSize! - smallSize!).toBeGreaterThan(0.5 * weights)
    const last = [...parameters.values()].at(-1)?.data.byteLength ?? 0
    expect((dataSize! - last) % 4096).toBe(0)
    const { labels, preprocessing } = description
    expect(await checkOnnx(small)).toMatchObject({ labels, preprocessing })
  })
})

describe('someone else’s .onnx file', () => {
  it('is refused for what it does not say', async () => {
    const path = join(temporaryFolder(), 'theirs.onnx')
    const graph = graphOf({ y: multiply(feed('x', [1, 3]), 2) })
    await writeFile(path, encodeModel(lowerGraph(graph, { name: 'theirs' })))
    await expect(openPredictor(path, cpu, 1)).rejects.toMatchObject({
      code: 'invalid_input',
      message: `${path} does not say its labels and preprocessing. Only .onnx files exported by ViT Studio carry them.`,
    })
  })

  it('is refused where it is damaged, and where something is to be overruled', async () => {
    const folder = temporaryFolder()
    const { config, parameters, ...description } = model()
    const [path = ''] = await writeOnnx(folder, config, parameters, description)
    await expect(openPredictor(folder, cpu, 1, { heads: 4 })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('so heads cannot be overridden'),
    })
    await writeFile(path, 'no model at all')
    await expect(openPredictor(folder, cpu, 1)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
