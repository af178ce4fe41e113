import { mkdir, rename, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { frameAs } from '../../../../core/data/preprocess.ts'
import { floatTensor } from '../../../../core/tensor/tensor.ts'
import { findImages, predictFiles, type Prediction } from '../../../../core/train/model/predict.ts'
import type { Predictor } from '../../../../core/train/model/predictor.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeFiles, writeImage } from '../../data/folders.ts'
import { inEnglish } from '../../../../core/sentence.ts'

/** Three classes whose logits are the mean red, green and blue of an image, and a record of every batch it was given. */
function colourPredictor(batch: number): Predictor & { readonly batches: number[] } {
  const batches: number[] = []
  return {
    labels: ['red', 'green', 'blue'],
    hasNames: true,
    scores: 'softmax',
    preprocessing: frameAs('squash', { height: 4, width: 4 }, { mean: [0, 0, 0], std: [1, 1, 1] }),
    batch,
    batches,
    compute: (pixels, count) => {
      batches.push(count)
      const logits = new Float32Array(count * 3)
      for (let index = 0; index < count * 48; index++)
        logits[Math.floor(index / 48) * 3 + (index % 3)]! += pixels[index]! / 160
      return Promise.resolve(floatTensor([count, 3], logits))
    },
    features: null,
    attention: null,
    dispose: () => Promise.resolve(),
  }
}

async function collect(stream: AsyncIterable<Prediction>): Promise<Prediction[]> {
  const all: Prediction[] = []
  for await (const prediction of stream) all.push(prediction)
  return all
}

describe('predictFiles', () => {
  it('predicts in the order given, in batches, past files that cannot be read', async () => {
    const folder = temporaryFolder()
    const colours = { red: [250, 10, 10], green: [10, 250, 10], blue: [10, 10, 250] } as const
    for (const [name, colour] of Object.entries(colours)) await writeImage(folder, `${name}.png`, colour)
    await writeFiles(folder, ['broken.png'], 'no image')
    const names = ['blue', 'broken', 'red', 'green', 'blue']
    const predictor = colourPredictor(2)
    const candidates = names.map((name) => ({ file: join(folder, `${name}.png`) }))
    const predictions = await collect(predictFiles(predictor, candidates, { top: 2 }))
    expect(predictions.map(({ file }) => file)).toEqual(candidates.map(({ file }) => file))
    const labels = predictions.map((one) => ('top' in one ? one.top[0]?.label : inEnglish(one.reason)))
    expect(labels).toEqual(['blue', 'A text file, not an image.', 'red', 'green', 'blue'])
    expect(predictor.batches).toEqual([1, 2, 1])
    for (const one of predictions) if ('top' in one) expect(one.top).toHaveLength(2)
  })

  it('gives probabilities that sum to one', async () => {
    const folder = temporaryFolder()
    await writeImage(folder, 'a.png')
    const [prediction] = await collect(
      predictFiles(colourPredictor(1), [{ file: join(folder, 'a.png') }], { top: 9 }),
    )
    const top = prediction !== undefined && 'top' in prediction ? prediction.top : []
    expect(top).toHaveLength(3)
    expect(top.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12)
  })

  it('stops on request, and on logits that are no numbers', async () => {
    const folder = temporaryFolder()
    await writeImage(folder, 'a.png')
    const candidates = [{ file: join(folder, 'a.png') }]
    const stopped = predictFiles(colourPredictor(1), candidates, { top: 1, signal: AbortSignal.abort() })
    await expect(collect(stopped)).rejects.toMatchObject({ code: 'cancelled' })
    const broken = {
      ...colourPredictor(1),
      compute: (_: Uint8Array, count: number) =>
        Promise.resolve(floatTensor([count, 3], new Float32Array(3 * count).fill(Number.NaN))),
    }
    await expect(collect(predictFiles(broken, candidates, { top: 1 }))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('a.png is not a finite number'),
    })
  })
})

describe('findImages', () => {
  it('finds images at any depth and says why other files are left out', async () => {
    const folder = temporaryFolder()
    await writeFiles(folder, ['b/c/2.JPG', 'a.png', 'b/1.webp', 'b/notes.txt', '.hidden/x.png', 'Thumbs.db'])
    await mkdir(join(folder, 'folder.png'))
    expect(await found([folder])).toEqual([
      { file: join(folder, 'a.png') },
      { file: join(folder, 'b/1.webp') },
      { file: join(folder, 'b/c/2.JPG') },
      { file: join(folder, 'b/notes.txt'), reason: expect.stringContaining('.txt') },
      { file: join(folder, 'folder.png'), reason: expect.stringContaining('A folder') },
    ])
  })

  it('takes files as they are named, and follows a link to a folder', async () => {
    const folder = temporaryFolder()
    await writeFiles(folder, ['photo', 'real/1.png'])
    await rename(join(folder, 'real'), join(folder, 'moved'))
    await symlink('moved', join(folder, 'link'))
    const [photo, link, nothing] = ['photo', 'link', 'nothing.png'].map((name) => join(folder, name))
    expect(await found([photo!, link!, nothing!])).toEqual([
      { file: photo },
      { file: join(folder, 'link/1.png') },
      { file: nothing, reason: 'There is no such file or folder.' },
    ])
  })
})

/** Files, with their reasons in English. */
async function found(paths: readonly string[]): Promise<{ file: string; reason?: string }[]> {
  return (await findImages(paths)).map(({ file, reason }) =>
    reason === undefined ? { file } : { file, reason: inEnglish(reason) },
  )
}
