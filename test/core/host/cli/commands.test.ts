import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { beforeAll, describe, expect, it } from 'vitest'

import { temporaryFolder } from '../../../support/temporary.ts'
import { writeFiles } from '../../data/folders.ts'
import { studio, studioJson, useWorkplace, writeSquares } from './studio.ts'

const { folder, model, data } = useWorkplace()
const cpu = ['--engine', 'cpu']
const run = join(folder, 'run')

beforeAll(async () => {
  const sizes = ['--steps', '4', '--batch', '6', '--warmup', '1', '--lr', '0.1', '--augment', 'none']
  const { code } = await studio('finetune', '--model', model, '--data', data, '--out', run, ...cpu, ...sizes)
  expect(code).toBe(0)
})

describe('evaluate', () => {
  it('gives accuracy, loss, confusion and the figures of every class by name', async () => {
    const { code, last } = await studioJson('evaluate', '--model', run, '--data', data, ...cpu)
    expect(code).toBe(0)
    expect(last).toMatchObject({ type: 'done', images: 24, skipped: 0 })
    const { accuracy, accuracyInterval, loss, confusion, perClass } = last as unknown as Figures
    expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(24)
    expect(confusion.map((row) => row.reduce((sum, count) => sum + count, 0))).toEqual([8, 8, 8])
    expect(accuracy).toBeCloseTo(confusion.reduce((right, row, label) => right + row[label]!, 0) / 24, 12)
    expect(accuracyInterval.low).toBeLessThanOrEqual(accuracy)
    expect(accuracyInterval.high).toBeGreaterThanOrEqual(accuracy)
    expect(loss).toBeGreaterThan(0)
    expect(perClass.map(({ name, support }) => [name, support])).toEqual([
      ['blue', 8],
      ['green', 8],
      ['red', 8],
    ])
  })

  it('matches folders with classes by name and lists what cannot be used', async () => {
    const some = temporaryFolder()
    await writeSquares(some, 2)
    await writeFiles(some, ['red/notes.txt', 'red/empty.jpg'])
    const { lines, last } = await studioJson('evaluate', '--model', model, '--data', some, ...cpu)
    expect(last).toMatchObject({ type: 'done', images: 6, skipped: 2 })
    expect(lines.filter(({ type }) => type === 'skipped').map(({ path }) => path)).toEqual([
      'red/empty.jpg',
      'red/notes.txt',
    ])
    await writeFiles(some, ['violet/keep.txt'])
    await writeSquares(join(some, 'violet'), 1)
    const foreign = await studioJson('evaluate', '--model', model, '--data', some, ...cpu)
    expect(foreign.code).toBe(2)
    expect(foreign.stderr).toContain('"violet"')
    expect(foreign.last).toMatchObject({ type: 'error', code: 'invalid_input' })
  })

  it('speaks of percentages and mistakes to people', async () => {
    const { stdout } = await studio('evaluate', '--model', model, '--data', data, ...cpu)
    expect(stdout).toMatch(
      /^Accuracy [\d.]+ % \(95 % confidence: [\d.]+ % to [\d.]+ %\), loss [\d.]+, 24 images\n/,
    )
    expect(stdout).toContain('Most frequent mistakes:')
  })
})

interface Figures {
  readonly accuracy: number
  readonly accuracyInterval: { readonly low: number; readonly high: number }
  readonly loss: number
  readonly confusion: readonly (readonly number[])[]
  readonly perClass: readonly { readonly name: string; readonly support: number }[]
}

