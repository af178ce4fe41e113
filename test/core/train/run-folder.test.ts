import { appendFile, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openModel } from '../../../core/train/open-model.ts'
import {
  appendMetric,
  isRunFolder,
  readBest,
  readLast,
  readMetrics,
  readRecord,
  readRunData,
  truncateMetrics,
  writeBest,
  writeLast,
} from '../../../core/train/run-folder.ts'
import { resumeRun } from '../../../core/train/start.ts'
import type { RunToTrain } from '../../../core/train/trainer.ts'
import { randomParameters, tinyConfig } from '../files/tiny-models.ts'
import { begin, tinyRequest, trainUntil } from '../../support/tiny-run.ts'

const begun = async (): Promise<RunToTrain> => begin(await tinyRequest())

describe('metrics.jsonl', () => {
  it('is read without the line that a kill tore, and cut before a run goes on', async () => {
    const { directory } = await begun()
    for (const step of [1, 2, 3]) await appendMetric(directory, { type: 'step', step, loss: 0.1 + 0.2 })
    const path = join(directory, 'metrics.jsonl')
    await appendFile(path, '{"type":"step","step":4,"lo')
    expect((await readMetrics(directory)).map(({ step }) => step)).toEqual([1, 2, 3])
    expect((await readMetrics(directory, 2)).map(({ step }) => step)).toEqual([1, 2])
    const before = await readFile(path, 'utf8')
    await truncateMetrics(directory, 2)
    expect(await readFile(path, 'utf8')).toBe(`${before.split('\n').slice(0, 2).join('\n')}\n`)
  })
})

describe('run.json', () => {
  it.each([
    ['no JSON', () => '{"format": 1, "created'],
    ['a field too many', (text: string) => text.replace('{', '{"extra": 1,')],
    ['another version', (text: string) => text.replace('"format": 1', '"format": 2')],
  ])('is refused in a sentence where it is %s', async (_, damage) => {
    const { directory } = await begun()
    const path = join(directory, 'run.json')
    await writeFile(path, damage(await readFile(path, 'utf8')))
    for (const open of [readRecord, resumeRun, openModel]) {
      await expect(open(directory)).rejects.toMatchObject({
        code: 'invalid_input',
        message: `${path} cannot be understood. It was changed by hand or comes from another version of ViT Studio.`,
      })
    }
  })

  it('of the first versions says less about its model, which was a plain ViT', async () => {
    const { directory, record } = await begun()
    const path = join(directory, 'run.json')
    const written = JSON.parse(await readFile(path, 'utf8')) as { model: { config: Record<string, unknown> } }
    for (const part of ['registers', 'preNorm', 'patchBias', 'swiglu', 'stem'])
      expect(Reflect.deleteProperty(written.model.config, part)).toBe(true)
    await writeFile(path, JSON.stringify(written))
    expect(await readRecord(directory)).toEqual(record)
  })

  it('says by its presence that a folder is a run', async () => {
    const { directory, data, record } = await begun()
    expect(isRunFolder(directory)).toBe(true)
    expect(await readRunData(directory)).toEqual(data)
    expect(await readRecord(directory)).toEqual(record)
    expect(isRunFolder(join(directory, '..'))).toBe(false)
    await expect(resumeRun(join(directory, '..'))).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('checkpoints', () => {
  it('come back bit for bit, momentum and progress included', async () => {
    const { directory, record } = await begun()
    const { config } = record.model
    const [parameters, momentum] = [randomParameters(config, 1), randomParameters(config, 2)]
    const progress = { step: 5, best: { step: 3, accuracy: 2 / 3, loss: 0.1 } }
    await writeLast(directory, { parameters, momentum, progress })
    expect(await readLast(directory, config)).toEqual({ parameters, momentum, progress })
    expect(await readBest(directory, config)).toEqual(parameters)
    await writeBest(directory, momentum)
    expect(await readBest(directory, config)).toEqual(momentum)
  })

  it('of another run are refused, naming the tensor and both shapes', async () => {
    const { directory, record } = await begun()
    await writeBest(directory, randomParameters(tinyConfig({ classes: 7 })))
    await expect(readBest(directory, record.model.config)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(
        /best\.safetensors: head\.weight has shape \[7, 16\], expected \[3, 16\]/,
      ),
    })
    const { parameters } = await begun()
    await writeLast(directory, {
      parameters,
      momentum: new Map([...parameters].filter(([name]) => name !== 'head.bias')),
      progress: { step: 1, best: null },
    })
    await expect(readLast(directory, record.model.config)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/last\.safetensors: \S*head\.bias is missing, expected \[3\]/),
    })
  })

  it('are said to be missing where a run has none yet', async () => {
    const { directory } = await begun()
    await expect(openModel(directory)).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('has no checkpoint yet. Continue it with --resume'),
    })
  })
})

it('what a killed writer left behind is removed before a run goes on', async () => {
  const run = await begun()
  const { directory } = run
  await writeFile(join(directory, '.last.safetensors.0123456789ab.tmp'), 'half')
  await writeFile(join(directory, 'notes.tmp'), 'of the owner')
  await resumeRun(directory)
  // Whoever reads a run does not know whether another is writing.
  expect(await readdir(directory)).toContain('.last.safetensors.0123456789ab.tmp')
  await trainUntil(run)
  const names = await readdir(directory)
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual(['notes.tmp'])
})
