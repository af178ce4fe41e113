/**
 * @file Models used as they are, against transformers' image-classification pipeline: outputs that compete and outputs that do not,
 * and images prepared as the model's own files ask for.
 */
import { readFileSync } from 'node:fs'
import { mkdir, copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { openCheckpoint } from '../../core/files/checkpoint.ts'
import { writeHuggingFace } from '../../core/files/export-hf.ts'
import { writeJax } from '../../core/files/export-jax.ts'
import { writeTimm } from '../../core/files/export-timm.ts'
import { evaluateFolder } from '../../core/train/evaluation/evaluate.ts'
import { predictFiles } from '../../core/train/model/predict.ts'
import { openPredictor } from '../../core/train/model/predictor.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { cpu } from '../support/tiny-run.ts'
import { inEnglish } from '../../core/sentence.ts'

const folder = fileURLToPath(new URL('pipeline/', import.meta.url))
const picture = join(folder, 'picture.png')
const text = readFileSync(join(folder, 'golden.json'), 'utf8')
const golden = Object.entries(JSON.parse(text) as Record<string, Record<string, number>>)

async function scoresOf(path: string): Promise<Record<string, number>> {
  const predictor = await openPredictor(path, cpu, 1)
  try {
    for await (const prediction of predictFiles(predictor, [{ file: picture }], { top: 9 })) {
      if (!('top' in prediction)) throw new Error(inEnglish(prediction.reason))
      return Object.fromEntries(prediction.top.map(({ label, probability }) => [label, probability]))
    }
  } finally {
    await predictor.dispose()
  }
  return {}
}

/** transformers calls nameless classes LABEL_0, LABEL_1, … */
const ours = (label: string): string => label.replace(/^LABEL_/, 'class ')

it.each(golden)('%s: the probabilities are those of the pipeline', async (name, expected) => {
  const scores = await scoresOf(join(folder, name))
  expect(Object.keys(scores)).toEqual(Object.keys(expected).map(ours))
  // The decoder rounds a third of a level otherwise than Pillow.
  const found = Object.keys(expected).map((label) => scores[ours(label)] ?? Number.NaN)
  expect(found).toBeAllclose(Object.values(expected), { rtol: 0, atol: 0.005 })
})

describe('an export', () => {
  const exports = [
    ['Hugging Face', async (model, out) => writeHuggingFace(out, model)],
    ['timm', async (model, out) => writeTimm(out, model)],
    ['npz', async (model, out) => writeJax(join(out, 'model.npz'), model)],
  ] as const satisfies [string, (model: Parameters<typeof writeTimm>[1], out: string) => Promise<string[]>][]

  it.each(exports)('to %s asks for the same preprocessing', async (format, write) => {
    for (const name of ['hf-clip-crop', 'hf-deit-crop', 'timm-center', 'timm-border', 'hf-single-label']) {
      const opened = await openCheckpoint(join(folder, name))
      const labels = opened.labels ?? []
      const out = join(temporaryFolder(), 'models')
      const written = write({ ...opened, labels }, out)
      if (format === 'Hugging Face' && opened.framing.resize === 'letterbox') {
        await expect(written).rejects.toThrow('Hugging Face has no place for bars beside an image')
        continue
      }
      await written
      const again = await openCheckpoint(out)
      expect({ name, ...again.framing }).toEqual({ name, ...opened.framing })
      expect(again.labels).toEqual(labels)
    }
  })
})

it('labels that may hold beside one another are not measured by folders of classes', async () => {
  const data = temporaryFolder()
  for (const name of ['ant', 'bee', 'cat']) {
    await mkdir(join(data, name))
    await copyFile(picture, join(data, name, 'picture.png'))
  }
  const predictor = await openPredictor(join(folder, 'hf-several-labels'), cpu, 1)
  await expect(evaluateFolder(predictor, data)).rejects.toMatchObject({
    code: 'unsupported',
    message: expect.stringContaining('Each output of this model is a label of its own'),
  })
  await predictor.dispose()
})
