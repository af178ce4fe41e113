/** @file The ridge probe: results by hand, the equation it must satisfy, both of its forms, and the choice of shots. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawingOrder, fitRidge, predictRidge, solveRidge } from '../../../../core/train/probe/few-shot.ts'
import { createRandom, normal } from '../../../../core/tensor/random.ts'
import { floats, floatTensor, type FloatTensor } from '../../../../core/tensor/tensor.ts'

describe('solveRidge', () => {
  const problems = fc.record({
    n: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 12 }),
    k: fc.integer({ min: 1, max: 4 }),
    scale: fc.constantFrom(1, 30),
    seed: fc.nat(),
  })

  it('gives the same weights in both forms, and they satisfy Xᵀ(X·W − Y) + 1024·W = 0', () => {
    fc.assert(
      fc.property(problems, ({ n, d, k, scale, seed }) => {
        const rows = randomRows(n, d, seed).map((row) => row.map((value) => value * scale))
        const targets = randomRows(n, k, seed + 1)
        const weights = solveRidge(rows, targets, 'features')
        const dual = solveRidge(rows, targets, 'samples')
        weights.forEach((weight, i) => expect(dual[i]).toBeCloseTo(weight, 10))
        for (let column = 0; column < k; column++) {
          const errors = rows.map((row, i) => {
            return row.reduce((sum, x, j) => sum + x * weights[j * k + column]!, 0) - targets[i]![column]!
          })
          for (let j = 0; j < d; j++) {
            const gradient = rows.reduce((sum, row, i) => sum + row[j]! * errors[i]!, 0)
            expect(gradient + 1024 * weights[j * k + column]!).toBeCloseTo(0, 8)
          }
        }
      }),
    )
  })
})

describe('fitRidge', () => {
  it('gives hand results for two images, standardised by their own mean and spread', () => {
    const probe = fitRidge(floats([2, 1], [3, 7]), [0, 1], 2)
    expect([...probe.mean]).toEqual([5])
    expect(probe.spread[0]).toBeCloseTo(2 + 1e-5, 12)
    // x = ±2 / 2.00001, orthogonal to the constant column, whose targets cancel.
    const x = 2 / (2 + 1e-5)
    const weight = (2 * x) / (2 * x * x + 1024)
    const expected = [-weight, weight, 0, 0]
    expected.forEach((value, i) => expect(probe.weights[i]).toBeCloseTo(value, 12))
    expect([...predictRidge(probe, floats([4, 1], [-100, 4.9, 5.1, 100]))]).toEqual([0, 0, 1, 1])
  })

  it('hardly penalises the bias: with one class three times as frequent, the constant reads the frequencies', () => {
    const probe = fitRidge(floats([4, 1], [1, 1, 1, 1]), [0, 0, 0, 1], 2)
    // Targets of class 0 are 1, 1, 1, −1: their mean is ½, shrunk by 4·100² / (4·100² + 1024).
    expect(100 * probe.weights[2]!).toBeCloseTo((0.5 * 40000) / 41024, 12)
    expect([...predictRidge(probe, floats([1, 1], [1]))]).toEqual([0])
  })

  it('does not depend on the unit of a feature, on the order of features or on the names of classes', () => {
    const { features, labels } = clusters(3, 8, 5, 1)
    const test = clusters(3, 8, 20, 2).features
    const predicted = predictRidge(fitRidge(features, labels, 3), test)
    expect(predictRidge(fitRidge(restated(features), labels, 3), restated(test))).toEqual(predicted)
    const renamed = labels.map((label) => (label + 1) % 3)
    const cyclic = predictRidge(fitRidge(features, renamed, 3), test)
    expect(cyclic).toEqual(predicted.map((label) => (label + 1) % 3))
  })

  it('says so when there is nothing to fit', () => {
    expect(() => fitRidge(floats([0, 3], []), [], 2)).toThrow(/0 images to fit/)
  })
})

describe('drawingOrder', () => {
  const train = clusters(4, 8, 30, 1)
  const test = clusters(4, 8, 25, 2)
  const accuracy = (shots: number, seed: number): number => {
    const drawn = drawingOrder(train.labels, 4, seed).flatMap((order) => order.slice(0, shots))
    const labels = drawn.map((index) => train.labels[index]!)
    const rows = drawn.map((index) => train.features.data.subarray(index * 8, index * 8 + 8))
    const features = floats(
      [rows.length, 8],
      rows.flatMap((row) => Array.from(row)),
    )
    const predicted = predictRidge(fitRidge(features, labels, 4), test.features)
    return test.labels.filter((label, i) => predicted[i] === label).length / test.labels.length
  }

  it('draws shots with which a probe separates clusters, better with more of them', () => {
    expect(accuracy(30, 0)).toBeGreaterThan(0.95)
    expect(accuracy(10, 0)).toBeGreaterThan(0.95)
    expect(accuracy(1, 0)).toBeGreaterThan(0.4)
    const mean = (shots: number): number =>
      [0, 1, 2, 3].reduce((sum, seed) => sum + accuracy(shots, seed) / 4, 0)
    expect(mean(10)).toBeGreaterThan(mean(1))
  })

  it('repeats itself for a seed, draws others for another, and takes all where shots are more than there are', () => {
    expect(accuracy(1, 5)).toBe(accuracy(1, 5))
    expect(new Set([0, 1, 2, 3, 4, 5].map((seed) => accuracy(1, seed))).size).toBeGreaterThan(1)
    expect(accuracy(1000, 0)).toBeCloseTo(accuracy(1000, 1), 12)
  })

  it('holds every image of every class once, also of a class without any', () => {
    const order = drawingOrder([0, 0, 2, 0, 2], 3, 7)
    expect(order.map((indices) => [...indices].sort((a, b) => a - b))).toEqual([[0, 1, 3], [], [2, 4]])
  })
})

/** The same features [N, 8] in reversed order, each in another unit and shifted by 50. */
function restated({ shape, data }: FloatTensor): FloatTensor {
  const reversed = data.map((_, i) => data[i - (i % 8) + (7 - (i % 8))]! * (1 + (i % 8)) + 50)
  return floatTensor(shape, reversed)
}

function randomRows(count: number, width: number, seed: number): Float64Array[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => Float64Array.from({ length: width }, () => normal(random)))
}

/** `perClass` points around each of K centres that lie eight standard deviations along their own axes. */
function clusters(
  classes: number,
  width: number,
  perClass: number,
  seed: number,
): { features: FloatTensor; labels: number[] } {
  const labels = Array.from({ length: classes * perClass }, (_, i) => i % classes)
  const rows = randomRows(labels.length, width, seed)
  rows.forEach((row, i) => {
    row[labels[i]!] = row[labels[i]!]! + 8
  })
  return {
    features: floats(
      [labels.length, width],
      rows.flatMap((row) => Array.from(row)),
    ),
    labels,
  }
}