describe('predict', () => {
  it('names every image of files and folders, in order, and is not stopped by bad files', async () => {
    const photos = temporaryFolder()
    await writeSquares(photos, 2)
    await writeFiles(photos, ['red/broken.jpg', 'readme.txt', '.hidden.png'], 'no image')
    const single = join(data, 'red', '0.png')
    const { code, lines, last } = await studioJson(
      'predict',
      '--model',
      run,
      ...cpu,
      '--top',
      '2',
      single,
      photos,
    )
    expect(code).toBe(0)
    const predictions = lines.filter(({ type }) => type === 'prediction')
    expect(predictions.map(({ file }) => file)).toEqual([
      single,
      ...['blue', 'green', 'red'].flatMap((name) =>
        [0, 1].map((index) => join(photos, name, `${index}.png`)),
      ),
    ])
    for (const { top } of predictions as unknown as { top: { label: string; probability: number }[] }[]) {
      expect(top).toHaveLength(2)
      expect(top[0]!.probability).toBeGreaterThanOrEqual(top[1]!.probability)
      expect(top.every(({ label }) => ['blue', 'green', 'red'].includes(label))).toBe(true)
    }
    const skipped = lines.filter(({ type }) => type === 'skipped')
    expect(skipped.map(({ path }) => path)).toEqual([
      join(photos, 'readme.txt'),
      join(photos, 'red/broken.jpg'),
    ])
    expect(last).toMatchObject({ type: 'done', images: 7, skipped: 2 })
  })

  it('gives the same probabilities for an image alone and among others', async () => {
    const files = [0, 1, 2].map((index) => join(data, 'green', `${index}.png`))
    const together = await studioJson('predict', '--model', run, ...cpu, ...files)
    const alone = await studioJson('predict', '--model', run, ...cpu, files[2]!)
    expect(alone.lines[0]).toEqual(together.lines[2])
  })

  it('writes a table in which every file has a row', async () => {
    const photos = temporaryFolder()
    await writeSquares(photos, 1)
    await writeFile(join(photos, 'a, "b".png'), 'no image')
    const csv = join(temporaryFolder(), 'table.csv')
    const { code, stdout } = await studio(
      'predict',
      '--model',
      run,
      ...cpu,
      '--csv',
      csv,
      '--top',
      '9',
      photos,
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/3 images(, \d unsure)?, 1 left out/)
    const rows = readFileSync(csv, 'utf8').split('\r\n')
    expect(rows[0]).toBe(
      '\u{FEFF}file,label_1,probability_1,label_2,probability_2,label_3,probability_3,unsure,problem',
    )
    expect(rows[1]).toMatch(/^"[^"]*\/a, ""b"".png",,,,,,,,\S+/)
    for (const row of rows.slice(2, 5)) expect(row).toMatch(/,(yes|no),$/)
    expect(rows.slice(2, 5).map((row) => basename(row.split(',')[0]!))).toEqual(['0.png', '0.png', '0.png'])
    expect(rows.slice(5)).toEqual([''])
  })

  it('keeps an older table until the new one is there', async () => {
    const csv = join(temporaryFolder(), 'table.csv')
    writeFileSync(csv, 'older')
    const none = temporaryFolder()
    const { code, stderr } = await studio('predict', '--model', run, ...cpu, '--csv', csv, none)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('There are no images') })
    expect(readFileSync(csv, 'utf8')).toBe('older')
    expect(readdirSync(join(csv, '..'))).toEqual(['table.csv'])
  })

  it('fails when nothing could be read', async () => {
    const { code, lines, stderr } = await studioJson('predict', '--model', run, ...cpu, '/nowhere.jpg')
    expect(code).toBe(2)
    expect(lines[0]).toEqual({
      type: 'skipped',
      path: '/nowhere.jpg',
      reason: 'There is no such file or folder.',
    })
    expect(stderr).toContain('could not be read as an image')
  })
})

