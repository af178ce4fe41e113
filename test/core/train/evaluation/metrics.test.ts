/** @file The figures of an evaluation against counts by hand, and the properties they must have. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../core/errors.ts'
import { floats, floatTensor, type FloatTensor } from '../../../../core/tensor/tensor.ts'
import {
  countBatch,
  createTally,
  metricsOf,
  softmax,
  topAccuracy,
  topK,
  wilsonInterval,
  type Tally,
} from '../../../../core/train/evaluation/metrics.ts'

/** Five images of three classes, none of class 2; class 2 is predicted once. */
const logits = floats([5, 3], [2, 1, 0, 0, 3, 1, 1, 2, 0, 0, 1, 4, 0, 5, 1])
const labels = [0, 0, 1, 1, 1]

function tallyOf(batches: readonly [FloatTensor, readonly number[]][], classes = 3): Tally {
  const tally = createTally(classes)
  for (const [batch, own] of batches) countBatch(tally, batch, own)
  return tally
}

describe('metricsOf', () => {
  it('counts a small example as by hand', () => {
    const metrics = metricsOf(tallyOf([[logits, labels]]))
    expect(metrics.images).toBe(5)
    expect(metrics.accuracy).toBeCloseTo(3 / 5, 12)
    expect(metrics.confusion).toEqual([
      [1, 1, 0],
      [0, 2, 1],
      [0, 0, 0],
    ])
    expect(metrics.perClass).toEqual([
      { support: 2, precision: 1, recall: 1 / 2, f1: 2 / 3 },
      { support: 3, precision: 2 / 3, recall: 2 / 3, f1: 4 / 6 },
      { support: 0, precision: 0, recall: null, f1: 0 },
    ])
    const expected = labels.map((label, i) => {
      const row = [...logits.data.subarray(i * 3, i * 3 + 3)]
      return Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[label]!
    })
    expect(metrics.loss).toBeCloseTo(expected.reduce((a, b) => a + b) / 5, 12)
  })

  it('says null, not NaN, where there is nothing to divide by', () => {
    const empty = metricsOf(createTally(2))
    expect(empty).toMatchObject({ images: 0, accuracy: null, accuracyInterval: null, loss: null })
    expect(empty.perClass[0]).toEqual({ support: 0, precision: null, recall: null, f1: null })
    const neverPredicted = metricsOf(tallyOf([[floats([1, 2], [1, 0]), [1]]], 2)).perClass[1]
    expect(neverPredicted).toEqual({ support: 1, precision: null, recall: 0, f1: 0 })
  })

  it('starts at ln K for a zero head and predicts the first class', () => {
    const metrics = metricsOf(tallyOf([[floatTensor([2, 7], new Float32Array(14)), [0, 6]]], 7))
    expect(metrics.loss).toBeCloseTo(Math.log(7), 14)
    expect(metrics.accuracy).toBe(0.5)
  })

  it('keeps the loss finite and exact for huge logits', () => {
    const huge = metricsOf(tallyOf([[floats([2, 2], [1e30, -1e30, 90000, 90001]), [0, 0]]], 2))
    expect(huge.loss).toBeCloseTo((0 + 1 + Math.log1p(Math.exp(-1))) / 2, 12)
  })

  it('does not depend on how the images are batched, padding included', () => {
    const example = fc.array(
      fc.record({
        label: fc.nat(3),
        row: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(example, fc.integer({ min: 1, max: 6 }), (images, batch) => {
        const whole = tallyOf(
          [
            [
              floats(
                [images.length, 4],
                images.flatMap(({ row }) => row),
              ),
              images.map((i) => i.label),
            ],
          ],
          4,
        )
        const parts = createTally(4)
        for (let start = 0; start < images.length; start += batch) {
          const part = images.slice(start, start + batch)
          const padded = [
            ...part.flatMap(({ row }) => row),
            ...new Array<number>((batch - part.length) * 4).fill(9),
          ]
          countBatch(
            parts,
            floats([batch, 4], padded),
            part.map(({ label }) => label),
          )
        }
        expect(parts.confusion).toEqual(whole.confusion)
        expect(parts.ranks).toEqual(whole.ranks)
        expect(parts.images).toBe(images.length)
        expect(parts.loss).toBeCloseTo(whole.loss, 9)
      }),
    )
  })

  it('has consistent totals', () => {
    const rows = fc.array(
      fc.tuple(
        fc.nat(2),
        fc.array(fc.float({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 3 }),
      ),
    )
    fc.assert(
      fc.property(rows, (images) => {
        const tally = tallyOf([
          [
            floats(
              [images.length, 3],
              images.flatMap(([, row]) => row),
            ),
            images.map(([label]) => label),
          ],
        ])
        const metrics = metricsOf(tally)
        const trace = metrics.confusion.reduce((sum, row, i) => sum + row[i]!, 0)
        expect(metrics.confusion.flat().reduce((a, b) => a + b, 0)).toBe(images.length)
        expect(trace).toBe(tally.ranks[0])
        expect(topAccuracy(tally, 3)).toBe(images.length === 0 ? null : 1)
      }),
    )
  })

  it('stops on logits that are not finite and says what to do', () => {
    const diverged = floats([1, 3], [0, NaN, 1])
    const broken = (): Tally => tallyOf([[diverged, [0]]])
    expect(broken).toThrow(AppError)
    expect(broken).toThrow(/image 1 is not a finite number.*lower learning rate/)
  })
})

describe('topAccuracy', () => {
  it('counts a hit when the true class is among the first k', () => {
    const tally = tallyOf([[logits, labels]])
    expect([1, 2, 3].map((k) => topAccuracy(tally, k))).toEqual([3 / 5, 4 / 5, 1])
  })
})

describe('wilsonInterval', () => {
  it('agrees with published values', () => {
    // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const expected = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ] as const
    for (const [right, total, low, high] of expected) {
      const interval = wilsonInterval(right, total)
      expect(interval?.low).toBeCloseTo(low, 4)
      expect(interval?.high).toBeCloseTo(high, 4)
    }
  })

  it('stays in [0, 1], holds the share and mirrors', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (right, wrong) => {
        fc.pre(right + wrong > 0)
        const total = right + wrong
        const interval = wilsonInterval(right, total)!
        const mirrored = wilsonInterval(wrong, total)!
        expect(interval.low).toBeGreaterThanOrEqual(0)
        expect(interval.high).toBeLessThanOrEqual(1)
        expect(interval.low).toBeLessThanOrEqual(right / total + 1e-12)
        expect(interval.high).toBeGreaterThanOrEqual(right / total - 1e-12)
        expect(mirrored.low).toBeCloseTo(1 - interval.high, 12)
      }),
    )
  })
})

describe('softmax and topK', () => {
  it('sums to one and does not change with a constant added', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 1 }), (row) => {
        const probabilities = softmax(row)
        expect(probabilities.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
        softmax(row.map((x) => x + 700)).forEach((p, i) => expect(p).toBeCloseTo(probabilities[i]!, 9))
      }),
    )
    expect([...softmax([0, Math.log(3)])].map((p) => Number(p.toFixed(12)))).toEqual([0.25, 0.75])
  })

  it('orders guesses by score, then by index, and gives at most what there is', () => {
    expect(topK([0.1, 0.4, 0.4, 0.1], 3)).toEqual([
      { index: 1, score: 0.4 },
      { index: 2, score: 0.4 },
      { index: 0, score: 0.1 },
    ])
    expect(topK([1, 2], 5)).toHaveLength(2)
  })
})
