/** @file The tables of layouts: complete, invertible, and with the axis orders of the reference code. */
import { describe, expect, it } from 'vitest'

import { clipLayout, hfVisionLayout } from '../../../core/files/layout-clip.ts'
import { hfDinov2Layout, hfLayout } from '../../../core/files/layout-hf.ts'
import { bigVisionLayout, bigVisionScannedLayout, jaxLayout } from '../../../core/files/layout-jax.ts'
import { timmLayout } from '../../../core/files/layout-timm.ts'
import { decodeEntry, encodeEntry, storedParameterShapes } from '../../../core/files/layout.ts'
import { tensorsToWrite } from '../../../core/files/model-to-export.ts'
import { at } from '../../../core/tensor/shape.ts'
import { parameter, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { plain, tinyModel } from './tiny-models.ts'

describe('the tables of layouts', () => {
  const models = {
    timm: [timmLayout, tinyModel({ layerScale: true, pooling: 'distilled', gelu: 'quick' })],
    hf: [hfLayout, tinyModel({ qkvBias: false })],
    jax: [jaxLayout, tinyModel({ classToken: false, pooling: 'mean' })],
    big_vision: [bigVisionLayout, tinyModel({ prefixPositions: false })],
    'big_vision, blocks stacked': [
      bigVisionScannedLayout,
      tinyModel({ classToken: false, pooling: 'attention' }),
    ],
    'timm, all that is new': [
      timmLayout,
      tinyModel({ registers: 2, preNorm: true, swiglu: true, pooling: 'attention' }),
    ],
    'DINOv2 of Hugging Face': [
      hfDinov2Layout,
      tinyModel({ layerScale: true, swiglu: true, registers: 4, pooling: 'classAndMean' }),
    ],
    'SigLIP of Hugging Face': [hfVisionLayout, tinyModel({ classToken: false, pooling: 'attention' })],
    OpenAI: [clipLayout, tinyModel({ preNorm: true, patchBias: false, classes: 0 })],
  } as const

  it.each(Object.entries(models))(
    '%s: every parameter once, and decoding undoes encoding',
    (_, [layout, model]) => {
      const shapes = storedParameterShapes(model.config)
      const both = new Map(model.parameters)
      for (const part of ['weight', 'bias']) {
        if (shapes.has(`headDistillation.${part}`))
          both.set(`headDistillation.${part}`, parameter(both, `head.${part}`))
      }
      const entries = layout.entries(model.config)
      expect(entries.flatMap(({ holds }) => holds).toSorted()).toEqual([...shapes.keys()].toSorted())
      const decoded = entries.flatMap((entry) => decodeEntry(entry, encodeEntry(entry, both), shapes))
      expect(plain(new Map(decoded))).toEqual(
        plain(new Map(decoded.map(([name]) => [name, parameter(both, name)]))),
      )
    },
  )

  it('jax kernels are [in, out], heads apart, and patch kernels [P, P, 3, D]', () => {
    const model = tinyModel()
    const file = new Map(tensorsToWrite(jaxLayout, model).map(({ name, load }) => [name, load()]))
    const element = ({ shape, data }: FloatTensor, ...index: number[]): number =>
      at(
        data,
        index.reduce((sum, position, axis) => sum * at(shape, axis) + position, 0),
      )
    const query = parameter(model.parameters, 'blocks.1.query.weight')
    const out = parameter(model.parameters, 'blocks.1.out.weight')
    const kernel = parameter(model.parameters, 'embedding.weight')
    const attention = 'Transformer/encoderblock_1/MultiHeadDotProductAttention_1'
    // Output channel 13 of the query is channel 5 of head 1; so is input channel 13 of the projection.
    expect(element(parameter(file, `${attention}/query/kernel`), 4, 1, 5)).toBe(element(query, 13, 4))
    expect(element(parameter(file, `${attention}/out/kernel`), 1, 5, 4)).toBe(element(out, 4, 13))
    expect(element(parameter(file, 'embedding/kernel'), 3, 1, 2, 9)).toBe(element(kernel, 9, 2, 3, 1))
  })
})
