/** @file Temperature, calibration error and thresholds against known truths, hand counts and exhaustive search. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, normal, uniform } from '../../../../core/tensor/random.ts'
import { floats, floatTensor } from '../../../../core/tensor/tensor.ts'
import {
  answersOf,
  calibrationError,
  fitTemperature,
  reliabilityOf,
  thresholdFor,
  type Answers,
  type LabelledLogits,
} from '../../../../core/train/evaluation/calibration.ts'
import { softmax, wilsonInterval } from '../../../../core/train/evaluation/metrics.ts'

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
  it('has as many bins of equally many images as keep the accuracy rising where there are few', () => {
    // Three bins, of 3, 3 and 4: 1, 2 and 3 right. Of four, the last (2 of 3) would be below the one before (2 of 2).
    const right = [0, 0, 1, 1, 0, 1, 1, 0, 1, 1]
    const answers = right.map((one, i) => ({ confidence: (i + 1) / 11, right: one === 1 }))
    const gaps = [1 - 6 / 11, 2 - 15 / 11, 34 / 11 - 3]
    expect(calibrationError(toAnswers(answers))).toBeCloseTo(
      gaps.reduce((sum, gap) => sum + gap / 10, 0),
      12,
    )
    // Where even two bins fall, all images are one.
    const falling = [1, 1, 1, 0].map((one, i) => ({ confidence: (i + 5) / 10, right: one === 1 }))
    expect(calibrationError(toAnswers(falling))).toBeCloseTo(0.75 - 0.65, 12)
  })

  it('measures less chance with few images than fifteen bins would', () => {
    const answers = Array.from({ length: 40 }, (_, seed) => answersOf(honest(125, 5, 1, seed)))
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value / 40, 0)
    const swept = mean(answers.map((one) => calibrationError(one) ?? 0))
    expect(swept).toBeLessThan(0.75 * mean(answers.map(overFifteenBins)))
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

describe('reliabilityOf', () => {
  it('has the bins whose gaps are the calibration error, with Wilson’s interval', () => {
    const right = [0, 0, 1, 1, 0, 1, 1, 0, 1, 1]
    const answers = toAnswers(right.map((one, i) => ({ confidence: (i + 1) / 11, right: one === 1 })))
    const bins = reliabilityOf(answers)
    expect(bins.map(({ images, accuracy }) => [images, accuracy])).toEqual([
      [3, 1 / 3],
      [3, 2 / 3],
      [4, 3 / 4],
    ])
    expect(bins[2]!.confidence).toBeCloseTo(34 / 44, 12)
    expect(bins[2]!.interval).toEqual(wilsonInterval(3, 4))
    const error = bins.reduce((sum, { images, accuracy, confidence }) => {
      return sum + (images / 10) * Math.abs(accuracy - confidence)
    }, 0)
    expect(calibrationError(answers)).toBeCloseTo(error, 12)
  })

  it('leaves out bins without images', () => {
    const answers = Array.from({ length: 600 }, (_, i) => ({
      confidence: i % 2 === 0 ? 0.99 : 0.5,
      right: true,
    }))
    expect(reliabilityOf(toAnswers(answers)).map(({ images }) => images)).toEqual([300, 300])
    expect(reliabilityOf(toAnswers([]))).toEqual([])
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

/** Over 15 bins of equally many images. */
function overFifteenBins({ confidences, right }: Answers): number {
  const order = [...confidences.keys()].sort((a, b) => confidences[a]! - confidences[b]!)
  const gaps = new Array<number>(15).fill(0)
  for (const [place, image] of order.entries())
    gaps[Math.floor((15 * place) / order.length)]! += Number(right[image]) - confidences[image]!
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / order.length
}

/** Logits of images whose labels are drawn from softmax(z), multiplied by `factor`. */
function honest(
  count: number,
  classes: number,
  factor: number,
  seed = 7,
): LabelledLogits & { labels: number[] } {
  const random = createRandom(seed)
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
