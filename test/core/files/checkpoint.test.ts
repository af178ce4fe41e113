/** @file Opening checkpoints: real models, files of the real tools, and every refusal with its sentence. */
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { describeCheckpoint, openCheckpoint, type Pretrained } from '../../../core/files/checkpoint.ts'
import { storedParameterShapes } from '../../../core/files/layout.ts'
import { filled, floats, parameter, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { inEnglish } from '../../../core/sentence.ts'
import { sharedFile, sharedFolder, withoutShared } from '../../support/shared.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { fixture, plain, prefixed, saved, timmTensors, tinyConfig, tinyModel } from './tiny-models.ts'

const has = (part: string) => expect.stringContaining(part)

describe.skipIf(sharedFolder === null)(`DeiT-Tiny in three layouts${withoutShared}`, () => {
  const expected = tinyConfig({
    width: 192,
    depth: 12,
    heads: 3,
    mlpWidth: 768,
    patch: 16,
    grid: { rows: 14, columns: 14 },
    classes: 1000,
  })
  const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
  const half = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }

  it.each([
    ['deit-tiny-timm', 'timm', imagenet, 'DeiT (timm layout)', 'erf'],
    ['deit-tiny-hf', 'hf', imagenet, 'DeiT (Hugging Face layout)', 'erf'],
    ['deit-tiny-jax.npz', 'jax', half, 'ViT (vit_jax layout)', 'tanh'],
  ] as const)(
    '%s is recognised without reading its values',
    async (name, layout, normalisation, family, gelu) => {
      const description = await describeCheckpoint(sharedFile(`models/${name}`))
      expect(description).toMatchObject({
        layout,
        normalisation,
        family,
        positionResize: layout,
        labels: null,
      })
      expect(description.config).toEqual({ ...expected, gelu })
      expect(description.parameterCount).toBe(5_717_416)
      expect(description.notes.length).toBeGreaterThan(5)
    },
  )

  it('all hold the same weights', async () => {
    const open = (name: string): Promise<Pretrained> => openCheckpoint(sharedFile(`models/${name}`))
    const [timm, hf, jax] = [
      await open('deit-tiny-timm'),
      await open('deit-tiny-hf'),
      await open('deit-tiny-jax.npz'),
    ]
    expect([...timm.parameters.keys()]).toEqual([...storedParameterShapes(timm.config).keys()])
    for (const [name, tensor] of timm.parameters) {
      const [exact, half16] = [parameter(jax.parameters, name), parameter(hf.parameters, name)]
      expect([exact.shape, half16.shape], name).toEqual([tensor.shape, tensor.shape])
      expect(Buffer.from(exact.data.buffer).equals(Buffer.from(tensor.data.buffer)), name).toBe(true)
      // Half precision: a relative error of 2^-11, and multiples of 2^-24 near zero.
      const wrong = tensor.data.findIndex(
        (value, index) => !(Math.abs(value - half16.data[index]!) <= Math.abs(value) * 2 ** -11 + 2 ** -25),
      )
      expect(wrong, name).toBe(-1)
    }
  })
})

describe('files of the real tools', () => {
  const sizes = { width: 8, mlpWidth: 16, patch: 2, grid: { rows: 2, columns: 2 } }
  /** What make-fixtures.py puts into tensor number t. */
  const numbered = (tensor: number, from: number, count: number) =>
    Array.from({ length: count }, (_, index) => tensor + (from + index) / 64)

  it('a nested PyTorch training checkpoint', async () => {
    const { config, parameters, notes } = await openCheckpoint(fixture('nested.pth'), { heads: 2 })
    expect(config).toEqual(tinyConfig(sizes))
    expect(notes.map(inEnglish)).toContain('The weights come from “model” inside the file.')
    expect(notes.map(inEnglish)).toContain("The tensors' names begin with “module.”, which is removed.")
    expect(notes.map(inEnglish)).toContain('2 attention heads: as you set it.')
    // state_dict order: cls_token, pos_embed, patch_embed.*, norm1.*, qkv.weight is number 6.
    expect([...parameter(parameters, 'blocks.0.key.weight').data]).toEqual(numbered(6, 64, 64))
    expect([...parameter(parameters, 'blocks.0.value.bias').data]).toEqual(numbered(7, 16, 8))
  })

  it('a half-precision safetensors file', async () => {
    const { config, parameters } = await openCheckpoint(fixture('timm-half.safetensors'), { heads: 4 })
    expect(config).toEqual(tinyConfig({ ...sizes, heads: 4 }))
    expect([...parameter(parameters, 'classToken').data]).toEqual(numbered(0, 0, 8))
  })

  it('a folder of transformers, and its bare state_dict with the newer names', async () => {
    const folder = await openCheckpoint(fixture('hf-vit'))
    expect(folder).toMatchObject({
      layout: 'hf',
      family: 'ViT (Hugging Face layout)',
      labels: ['ant', 'bee', 'cat'],
    })
    expect(folder.config).toEqual(tinyConfig({ ...sizes, layerNormEpsilon: 1e-12 }))
    const bare = await openCheckpoint(fixture('hf-state-dict.pth'), { heads: 2 })
    expect(plain(bare.parameters)).toEqual(plain(folder.parameters))
  })

  it('a distilled DeiT of transformers on images that are not square', async () => {
    const { config, parameters, family, normalisation } = await openCheckpoint(fixture('hf-deit'))
    expect(family).toBe('distilled DeiT (Hugging Face layout)')
    expect(normalisation.mean).toEqual([0.485, 0.456, 0.406])
    expect(config).toEqual(
      tinyConfig({ ...sizes, grid: { rows: 2, columns: 3 }, pooling: 'distilled', layerNormEpsilon: 1e-12 }),
    )
    expect(parameter(parameters, 'positionEmbedding').shape).toEqual([8, 8])
    expect(parameter(parameters, 'headDistillation.weight').shape).toEqual([3, 8])
    expect(parameter(parameters, 'headDistillation.weight').data).not.toEqual(
      parameter(parameters, 'head.weight').data,
    )
  })
})

