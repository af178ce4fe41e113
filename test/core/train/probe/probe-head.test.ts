/** @file The probe's head against the probe itself, and its temperature against images it has not seen. */
import { describe, expect, it } from 'vitest'
import { createRandom, normal } from '../../../../core/tensor/random.ts'
import { floatTensor, type FloatTensor } from '../../../../core/tensor/tensor.ts'
import { fitTemperature } from '../../../../core/train/evaluation/calibration.ts'
import { fitRidge, predictRidge } from '../../../../core/train/probe/few-shot.ts'
import { crossValidate, fitProbeHead, headLogits } from '../../../../core/train/probe/probe-head.ts'

const classes = 3
const sample = clusters(120, 1)
const folds = sample.labels.map((_, index) => index % 5)

describe('fitProbeHead', () => {
  it('answers as the probe does', async () => {
    const head = await fitProbeHead({ ...sample, folds }, classes)
    const other = clusters(60, 2)
    const logits = headLogits(head, other.features)
    const answers = other.labels.map((_, row) => {
      const outputs = logits.data.subarray(row * classes, (row + 1) * classes)
      return outputs.indexOf(Math.max(...outputs))
    })
    expect(answers).toEqual([
      ...predictRidge(fitRidge(sample.features, sample.labels, classes), other.features),
    ])
  })

  it('is as sure as it is right on images it has not seen', async () => {
    const head = await fitProbeHead({ ...sample, folds }, classes)
    const { features, labels } = clusters(3000, 3)
    expect(Math.abs(Math.log(fitTemperature({ logits: headLogits(head, features), labels })))).toBeLessThan(
      0.25,
    )
  })
})

describe('crossValidate', () => {
  it('tells of each image what the probe of the other folds says', async () => {
    const outputs = await crossValidate({ ...sample, folds }, classes)
    const left = folds.indexOf(3)
    const others = sample.labels.flatMap((_, index) => (folds[index] === 3 ? [] : [index]))
    const probe = fitRidge(
      at(sample.features, others),
      others.map((index) => sample.labels[index]!),
      classes,
    )
    const row = outputs.data.subarray(left * classes, (left + 1) * classes)
    expect(row.indexOf(Math.max(...row))).toBe(predictRidge(probe, at(sample.features, [left]))[0])
    // Its own outputs are not those of a probe that has seen it.
    const all = headLogits(await fitProbeHead({ ...sample, folds }, classes), at(sample.features, [left]))
    expect([...row]).not.toEqual([...all.data])
  })

  it('says nothing where there is one fold alone, and stops when asked', async () => {
    const single = await crossValidate({ ...sample, folds: folds.map(() => 0) }, classes)
    expect(single.data.every((value) => value === 0)).toBe(true)
    await expect(crossValidate({ ...sample, folds }, classes, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

/** Points around one centre for each class, close enough to be mistaken now and then. */
function clusters(count: number, seed: number): { features: FloatTensor; labels: number[] } {
  const random = createRandom(seed)
  const width = 6
  const labels = Array.from({ length: count }, (_, i) => i % classes)
  const data = new Float32Array(count * width)
  labels.forEach((label, row) => {
    for (let d = 0; d < width; d++)
      data[row * width + d] = 3 * normal(random) + (d === label ? 4 : 0) + 10 * d
  })
  return { features: floatTensor([count, width], data), labels }
}

function at({ data, shape }: FloatTensor, indices: readonly number[]): FloatTensor {
  const width = shape[1]!
  const rows = indices.flatMap((index) => [...data.subarray(index * width, (index + 1) * width)])
  return floatTensor([indices.length, width], Float32Array.from(rows))
}
