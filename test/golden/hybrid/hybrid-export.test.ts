/** @file Hybrids exported and reopened, and what other programs could not open is refused. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { openTensorFile } from '../../../core/files/container.ts'
import { writeHuggingFace } from '../../../core/files/export-hf.ts'
import { writeJax } from '../../../core/files/export-jax.ts'
import { writeTimm } from '../../../core/files/export-timm.ts'
import { writeNpz } from '../../../core/files/npz-write.ts'
import type { Shape } from '../../../core/tensor/shape.ts'
import { floatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { tinyModel } from '../../core/files/tiny-models.ts'

const labels = ['ant', 'bee', 'cat', 'dog', 'eel']
const folder = import.meta.dirname

describe('a hybrid exported as npz', () => {
  it.each(['timm', 'jax'] as const)(
    'opens again as the same model, computing as %s does',
    async (arithmetic) => {
      const original = await openCheckpoint(join(folder, arithmetic === 'timm' ? 'staged' : 'staged.npz'))
      const file = join(temporaryFolder(), 'model.npz')
      await writeJax(file, { ...original, labels })
      const again = await openCheckpoint(file)
      expect(again.config).toEqual(original.config)
      expect(again.config.stem?.arithmetic).toBe(arithmetic)
      expect(again.parameters).toEqual(original.parameters)
      expect(again.labels).toEqual(labels)
    },
  )

  it('has the names and shapes of vit_jax', async () => {
    const file = join(temporaryFolder(), 'model.npz')
    await writeJax(file, { ...(await openCheckpoint(join(folder, 'staged'))), labels })
    expect(await shapesIn(file)).toEqual(await shapesIn(join(folder, 'staged.npz')))
  })
})

describe('a hybrid exported for timm', () => {
  it('opens again as the same model, under the name of the model with its ResNet', async () => {
    const stem = { width: 64, units: [], arithmetic: 'timm' as const }
    const model = tinyModel({ patch: 8, stem })
    const target = temporaryFolder()
    await writeTimm(target, model)
    const again = await openCheckpoint(target)
    expect(again.config).toEqual(model.config)
    expect(again.parameters).toEqual(model.parameters)
    expect(again.normalisation).toEqual(model.normalisation)
    expect(JSON.parse(await readFile(join(target, 'config.json'), 'utf8'))).toMatchObject({
      architecture: 'vit_tiny_r_s16_p8_224',
      model_args: { patch_size: 2, img_size: [24, 24], embed_dim: 16 },
      pretrained_cfg: { first_conv: 'patch_embed.backbone.conv' },
    })
  })

  it('is refused where timm has no model with its ResNet', async () => {
    const model = { ...(await openCheckpoint(join(folder, 'staged'))), labels }
    await expect(writeTimm(temporaryFolder(), model)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('a ResNet with 32 channels and stages of 2, 1 units'),
    })
  })
})

it('a hybrid is refused for transformers, which has no such model', async () => {
  const model = { ...(await openCheckpoint(join(folder, 'root'))), labels }
  await expect(writeHuggingFace(temporaryFolder(), model)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('a ResNet in front of a Vision Transformer'),
  })
})

it('GroupNorm is read with axes of size one in front and without', async () => {
  const path = join(folder, 'root.npz')
  const [original, squeezed] = [
    await openCheckpoint(path),
    await openCheckpoint(await withoutLeadingAxes(path)),
  ]
  expect(squeezed.parameters).toEqual(original.parameters)
})

/** A copy of an npz without leading axes of size one. */
async function withoutLeadingAxes(path: string): Promise<string> {
  const copy = join(temporaryFolder(), 'copy.npz')
  const file = await openTensorFile(path)
  const arrays = await Promise.all(
    [...file.tensors.keys()].map(async (name) => ({ name, array: await file.read(name) })),
  )
  await file.close()
  const squeezed = arrays.map(({ name, array: { shape, data } }) => {
    const own = shape.slice(/(^|\/)gn/.test(name) ? 3 : 0)
    return { name, shape: own, load: () => floatTensor(own, data) }
  })
  await writeNpz(copy, squeezed)
  return copy
}

async function shapesIn(path: string): Promise<Map<string, Shape>> {
  const file = await openTensorFile(path)
  await file.close()
  return new Map([...file.tensors].map(([name, { shape }]) => [name, shape]))
}