describe('a path', () => {
  it('may be a folder with one model file', async () => {
    const path = await saved(timmTensors(tinyModel()), 'anything.safetensors')
    expect((await openCheckpoint(join(path, '..'), { heads: 2 })).path).toBe(path)
  })

  it('to a folder with none, several or a split model is distinguished', async () => {
    const folder = temporaryFolder()
    await expect(openCheckpoint(folder)).rejects.toMatchObject({
      code: 'invalid_input',
      message: has('holds no model file'),
    })
    for (const name of ['a.npz', 'b.pth']) await writeFile(join(folder, name), '')
    await expect(openCheckpoint(folder)).rejects.toMatchObject({
      message: has('2 model files: a.npz, b.pth'),
    })
    await writeFile(join(folder, 'model.safetensors.index.json'), '{}')
    await expect(openCheckpoint(folder)).rejects.toMatchObject({ message: has('split over several files') })
  })

  it.each([
    ['text', 'invalid_input', 'not a model file', Buffer.from('Dear diary, today I trained a model.')],
    ['empty', 'invalid_input', 'not a model file', Buffer.alloc(0)],
    ['keras.h5', 'unsupported', 'Keras', Buffer.from('\u0089HDF\r\n\u001a\n and more', 'latin1')],
    [
      'pointer',
      'unsupported',
      'Git LFS pointer',
      Buffer.from('version https://git-lfs.github.com/spec/v1\noid sha256:12'),
    ],
  ])('to a file of another kind (%s) is reported', async (name, code, message, content) => {
    const path = join(temporaryFolder(), name)
    await writeFile(path, content)
    await expect(openCheckpoint(path)).rejects.toMatchObject({ code, message: has(message) })
  })

  it('that does not exist is a system error with the path', async () => {
    await expect(openCheckpoint('/no/such/model')).rejects.toMatchObject({
      code: 'ENOENT',
      path: '/no/such/model',
    })
  })
})