describe('export', () => {
  it('writes every format, opens each again and says by how much the logits differ', async () => {
    const out = temporaryFolder()
    const { code, last } = await studioJson('export', '--run', run, '--format', 'all', '--out', out)
    expect(code).toBe(0)
    const { files, verified } = last as unknown as Exports
    expect(last).toMatchObject({ type: 'done', engine: 'cpu', out, refused: [] })
    expect(files.length).toBeGreaterThanOrEqual(7)
    expect(files.every((file) => existsSync(file))).toBe(true)
    expect(verified.maxLogitDifference).toBeLessThan(1e-4)
    expect(verified.images).toBeGreaterThan(0)
    for (const path of ['hf', 'timm', 'npz/model.npz', 'onnx', 'onnx/model.onnx']) {
      const evaluated = await studioJson('evaluate', '--model', join(out, path), '--data', data, ...cpu)
      expect(evaluated.last, path).toMatchObject({ type: 'done', images: 24 })
    }
  })

  it('is verified on the engine that is asked for, or not at all', async () => {
    const out = temporaryFolder()
    const args = ['export', '--run', run, '--format', 'onnx', '--out', out, '--engine', 'webgpu']
    const { code, last } = await studioJson(...args)
    // Where there is no graphics card this is a sentence, and nothing falls back to the processor unasked.
    if (code === 0) expect(last).toMatchObject({ engine: 'webgpu' })
    else
      expect({ code, last }).toMatchObject({ code: 2, last: { message: expect.stringContaining('webgpu') } })
    expect(existsSync(join(out, 'model.onnx'))).toBe(code === 0)
  })

  it('writes one format into the folder itself', async () => {
    const out = temporaryFolder()
    const { stdout } = await studio('export', '--run', run, '--format', 'onnx', '--out', out)
    expect(existsSync(join(out, 'model.onnx'))).toBe(true)
    expect(stdout).toMatch(/ONNX {2}\S+model.onnx {2}largest logit difference/)
    expect((await studio('export', '--run', model, '--format', 'hf', '--out', out)).code).toBe(2)
  })
})

interface Exports {
  readonly files: readonly string[]
  readonly verified: { readonly maxLogitDifference: number; readonly images: number }
}

describe('check-data', () => {
  it('counts classes and lists bad files and warnings', async () => {
    const some = temporaryFolder()
    await writeSquares(some, 3)
    await writeFiles(some, ['red/empty.jpg'])
    const { code, lines, last } = await studioJson('check-data', some, '--val', data, '--resolution', '100')
    expect(code).toBe(0)
    expect(last).toMatchObject({
      type: 'done',
      folder: some,
      images: 9,
      split: { training: 9, validation: 24 },
      validation: 24,
      skipped: 1,
      classes: ['blue', 'green', 'red'].map((name) => ({ name, images: 3, validation: 8 })),
    })
    expect(lines.filter(({ type }) => type === 'skipped')).toEqual([
      { type: 'skipped', path: 'red/empty.jpg', reason: expect.any(String) },
    ])
    const people = await studio('check-data', some, '--resolution', '100')
    expect(people.stdout).toMatch(/3 classes, 9 usable images\n {2}blue {3}3\n {2}green {2}3\n {2}red {4}3\n/)
    expect(people.stdout).toContain('red/empty.jpg: ')
    expect(people.stdout).toContain('much smaller than the 100 pixels')
    const third = await studioJson('check-data', some, '--val-split', '0.4', '--seed', '1')
    expect(third.last).toMatchObject({ split: { training: 6, validation: 3 }, validation: 0 })
  })
})

describe('--labels', () => {
  it('labels photos that are in no class folders, in check-data and in finetune', async () => {
    const some = temporaryFolder()
    await writeSquares(some, 4)
    const flat = temporaryFolder()
    const rows: string[] = ['file,label']
    for (const name of ['blue', 'green', 'red']) {
      const files = readdirSync(join(some, name)).filter((file) => file.endsWith('.png'))
      for (const [index, file] of files.entries()) {
        copyFileSync(join(some, name, file), join(flat, `${name}-${index}.png`))
        if (name !== 'red') rows.push(`${name}-${index}.PNG,${name}`)
      }
    }
    const table = join(temporaryFolder(), 'labels.csv')
    await writeFile(table, rows.join('\r\n'))
    expect((await studio('check-data', flat)).stderr).toContain('--labels')
    const { code, lines, last } = await studioJson('check-data', flat, '--labels', table)
    expect(code).toBe(0)
    expect(lines.find(({ type }) => type === 'labels')).toMatchObject({ labelled: 8, rows: 8, withoutRow: 4 })
    expect(last).toMatchObject({
      images: 8,
      unlabelled: 4,
      classes: [
        { name: 'blue', images: 4 },
        { name: 'green', images: 4 },
      ],
    })
    const people = await studio('check-data', flat, '--labels', table)
    expect(people.stdout).toContain('8 images labelled by 8 rows of the table (columns “file” and “label”)')
    expect(people.stdout).toContain('4 images without a label')
    const out = join(temporaryFolder(), 'run')
    const sizes = ['--steps', '1', '--batch', '4', '--augment', 'none']
    const given = ['--model', model, '--data', flat, '--labels', table, '--out', out]
    expect((await studio('finetune', ...given, ...cpu, ...sizes)).code).toBe(0)
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).toMatchObject({
      classes: ['blue', 'green'],
    })
  })
})

