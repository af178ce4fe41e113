import { describe, expect, it } from 'vitest'

import { sumOfImages } from '../../../../core/train/run/run-identity.ts'
import type { RunData } from '../../../../core/train/run/run-record.ts'

const image = {
  path: 'a/1.jpg',
  label: 0,
  width: 4,
  height: 3,
  format: 'jpeg',
  bytes: 9,
  modifiedMs: 1,
} as const
const data = (training: RunData['training']): RunData => ({
  trainingRoot: '/photos',
  validationRoot: '/photos',
  training,
  validation: [],
  skipped: [],
  warnings: [],
})

describe('sumOfImages', () => {
  it('is the same whatever the order of keys, as files are read in another than they were written', () => {
    const { path, label, ...rest } = image
    expect(sumOfImages(data([{ ...rest, label, path }]))).toBe(sumOfImages(data([image])))
  })

  it('is another for another image, and for another order of images', () => {
    const other = { ...image, path: 'a/2.jpg' }
    const sums = [[image], [other], [image, other], [other, image]].map((list) => sumOfImages(data(list)))
    expect(new Set(sums).size).toBe(4)
  })
})
