/** @file Temperature, calibration error and thresholds against known truths, hand counts and exhaustive search. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, normal, uniform } from '../../../../core/tensor/random.ts'
import { floats, floatTensor } from '../../../../core/tensor/tensor.ts'
import {
  answersOf,
  calibrationError,
  fitTemperature,
  thresholdFor,
  type Answers,
  type LabelledLogits,
} from '../../../../core/train/evaluation/calibration.ts'
import { softmax } from '../../../../core/train/evaluation/metrics.ts'

describe('fitTemperature', () => {
  it('finds by how much honest logits were multiplied', () => {
    for (const factor of [0.2, 1, 3.5]) {
      const found = fitTemperature(honest(4000, 5, factor))
      expect(Math.abs(found / factor - 1)).toBeLessThan(0.05)
    }
  })

  it('has no neighbour with less negative log-likelihood, one image of an unknown class counted in', () => {
    const { logits, labels } = honest(60, 4, 2)
    const T = fitTemperature({ logits, labels })
    const loss = (temperature: number): number => {
      const known = negativeLogLikelihood(logits.data, 4, labels, temperature)
      const unknown = [0, 1, 2, 3].map((label) =>
        negativeLogLikelihood(
          logits.data,
          4,
          labels.map(() => label),
          temperature,
        ),
      )
      return known + unknown.reduce((sum, value) => sum + value / 4, 0) / 60
    }
    for (const factor of [0.99, 0.9999, 1.0001, 1.01]) expect(loss(T * factor)).toBeGreaterThan(loss(T))
  })

  it('stays finite where every answer is right, and the surer the more images were', () => {
    const allRight = (n: number): number =>
      fitTemperature({
        logits: floats([n, 2], Array.from({ length: n }, () => [1, 0]).flat()),
        labels: new Array<number>(n).fill(0),
      })
    // Of n + 1 images half a one is wrong: 1 / (1 + e^(−1/T)) is the share of right ones.
    const share = (n: number): number => 1 / (1 + Math.exp(-1 / allRight(n)))
    expect(share(3)).toBeCloseTo(3.5 / 4, 4)
    expect(share(99)).toBeCloseTo(99.5 / 100, 4)
  })

  it('leaves logits alone that say nothing', () => {
    expect(fitTemperature({ logits: floats([2, 3], [1, 1, 1, 0, 0, 0]), labels: [0, 2] })).toBe(1)
    expect(fitTemperature({ logits: floats([0, 3], []), labels: [] })).toBe(1)
  })
})

describe('answersOf', () => {
  it('is the most probable class, the first of equal ones', () => {
    const { confidences, right } = answersOf({
      logits: floats([2, 2], [0, Math.log(3), 5, 5]),
      labels: [1, 1],
    })
    expect([...confidences]).toBeAllclose([0.75, 0.5], { rtol: 1e-6, atol: 0 })
    expect(right).toEqual([true, false])
  })
})

describe('calibrationError', () => {
  it('compares confidence and accuracy in fifteen bins of equally many images where there are few', () => {
    // 30 images, two a bin: in each one right answer of two at the stated confidence.
    const answers = Array.from({ length: 30 }, (_, i) => ({
      confidence: 0.4 + Math.floor(i / 2) / 50,
      right: i % 2 === 0,
    }))
    const expected = answers.reduce((sum, { confidence }) => sum + Math.abs(0.5 - confidence) / 30, 0)
    expect(calibrationError(toAnswers(answers))).toBeCloseTo(expected, 12)
  })

  it('has bins of equal width where there are many', () => {
    // All between 9/15 and 10/15: one bin, in which three of four are right.
    const answers = Array.from({ length: 800 }, (_, i) => ({
      confidence: 0.6 + (i % 60) / 1000,
      right: i % 4 !== 0,
    }))
    const mean = answers.reduce((sum, { confidence }) => sum + confidence / 800, 0)
    expect(calibrationError(toAnswers(answers))).toBeCloseTo(0.75 - mean, 12)
  })

  it('is close to zero for honest probabilities, large for exaggerated ones, and falls with the temperature', () => {
    expect(errorOf(honest(4000, 5, 1), 1)).toBeLessThan(0.02)
    const exaggerated = honest(4000, 5, 4)
    expect(errorOf(exaggerated, 1)).toBeGreaterThan(0.15)
    expect(errorOf(exaggerated, fitTemperature(exaggerated))).toBeLessThan(0.02)
  })

  it('is null without images', () => {
    expect(calibrationError(toAnswers([]))).toBeNull()
  })
})

describe('thresholdFor', () => {
  const lists = fc.array(
    fc.record({ confidence: fc.constantFrom(0.3, 0.5, 0.7, 0.9), right: fc.boolean() }),
    { minLength: 1, maxLength: 20 },
  )

  it('answers as many images as any threshold that is right often enough', () => {
    fc.assert(
      fc.property(lists, fc.constantFrom(0.5, 0.8, 1), (list, precision) => {
        const good = [0.3, 0.5, 0.7, 0.9].flatMap((from) => {
          const kept = list.filter(({ confidence }) => confidence >= from)
          const share = kept.filter(({ right }) => right).length / kept.length
          return share >= precision ? [kept.length] : []
        })
        const found = thresholdFor(toAnswers(list), precision)
        if (good.length === 0) {
          expect(found).toBeNull()
          return
        }
        const kept = list.filter(({ confidence }) => confidence >= (found?.probability ?? 2))
        expect(kept.length).toBe(Math.max(...good))
        expect(found).toMatchObject({
          answered: kept.length / list.length,
          precision: kept.filter(({ right }) => right).length / kept.length,
        })
      }),
    )
  })
})

/** Logits of images whose labels are drawn from softmax(z), multiplied by `factor`. */
function honest(count: number, classes: number, factor: number): LabelledLogits & { labels: number[] } {
  const random = createRandom(7)
  const data = new Float32Array(count * classes)
  const labels = Array.from({ length: count }, (_, row) => {
    const logits = Array.from({ length: classes }, () => 2 * normal(random))
    logits.forEach((value, k) => (data[row * classes + k] = factor * value))
    let rest = uniform(random)
    const label = [...softmax(logits)].findIndex((probability) => (rest -= probability) < 0)
    return label < 0 ? classes - 1 : label
  })
  return { logits: floatTensor([count, classes], data), labels }
}

function negativeLogLikelihood(
  data: Float32Array,
  classes: number,
  labels: readonly number[],
  temperature: number,
): number {
  return labels.reduce((sum, label, row) => {
    const scaled = [...data.subarray(row * classes, (row + 1) * classes)].map((value) => value / temperature)
    return sum - Math.log(softmax(scaled)[label]!)
  }, 0)
}

function errorOf({ logits, labels }: LabelledLogits, temperature: number): number {
  const cooled = floatTensor(
    logits.shape,
    logits.data.map((value) => value / temperature),
  )
  return calibrationError(answersOf({ logits: cooled, labels }))!
}

function toAnswers(list: readonly { confidence: number; right: boolean }[]): Answers {
  return {
    confidences: Float64Array.from(list, ({ confidence }) => confidence),
    right: list.map(({ right }) => right),
  }
}