describe('describe', () => {
  it('says what a checkpoint is and takes what overrules it', async () => {
    const { code, last } = await studioJson('describe', model, '--heads', '4')
    expect(code).toBe(0)
    expect(last).toMatchObject({
      type: 'done',
      kind: 'checkpoint',
      layout: 'hf',
      config: { width: 16, depth: 2, heads: 4 },
      labels: ['blue', 'green', 'red'],
      normalisation: { mean: [0.5, 0.5, 0.5] },
      notes: expect.arrayContaining([expect.stringContaining('4 attention heads: as you set it')]),
    })
    const { stdout } = await studio('describe', model)
    expect(stdout).toContain('2 blocks, 16 wide, 2 heads, MLP 32')
    expect(stdout).toContain('3: blue, green, red')
  })

  it('gives settings and result of a run', async () => {
    const { last } = await studioJson('describe', run)
    expect(last).toMatchObject({
      kind: 'run',
      status: 'finished',
      settings: { steps: 4, batch: 6, learningRate: 0.1 },
      result: { steps: 4 },
      labels: ['blue', 'green', 'red'],
    })
    const { stdout } = await studio('describe', run)
    expect(stdout).toContain('4 steps of 6 images')
    const overruled = await studio('describe', run, '--heads', '4')
    expect(overruled).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('heads cannot be overridden'),
    })
  })

  it('reads what an .onnx export says of itself', async () => {
    const out = temporaryFolder()
    await studio('export', '--run', run, '--format', 'onnx', '--out', out)
    const { last } = await studioJson('describe', out)
    expect(last).toMatchObject({ kind: 'onnx', labels: ['blue', 'green', 'red'] })
  })

  it('explains what is not a model', async () => {
    const { code, stderr } = await studio('describe', join(folder, 'nothing.safetensors'))
    expect(code).toBe(2)
    expect(stderr).toContain('There is no such file')
  })
})

describe('devices', () => {
  it('lists every device with its speed, or the reason why it cannot be used', async () => {
    const { code, last } = await studioJson('devices')
    expect(code).toBe(0)
    const devices = last['devices'] as Record<string, unknown>[]
    expect(devices.find(({ kind }) => kind === 'cpu')).toMatchObject({
      name: expect.any(String),
      memoryMB: expect.any(Number),
      usable: true,
      gflops: expect.any(Number),
    })
    for (const device of devices)
      expect(device).toMatchObject(
        device['usable'] === true ? { gflops: expect.any(Number) } : { reason: expect.any(String) },
      )
  })
})

describe('bench', () => {
  it('times a step against a plain product', async () => {
    const { code, last } = await studioJson('bench', '--model', model, '--batch', '2', '--steps', '3')
    expect(code).toBe(0)
    expect(last).toMatchObject({ type: 'done', engine: 'cpu', batch: 2, steps: 3, resolution: 32 })
    const { imagesPerSecond, stepMs, gflops, gemmGflops, gemmFraction, peakMemoryMB } = last as Record<
      string,
      number
    >
    expect(imagesPerSecond).toBeCloseTo(2000 / stepMs!, 6)
    expect(gflops).toBeGreaterThan(0)
    expect(gemmGflops).toBeGreaterThan(gflops!)
    expect(gemmFraction).toBeGreaterThan(0)
    expect(gemmFraction).toBeLessThan(1)
    expect(peakMemoryMB).toBeGreaterThan(50)
  })

  it('refuses a resolution that does not fit the patches', async () => {
    const refused = await studio('bench', '--model', 'tiny', '--resolution', '100')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('The nearest that is: 96.') })
  })
})
