/** @file The forward pass of a real pretrained model, in three layouts, against PyTorch in float64. */
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import type { Pretrained } from '../../core/files/checkpoint.ts'
import { decodeFloats, encodeHalf } from '../../core/files/element-types.ts'
import { attentionDistance } from '../../core/inspect/attention-distance.ts'
import { attentionRollout } from '../../core/inspect/rollout.ts'
import { at } from '../../core/tensor/shape.ts'
import { byteTensor, floatTensor, parameter, type FloatTensor } from '../../core/tensor/tensor.ts'
import { inferenceGraph, pixelShape, type InferenceOptions } from '../../core/train/step/graphs.ts'
import { topK } from '../../core/train/evaluation/metrics.ts'
import { openAsDeit, openDeitTiny, readGolden, readGoldenImages, relative } from '../support/golden.ts'
import { sharedFolder, withoutShared } from '../support/shared.ts'

const engine = createOrtEngine('cpu')
const images = 16

describe.skipIf(sharedFolder === null)(`DeiT-Tiny against PyTorch${withoutShared}`, () => {
  it('has the same weights in all three layouts, those of Hugging Face rounded to half precision', async () => {
    const [timm, jax, hf] = [await openAsDeit('timm'), await openAsDeit('jax'), await openAsDeit('hf')]
    expect(jax.config).toEqual(timm.config)
    expect(hf.config).toEqual(timm.config)
    expect([...jax.parameters.keys()].sort()).toEqual([...timm.parameters.keys()].sort())
    expect(hf.parameters.size).toBe(timm.parameters.size)
    for (const [name, { shape, data }] of timm.parameters) {
      expect(parameter(jax.parameters, name), name).toBeAllclose({ shape, data }, { rtol: 0, atol: 0 })
      const halved = decodeFloats('float16', new Uint8Array(encodeHalf(data).buffer))
      expect(parameter(hf.parameters, name), name).toBeAllclose({ shape, data: halved }, { rtol: 0, atol: 0 })
    }
  })

  // Half precision moves every weight by up to 5e-4 of itself, which moves these by up to 4e-3 of their usual size.
  it.each([
    { layout: 'timm', tolerance: 1e-4 },
    { layout: 'jax', tolerance: 1e-4 },
    { layout: 'hf', tolerance: 1e-2 },
  ] as const)(
    'gives the logits, classes and features from the $layout file',
    async ({ layout, tolerance }) => {
      const { logits: golden } = readGolden()
      const results = await forward(await openAsDeit(layout), { outputs: ['logits', 'features'] })
      const [logits, features] = [named(results, 'logits'), named(results, 'features')]
      expect(firstOfRows(logits, 8)).toBeAllclose(
        golden.first8.flat(),
        relative(tolerance, golden.first8.flat()),
      )
      const expected = golden.features_first8.flat()
      expect(firstOfRows(features, 8)).toBeAllclose(expected, relative(tolerance, expected))
      const classes = rows(logits).map((row) => topK(row, 5).map(({ index }) => index))
      if (layout === 'hf') expect(classes.map((five) => five[0])).toEqual(golden.top5.map((five) => five[0]))
      else expect(classes).toEqual(golden.top5)
    },
  )

  it('gives the logits of the npz file when it is read as what its layout says, a vit_jax model', async () => {
    const results = await forward(await openDeitTiny('jax'), { outputs: ['logits'] })
    const expected = readGolden().logits_jax.first8.flat()
    expect(firstOfRows(named(results, 'logits'), 8)).toBeAllclose(expected, relative(1e-4, expected))
  })

  it('reads the timm and Hugging Face files as DeiT by itself', async () => {
    for (const layout of ['timm', 'hf'] as const) {
      const [asFound, asDeit] = [await openDeitTiny(layout), await openAsDeit(layout)]
      expect(asFound.config).toEqual(asDeit.config)
      expect(asFound.normalisation).toEqual(asDeit.normalisation)
    }
  })

  it('attends as far and reads from where PyTorch says, and needs only the class token in the last block', async () => {
    const model = await openAsDeit('timm')
    const { grid, depth, heads, patch } = model.config
    const results = await forward(model, { outputs: ['attentions', 'logits'], allTokens: true })
    const golden = readGolden()
    const blocks = Array.from({ length: depth }, (_, block) => named(results, `attention/${block}`))
    const rollout = attentionRollout(
      blocks.map((block) => perImage(block, 0)),
      1,
      grid,
      'class',
    )
    expect(rollout.data).toBeAllclose(golden.rollout_image0, { rtol: 1e-4, atol: 0 })
    const distances = blocks.map((block) => {
      const each = Array.from({ length: images }, (_, i) =>
        attentionDistance(perImage(block, i), 1, grid, patch),
      )
      return Array.from(
        { length: heads },
        (_, head) => each.reduce((sum, d) => sum + at(d, head), 0) / images,
      )
    })
    expect(distances.flat()).toBeAllclose(golden.attention_distance.value.flat(), { rtol: 1e-4, atol: 0 })
    expect(firstOfRows(named(results, 'logits'), 8)).toBeAllclose(
      golden.logits.first8.flat(),
      relative(1e-4, golden.logits.first8.flat()),
    )
  })
})

async function forward(model: Pretrained, options: InferenceOptions): Promise<Map<string, FloatTensor>> {
  const state = await engine.createState(model.parameters)
  const program = await engine.load(inferenceGraph(model, images, options), state)
  const { pixels } = readGoldenImages(224, images)
  const results = await program.run(
    new Map([['pixels', byteTensor(pixelShape(model.config, images), pixels)]]),
  )
  await program.dispose()
  state.dispose()
  return results
}

function named(results: ReadonlyMap<string, FloatTensor>, name: string): FloatTensor {
  return parameter(results, name)
}

function rows({ shape, data }: FloatTensor): Float32Array[] {
  const width = at(shape, 1)
  return Array.from({ length: at(shape, 0) }, (_, row) => data.subarray(row * width, (row + 1) * width))
}

function firstOfRows(matrix: FloatTensor, count: number): number[] {
  return rows(matrix).flatMap((row) => [...row.subarray(0, count)])
}

/** One image's [H, T, T] of a batch [B, H, T, T]. */
function perImage({ shape, data }: FloatTensor, image: number): FloatTensor {
  const size = data.length / at(shape, 0)
  return floatTensor(shape.slice(1), data.subarray(image * size, (image + 1) * size))
}
