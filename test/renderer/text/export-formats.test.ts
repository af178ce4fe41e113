/** @file The code for people, run by the programs it is for: Python's only if the test finds them. */
import { execFile } from 'node:child_process'
import { symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import sharp, { type Sharp } from 'sharp'
import { describe, expect, it } from 'vitest'

import type { ExportedModel } from '../../../core/api/contract/results.ts'
import { FramingChoice } from '../../../core/data/framing-choice.ts'
import { loadFile } from '../../../core/data/load.ts'
import type { Preprocessing } from '../../../core/data/preprocess.ts'
import { exportRun } from '../../../core/train/model/export.ts'
import { predictFiles } from '../../../core/train/model/predict.ts'
import { openPredictor } from '../../../core/train/model/predictor.ts'
import {
  snippetFor,
  snippetKinds,
  type Exported,
  type SnippetKind,
} from '../../../renderer/text/export-formats.ts'
import { at } from '../../../core/tensor/shape.ts'
import { decodeFile } from '../../core/data/decode-file.ts'
import { begin, cpu, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

const run = promisify(execFile)
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
/** A Python with torch, timm, transformers and onnxruntime. */
const python = process.env['VIT_STUDIO_PYTHON'] ?? ''

interface Guess {
  readonly label: string
  readonly probability: number
}

/** Kinds of pictures that programs open in different ways, each larger or smaller than the model's input of 12 × 12. */
const photos: Readonly<Record<string, (pixels: Sharp) => Sharp>> = {
  'photo.jpg': (pixels) => pixels.jpeg({ quality: 100, chromaSubsampling: '4:4:4' }),
  'small.png': (pixels) => pixels.resize(7, 5).png(),
  'wide.png': (pixels) => pixels.resize(50, 6, { fit: 'fill' }).png(),
  'panorama.png': (pixels) => pixels.resize(39, 13, { fit: 'fill' }).png(),
  'tower.png': (pixels) => pixels.resize(10, 31, { fit: 'fill' }).png(),
  'cutout.png': (pixels) =>
    pixels
      .joinChannel(Buffer.from(Array.from({ length: 40 * 30 }, (_, i) => (i * 7) % 256)), {
        raw: { width: 40, height: 30, channels: 1 },
      })
      .png(),
  'inks.jpg': (pixels) => pixels.toColourspace('cmyk').jpeg({ quality: 100 }),
  'deep.png': (pixels) => pixels.greyscale().toColourspace('grey16').png(),
}

interface Prepared {
  readonly folder: string
  /** By photo. */
  readonly expected: ReadonlyMap<string, readonly Guess[]>
  readonly preprocessing: Preprocessing
  readonly code: (kind: SnippetKind) => string
}

/** A tiny run, exported in every format, some photos, and what the run says about them. */
async function prepare(framing: FramingChoice = 'squash'): Promise<Prepared> {
  const begun = await begin(await tinyRequest({ steps: 3, framing }))
  await trainUntil(begun)
  const { directory, record } = begun
  const folder = join(directory, 'exports')
  const { exported } = await exportRun(directory, ['hf', 'timm', 'npz', 'onnx'], folder, { engine: cpu })
  const pixels = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, i) => (i * 37) % 256))
  const raw = { width: 40, height: 30, channels: 3 } as const
  for (const [name, encode] of Object.entries(photos)) {
    await encode(sharp(pixels, { raw })).toFile(join(folder, name))
  }
  const { resolution, mean, std } = record.preprocessing
  const model: ExportedModel = { labels: record.classes, ...resolution, mean, std, framing, isPlain: true }
  const ofFormat = (kind: SnippetKind): Exported =>
    at(
      exported
        .filter(({ format }) => snippetKinds(format).includes(kind))
        .map((one) => ({ ...one, files: [...one.files] })),
      0,
    )
  return {
    folder,
    expected: await guessesOf(directory, folder),
    preprocessing: record.preprocessing,
    code: (kind) => snippetFor(kind, ofFormat(kind), model),
  }
}

async function guessesOf(directory: string, folder: string): Promise<Prepared['expected']> {
  const predictor = await openPredictor(directory, cpu, 1)
  const guesses = new Map<string, readonly Guess[]>()
  try {
    const files = Object.keys(photos).map((name) => ({ file: join(folder, name) }))
    for await (const prediction of predictFiles(predictor, files, { top: 3 })) {
      if ('top' in prediction) guesses.set(basename(prediction.file), prediction.top)
    }
    return guesses
  } finally {
    await predictor.dispose()
  }
}