describe('a file that is not a valid plain ViT', () => {
  const changed = async (change: (tensors: Map<string, FloatTensor>) => void): Promise<string> => {
    const tensors = timmTensors(tinyModel())
    change(tensors)
    return saved(tensors)
  }
  const refusal = async (change: (tensors: Map<string, FloatTensor>) => void) => {
    const path = await changed(change)
    return openCheckpoint(path, { heads: 2 }).then(
      () => ({ code: 'opened', message: '' }),
      (error: unknown) => error as { code: string; message: string },
    )
  }

  it('a missing tensor is named with the shape it should have', async () => {
    const { code, message } = await refusal((tensors) => {
      tensors.delete('blocks.1.mlp.fc2.weight')
      tensors.delete('norm.bias')
    })
    expect(code).toBe('unsupported')
    expect(message).toContain('lacks the tensor “blocks.1.mlp.fc2.weight” [16, 32] and 1 more')
  })

  it('a missing tensor that recognition needs is named too', async () => {
    expect((await refusal((tensors) => tensors.delete('blocks.0.mlp.fc1.weight'))).message).toContain(
      'lacks the tensor “blocks.0.mlp.fc1.weight”',
    )
  })

  it('a wrong shape is shown beside the right one', async () => {
    const { code, message } = await refusal((tensors) =>
      tensors.set('blocks.0.attn.qkv.weight', filled([40, 16], 0)),
    )
    expect(code).toBe('unsupported')
    expect(message).toContain(
      'the tensor “blocks.0.attn.qkv.weight” of shape [40, 16], where the other tensors ask for [48, 16]',
    )
  })

  it('an unknown tensor is named: the model computes something else', async () => {
    const { code, message } = await refusal((tensors) => tensors.set('blocks.0.gate.weight', filled([2], 0)))
    expect(code).toBe('unsupported')
    expect(message).toContain('“blocks.0.gate.weight” [2]')
  })

  it('values that are not finite are counted', async () => {
    const { code, message } = await refusal((tensors) =>
      tensors.set('norm.weight', floats([16], [NaN, Infinity, ...new Array<number>(14).fill(0)])),
    )
    expect(code).toBe('invalid_input')
    expect(message).toContain('“norm.weight” in weights.safetensors has 2 of 16 values that are not finite')
  })

  it.each([
    ['blocks.0.mlp.fc1_g.weight', 'gated MLP is stored in three parts'],
    ['blocks.0.attn.q_norm.weight', 'normalised queries'],
    ['blocks.0.attn.relative_position_bias_table', 'positions are relative'],
    ['patch_embed.backbone.conv1.0.weight', 'hybrid'],
    ['Transformer/MixerBlock_0/token_mixing/Dense_0/kernel', 'an MLP-Mixer'],
  ])('“%s” betrays a family that is not supported', async (name, family) => {
    const { code, message } = await refusal((tensors) => tensors.set(name, filled([2], 0)))
    expect(code).toBe('unsupported')
    expect(message).toContain(family)
    expect(message).toContain(`“${name}”`)
    expect(message).toContain('not supported')
  })

  it('register tokens with positions of their own are reported', async () => {
    const { code, message } = await refusal((tensors) =>
      tensors.set('reg_token', filled([1, 4, 16], 0)).set('pos_embed', filled([1, 14, 16], 0)),
    )
    expect(code).toBe('unsupported')
    expect(message).toContain('positions for its 4 register tokens too')
  })

  it('a network of another kind is recognised by what it contains', async () => {
    const path = await saved(
      new Map([
        ['conv1.weight', filled([4, 3, 7, 7], 0)],
        ['fc.bias', filled([5], 0)],
      ]),
    )
    await expect(openCheckpoint(path)).rejects.toMatchObject({
      code: 'unsupported',
      message: has(
        'holds 2 tensors, such as “conv1.weight” [4, 3, 7, 7], “fc.bias” [5], which are not those of',
      ),
    })
  })

  it('two models in one file are not guessed between', async () => {
    const tensors = timmTensors(tinyModel())
    const path = await saved(new Map([...prefixed(tensors, 'student.'), ...prefixed(tensors, 'teacher.')]))
    await expect(openCheckpoint(path)).rejects.toMatchObject({
      message: has('more than one Vision Transformer'),
    })
  })

  it('grey images, oblong patches, missing blocks and impossible heads are reported', async () => {
    const grey = await refusal((tensors) => tensors.set('patch_embed.proj.weight', filled([16, 1, 4, 4], 0)))
    expect(grey.message).toContain('reads 1 channels in patches of 4 × 4')
    const flat = await refusal((tensors) => tensors.set('patch_embed.proj.weight', filled([16, 48], 0)))
    expect(flat.message).toContain('of shape [16, 48], where 4 axes were expected')
    const gap = await refusal((tensors) => {
      for (const name of tensors.keys()) if (name.startsWith('blocks.0.attn.')) tensors.delete(name)
    })
    expect(gap.message).toContain('“blocks.0.attn.qkv.weight”')
    await expect(openCheckpoint(await changed(() => undefined), { heads: 3 })).rejects.toThrow(
      '3 attention heads (as you set it) do not divide',
    )
    await expect(
      openCheckpoint(await changed(() => undefined), { heads: 2, pooling: 'distilled' }),
    ).rejects.toThrow('Pooling “distilled” (as you set it) does not fit')
  })

  it('nothing is read from a copy that lost its config, but recognition says what it assumes', async () => {
    const folder = join(temporaryFolder(), 'copy')
    await mkdir(folder)
    await copyFile(fixture('hf-vit/model.safetensors'), join(folder, 'model.safetensors'))
    const { config, notes, path } = await describeCheckpoint(folder, { heads: 2 })
    expect(basename(path)).toBe('model.safetensors')
    expect(config.layerNormEpsilon).toBe(1e-12)
    expect(notes.map(inEnglish)).toContain("LayerNorm epsilon 1e-12: transformers' default.")
  })
})
