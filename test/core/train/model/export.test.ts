import { readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, vi } from 'vitest'

import type { ModelToExport } from '../../../../core/files/model-to-export.ts'
import { floatTensor } from '../../../../core/tensor/tensor.ts'
import { ExportFormat } from '../../../../core/files/export-formats.ts'
import { exportRun } from '../../../../core/train/model/export.ts'
import { begin, cpu, tinyRequest, trainUntil } from '../../../support/tiny-run.ts'
import type { VitConfig } from '../../../../core/vit/config.ts'
import { say } from '../../../../core/sentence.ts'

/** What a writer with a bug would add to a bias of the head. */
const bug = vi.hoisted(() => ({ error: 0 }))

vi.mock('../../../../core/files/export-jax.ts', async (importOriginal) => {
  const jax = await importOriginal<typeof import('../../../../core/files/export-jax.ts')>()
  return {
    writeJax: (path: string, model: ModelToExport) => {
      const { shape, data } = model.parameters.get('head.bias')!
      const wrong = data.map((value, index) => (index === 0 ? value + bug.error : value))
      const parameters = new Map([...model.parameters, ['head.bias', floatTensor(shape, wrong)]])
      return jax.writeJax(path, { ...model, parameters })
    },
  }
})

/** The folder of a run of two steps; tests take it for its weights. */
async function trained(config: Partial<VitConfig> = {}, validationSplit = 0.4): Promise<string> {
  const run = await begin(await tinyRequest({ steps: 2, warmup: 0, validationSplit }, config))
  await trainUntil(run)
  return run.directory
}

describe('exportRun', () => {
  it('writes all formats and finds the same logits in each', async () => {
    const run = await trained()
    const out = join(run, 'exports')
    const told: string[] = []
    const onProgress = (message: string): void => void told.push(message)
    const result = await exportRun(run, ExportFormat.options, out, { engine: cpu, onProgress })
    expect(told).toEqual(ExportFormat.options)
    expect(result.exported.map(({ format, path }) => [format, path])).toEqual([
      ['hf', join(out, 'hf')],
      ['timm', join(out, 'timm')],
      ['npz', join(out, 'npz', 'model.npz')],
      ['onnx', join(out, 'onnx', 'model.onnx')],
    ])
    for (const { maxLogitDifference } of result.exported) expect(maxLogitDifference).toBeLessThan(1e-5)
    expect(result.refused).toEqual([])
    expect(result.verified.images).toBe(6)
    expect(result.files).toEqual(result.exported.flatMap(({ files }) => files))
    const config = JSON.parse(await readFile(join(out, 'timm', 'config.json'), 'utf8')) as object
    // timm passes each of these on to its PretrainedCfg, which takes no others.
    expect(config).toHaveProperty('pretrained_cfg', {
      tag: 'vit_studio',
      input_size: [3, 12, 12],
      fixed_input_size: true,
      interpolation: 'bilinear',
      crop_pct: 1,
      crop_mode: 'squash',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
      num_classes: 3,
      pool_size: null,
      first_conv: 'patch_embed.proj',
      classifier: 'head',
    })
  })

  it('lists the formats that cannot express the model, and throws for the only one', async () => {
    const run = await trained({ pooling: 'mean' }, 0)
    const out = join(run, 'exports')
    const result = await exportRun(run, ExportFormat.options, out, { engine: cpu })
    expect(result.exported.map(({ format }) => format)).toEqual(['timm', 'onnx'])
    expect(result.refused).toEqual([
      {
        format: 'hf',
        reason: say`${expect.any(String) as string} has no place for ${expect.any(String) as string}. Export as ${'timm or ONNX'} instead.`,
      },
      {
        format: 'npz',
        reason: say`${expect.any(String) as string} has no place for ${expect.any(String) as string}. Export as ${'timm or ONNX'} instead.`,
      },
    ])
    // Nothing was held out, so the images are those of training.
    expect(result.verified.images).toBe(15)
    await expect(exportRun(run, ['hf'], out, { engine: cpu })).rejects.toMatchObject({ code: 'unsupported' })
  })

  it.each([
    ['wrong', 0.5, /npz export in .* logits differ by 5\.0e-1, and 0\.001 is allowed/],
    ['as no numbers', Number.NaN, /head\/bias.* not finite numbers/],
  ])('catches an export whose weights were written %s', async (_, error, sentence) => {
    const run = await trained()
    bug.error = error
    try {
      const wrong = exportRun(run, ['npz'], join(run, 'npz'), { engine: cpu })
      await expect(wrong).rejects.toMatchObject({ message: expect.stringMatching(sentence) })
    } finally {
      bug.error = 0
    }
  })

  it('stops on request, and needs the images of the run', async () => {
    const request = await tinyRequest({ steps: 1, warmup: 0 })
    const run = await begin(request)
    await trainUntil(run)
    const out = join(run.directory, 'exports')
    const stopped = exportRun(run.directory, ['onnx'], out, { engine: cpu, signal: AbortSignal.abort() })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    await rename(request.data, `${request.data}-gone`)
    await expect(exportRun(run.directory, ['onnx'], out, { engine: cpu })).rejects.toMatchObject({
      code: expect.stringMatching(/^(not_found|io)$/),
      message: expect.stringContaining(request.data),
    })
  })
})
