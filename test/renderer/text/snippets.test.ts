/** @file The code for people, run by the programs it is for: Python's only if the test finds them. */
import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import type { ExportedModel } from '../../../core/api/contract/results.ts'
import { exportRun } from '../../../core/train/export.ts'
import { predictFiles } from '../../../core/train/predict.ts'
import { openPredictor } from '../../../core/train/predictor.ts'
import { snippetFor, snippetKinds, type Exported, type SnippetKind } from '../../../renderer/text/snippets.ts'
import { at } from '../../../core/tensor/shape.ts'
import { begin, cpu, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

const run = promisify(execFile)
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
/** A Python with torch, timm, transformers and onnxruntime. */
const python = process.env['VIT_STUDIO_PYTHON'] ?? ''

interface Guess {
  readonly label: string
  readonly probability: number
}

interface Prepared {
  readonly folder: string
  readonly expected: readonly Guess[]
  readonly code: (kind: SnippetKind) => string
}

/** A tiny run, exported in every format, a photo, and what the run says about it. */
async function prepare(): Promise<Prepared> {
  const begun = await begin(await tinyRequest({ steps: 3 }))
  await trainUntil(begun)
  const { directory, record } = begun
  const folder = join(directory, 'exports')
  const { exported } = await exportRun(directory, ['hf', 'timm', 'npz', 'onnx'], folder, { engine: cpu })
  const photo = join(folder, 'photo.jpg')
  const pixels = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 37) % 256))
  await sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toFile(photo)
  const { resolution, mean, std } = record.preprocessing
  const model: ExportedModel = { labels: record.classes, ...resolution, mean, std, isPlain: true }
  const ofFormat = (kind: SnippetKind): Exported =>
    at(
      exported
        .filter(({ format }) => snippetKinds(format).includes(kind))
        .map((one) => ({ ...one, files: [...one.files] })),
      0,
    )
  return {
    folder,
    expected: await guessesOf(directory, photo),
    code: (kind) => snippetFor(kind, ofFormat(kind), model),
  }
}

async function guessesOf(directory: string, photo: string): Promise<readonly Guess[]> {
  const predictor = await openPredictor(directory, cpu, 1)
  try {
    for await (const prediction of predictFiles(predictor, [{ file: photo }], { top: 3 })) {
      if ('top' in prediction) return prediction.top
    }
    throw new Error('no prediction')
  } finally {
    await predictor.dispose()
  }
}

describe('ready lines of code', () => {
  it('for Node name the class of a photo as the run does', async () => {
    const { folder, expected, code } = await prepare()
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
    // With all digits, not as people read them.
    const source = code('node').replace(/console\.log\((.*)\)/, 'console.log(JSON.stringify($1))')
    await writeFile(join(folder, 'classify.mjs'), source)
    const { stdout } = await run(process.execPath, ['classify.mjs'], { cwd: folder })
    const guesses = JSON.parse(stdout) as readonly Guess[]
    expect(guesses.map(({ label }) => label)).toEqual(expected.map(({ label }) => label))
    guesses.forEach(({ probability }, i) => expect(probability).toBeCloseTo(at(expected, i).probability, 5))
  })

  it.skipIf(python === '').each(['hf', 'timm', 'onnx'] as const)(
    'for Python name the class of a photo as the run does, %s (skipped without VIT_STUDIO_PYTHON)',
    async (kind) => {
      const { folder, expected, code } = await prepare()
      await writeFile(join(folder, 'classify.py'), code(kind))
      const { stdout } = await run(python, ['classify.py'], { cwd: folder })
      const guesses = [...stdout.matchAll(/^(\w+): ([\d.]+)%$/gm)]
      expect(guesses.map(([, label]) => label)).toEqual(expected.map(({ label }) => label))
      guesses.forEach(([, , share], i) =>
        // Pillow decodes JPEG a little differently.
        expect(Math.abs(Number(share) / 100 - at(expected, i).probability)).toBeLessThan(0.01),
      )
    },
  )

  it('know every size, name and path, and keep them apart from the code', async () => {
    const model: ExportedModel = {
      labels: ['a "quoted" kind', 'b'],
      height: 32,
      width: 48,
      mean: [0.5, 0.4, 0.3],
      std: [0.2, 0.1, 0.3],
      isPlain: false,
    }
    const path = 'C:\\models\\my "best"'
    const exported: Exported = {
      format: 'onnx',
      path,
      files: [`${path}\\model.onnx`, `${path}\\model.onnx.data`],
    }
    const browser = snippetFor('browser', exported, model)
    expect(browser).toContain(`const labels = ${JSON.stringify(model.labels)}`)
    expect(browser).toContain('const [width, height] = [48, 32]')
    expect(browser).toContain("externalData: [{ path: 'model.onnx.data', data: 'model.onnx.data' }]")
    expect(snippetFor('hf', exported, model)).toContain(JSON.stringify(path))
    // vit_jax computes nothing but the ViT of the paper.
    expect(snippetFor('npz', exported, model)).not.toContain('vit_jax')
    expect(snippetFor('npz', exported, { ...model, isPlain: true })).toContain('vit_jax')
  })
})