/** The same classes as shares of 1, whatever their order. */
function expectAlike(
  found: readonly Guess[],
  expected: readonly Guess[] | undefined,
  tolerance: number,
): void {
  const known = new Map(expected?.map(({ label, probability }) => [label, probability]))
  expect(found.map(({ label }) => label).sort()).toEqual([...known.keys()].sort())
  for (const { label, probability } of found)
    expect(Math.abs(probability - (known.get(label) ?? -1))).toBeLessThan(tolerance)
}

function expectSamePixels(found: readonly number[], expected: Buffer, meanDifference: number): void {
  expect(found).toHaveLength(expected.length)
  const sum = found.reduce((total, value, place) => total + Math.abs(value - (expected[place] ?? -256)), 0)
  expect(sum / found.length).toBeLessThanOrEqual(meanDifference)
}

/** The code once for each photo, in one process: importing torch takes longer than all else. */
const runForEach = `import sys
code = compile(open("classify.py").read(), "classify.py", "exec")
for name in sys.argv[1:]:
    print("photo")
    sys.argv = ["classify.py", name]
    exec(code, {})
`

describe('ready lines of code', () => {
  it.each(FramingChoice.options)(
    'for Node name the class of a photo as the run does, and see the pixels of every kind as the program does: %s',
    async (framing) => {
      const { folder, expected, preprocessing, code } = await prepare(framing)
      await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
      const [ending] = /console\.log\(.*\)/.exec(code('node')) ?? ['']
      const source = code('node').replace(
        ending,
        'console.log(JSON.stringify(await classify(await pixelsOf(process.argv[2]))))\n' +
          'console.log(JSON.stringify(Array.from(await pixelsOf(process.argv[2]))))',
      )
      await writeFile(join(folder, 'classify.mjs'), source)
      for (const name of Object.keys(photos)) {
        const { stdout } = await run(process.execPath, ['classify.mjs', name], { cwd: folder })
        const [guesses = '', pixels = ''] = stdout.split('\n')
        expectAlike(JSON.parse(guesses) as readonly Guess[], expected.get(name), 0.001)
        const { data } = await loadFile(join(folder, name), preprocessing)
        // Enlarging is the same to the last bit; shrinking is libvips' in the program, here 0.83 levels away on average.
        expectSamePixels(JSON.parse(pixels) as readonly number[], data, name === 'small.png' ? 0 : 1)
      }
    },
  )

  it.skipIf(python === '').each([
    ['hf', 'squash'],
    ['hf', 'crop'],
    ['timm', 'squash'],
    ['timm', 'crop'],
    ['timm', 'letterbox'],
    ['onnx', 'squash'],
    ['onnx', 'crop'],
    ['onnx', 'letterbox'],
  ] as const)(
    'for Python do the same, %s with %s (skipped without VIT_STUDIO_PYTHON)',
    async (kind, framing) => {
      const { folder, expected, code } = await prepare(framing)
      const source = code(kind).replace('"photo.jpg"', 'sys.argv[1]')
      const opening = '\nprint(np.asarray(opened(sys.argv[1])).ravel().tolist())\n'
      await writeFile(join(folder, 'classify.py'), `import sys\n${source}${opening}`)
      await writeFile(join(folder, 'all.py'), runForEach)
      const names = Object.keys(photos)
      const { stdout } = await run(python, ['all.py', ...names], { cwd: folder, maxBuffer: 1e8 })
      const [, ...said] = stdout.split(/^photo$/m)
      for (const [place, name] of names.entries()) {
        const lines = (said[place] ?? '').trim()
        const found = [...lines.matchAll(/^(\w+): ([\d.]+)%$/gm)]
        const guesses = found.map(([, label = '', share]) => ({ label, probability: Number(share) / 100 }))
        expectAlike(guesses, expected.get(name), 0.002)
        const { data } = await decodeFile(join(folder, name))
        // Laid over white, a level may be rounded the other way.
        expectSamePixels(JSON.parse(lines.split('\n').at(-1) ?? '') as number[], data, 0.5)
      }
    },
  )

  it('know every size, name and path, and keep them apart from the code', async () => {
    const model: ExportedModel = {
      labels: ['a "quoted" kind', 'b'],
      height: 32,
      width: 48,
      mean: [0.5, 0.4, 0.3],
      std: [0.2, 0.1, 0.3],
      framing: 'squash',
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
