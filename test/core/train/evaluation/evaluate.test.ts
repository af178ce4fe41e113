import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { frameAs } from '../../../../core/data/preprocess.ts'
import { floatTensor } from '../../../../core/tensor/tensor.ts'
import { evaluateFolder } from '../../../../core/train/evaluation/evaluate.ts'
import type { Predictor } from '../../../../core/train/model/predictor.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeImage } from '../../data/folders.ts'

/** Says class 0 of every image. */
function stubbornPredictor(labels: readonly string[], hasNames: boolean): Predictor {
  return {
    labels,
    hasNames,
    scores: 'softmax',
    preprocessing: frameAs('squash', { height: 4, width: 4 }, { mean: [0, 0, 0], std: [1, 1, 1] }),
    batch: 2,
    compute: (_, count) =>
      Promise.resolve(
        floatTensor(
          [count, labels.length],
          Float32Array.from({ length: count * labels.length }, (__, index) =>
            index % labels.length === 0 ? 1 : 0,
          ),
        ),
      ),
    features: null,
    attention: null,
    dispose: () => Promise.resolve(),
  }
}

async function folderOf(counts: Readonly<Record<string, number>>): Promise<string> {
  const folder = temporaryFolder()
  for (const [name, count] of Object.entries(counts))
    for (let index = 0; index < count; index++)
      await writeImage(folder, `${name}/${index}.png`, [index, 9, 200])
  return folder
}

describe('evaluateFolder', () => {
  it('counts every image once, with folders matched to the classes by name', async () => {
    const directory = await folderOf({ ant: 3, bee: 2 })
    const cacheDirectory = temporaryFolder()
    const predictor = stubbornPredictor(['bee', 'wasp', 'ant'], true)
    const progress: [number, number][] = []
    const onProgress = (done: number, total: number): void => void progress.push([done, total])
    const evaluation = await evaluateFolder(predictor, directory, { cacheDirectory, onProgress })
    expect(evaluation.images).toBe(5)
    expect(evaluation.accuracy).toBeCloseTo(2 / 5, 12)
    expect(evaluation.confusion).toEqual([
      [2, 0, 0],
      [0, 0, 0],
      [3, 0, 0],
    ])
    expect(evaluation.perClass.map(({ name, recall }) => [name, recall])).toEqual([
      ['bee', 1],
      ['wasp', null],
      ['ant', 0],
    ])
    expect(evaluation.warnings).toContainEqual(expect.stringContaining('"wasp"'))
    expect(progress).toEqual([
      [2, 5],
      [4, 5],
      [5, 5],
    ])
  })

  it('takes the folders in order where the model has no class names, if they are as many', async () => {
    const directory = await folderOf({ ant: 1, bee: 2 })
    const cacheDirectory = temporaryFolder()
    const two = stubbornPredictor(['class 0', 'class 1'], false)
    const evaluation = await evaluateFolder(two, directory, { cacheDirectory })
    expect(evaluation.perClass.map(({ name, support }) => [name, support])).toEqual([
      ['ant', 1],
      ['bee', 2],
    ])
    expect(evaluation.warnings[0]).toContain('in alphabetical order')
    const three = stubbornPredictor(['class 0', 'class 1', 'class 2'], false)
    await expect(evaluateFolder(three, directory, { cacheDirectory })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('3 classes without names'),
    })
  })

  it('refuses classes that the model does not know, and stops on request', async () => {
    const directory = await folderOf({ ant: 1, bee: 1 })
    const cacheDirectory = join(temporaryFolder(), 'cache')
    const foreign = stubbornPredictor(['cat', 'ant'], true)
    await expect(evaluateFolder(foreign, directory, { cacheDirectory })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('"bee"'),
    })
    const known = stubbornPredictor(['ant', 'bee'], true)
    const signal = AbortSignal.abort()
    await expect(evaluateFolder(known, directory, { cacheDirectory, signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
