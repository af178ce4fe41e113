/** @file Cross-entropy and accuracy against their definitions. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { feed } from '../../../core/graph/build.ts'
import { gradients } from '../../../core/graph/gradient.ts'
import { interpret } from '../../../core/graph/interpret.ts'
import { countCorrect, crossEntropy } from '../../../core/optim/loss.ts'
import { filled, floats, scalar, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

/** The graph of both figures and of the gradient with respect to the logits. */
function figures(batch: number, classes: number) {
  const [logits, targets] = [feed('logits', [batch, classes]), feed('targets', [batch, classes])]
  const loss = crossEntropy(logits, targets, feed('weight', []))
  const [gradient = loss] = gradients(loss, [logits], { recompute: false })
  return graphOf({ loss, correct: countCorrect(logits, targets), gradient })
}

const oneHot = (labels: readonly (number | null)[], classes: number): FloatTensor =>
  floats(
    [labels.length, classes],
    labels.flatMap((label) => Array.from({ length: classes }, (_, k) => (k === label ? 1 : 0))),
  )

const feedsOf = (logits: FloatTensor, targets: FloatTensor, weight: number): Map<string, FloatTensor> =>
  new Map([
    ['logits', logits],
    ['targets', targets],
    ['weight', scalar(weight)],
  ])

const batches = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 6 }))
  .chain(([batch, classes]) =>
    fc.record({
      batch: fc.constant(batch),
      classes: fc.constant(classes),
      logits: fc.array(fc.integer({ min: -80, max: 80 }), {
        minLength: batch * classes,
        maxLength: batch * classes,
      }),
      labels: fc.array(fc.nat({ max: classes - 1 }), { minLength: batch, maxLength: batch }),
    }),
  )

describe('crossEntropy', () => {
  it('is the weighted sum of −log p(class), with the gradient (p − target)·weight', () => {
    fc.assert(
      fc.property(batches, ({ batch, classes, logits, labels }) => {
        const feeds = feedsOf(
          floats(
            [batch, classes],
            logits.map((x) => x / 4),
          ),
          oneHot(labels, classes),
          0.25,
        )
        const results = interpret(figures(batch, classes), feeds)
        let loss = 0
        const gradient = labels.flatMap((label, row) => {
          const scores = logits.slice(row * classes, (row + 1) * classes).map((x) => x / 4)
          const total = scores.reduce((sum, x) => sum + Math.exp(x), 0)
          loss += Math.log(total) - (scores[label] ?? Number.NaN)
          return scores.map((x, k) => 0.25 * (Math.exp(x) / total - (k === label ? 1 : 0)))
        })
        expect(results.get('loss') ?? []).toBeAllclose([0.25 * loss], { rtol: 1e-12, atol: 1e-12 })
        expect(results.get('gradient') ?? []).toBeAllclose(
          { shape: [batch, classes], data: gradient },
          { rtol: 1e-10, atol: 1e-12 },
        )
      }),
      { numRuns: 50, seed: 20 },
    )
  })

  it('of equal logits is ln K for every K, also in float32, and B/K are counted as correct', async () => {
    const engine = createOrtEngine('cpu')
    const state = await engine.createState(new Map())
    for (const [batch, classes] of [
      [1, 2],
      [7, 5],
      [4, 1000],
    ] as const) {
      const program = await engine.load(figures(batch, classes), state)
      const labels = Array.from({ length: batch }, (_, image) => (image * 3) % classes)
      const results = await program.run(
        feedsOf(filled([batch, classes], 0), oneHot(labels, classes), 1 / batch),
      )
      expect(Math.abs((results.get('loss')?.data[0] ?? 0) - Math.log(classes))).toBeLessThan(1e-6)
      expect(results.get('correct')?.data ?? []).toBeAllclose([batch / classes], { rtol: 1e-6 })
      await program.dispose()
    }
  })

  it('does not overflow', () => {
    const feeds = feedsOf(floats([2, 2], [1e4, -1e4, 1e4, -1e4]), oneHot([0, 1], 2), 1)
    const results = interpret(figures(2, 2), feeds)
    expect(results.get('loss')?.data).toEqual(Float64Array.of(2e4))
    expect(results.get('gradient')?.data).toEqual(Float64Array.of(0, 0, 1, -1))
  })

  it('leaves out an image whose row of targets is zero', () => {
    const logits = [1, 2, 3, 5, 1, 0]
    const both = interpret(figures(2, 3), feedsOf(floats([2, 3], logits), oneHot([1, null], 3), 1))
    const alone = interpret(figures(1, 3), feedsOf(floats([1, 3], logits.slice(0, 3)), oneHot([1], 3), 1))
    expect(both.get('loss')).toEqual(alone.get('loss'))
    expect(both.get('correct')).toEqual(alone.get('correct'))
    expect([...(both.get('gradient')?.data.subarray(3) ?? [])].map(Math.abs)).toEqual([0, 0, 0])
  })
})

describe('countCorrect', () => {
  it('counts the images whose class is on top, and shares where several are', () => {
    const logits = floats([4, 3], [3, 1, 2, 3, 1, 2, 0, 7, 7, 5, 5, 5])
    const results = interpret(figures(4, 3), feedsOf(logits, oneHot([0, 1, 2, 0], 3), 1))
    expect(results.get('correct') ?? []).toBeAllclose([1 + 0 + 1 / 2 + 1 / 3], { rtol: 1e-12 })
  })

  it('takes the largest target for the class, and leaves out images without targets', async () => {
    const logits = floats([4, 3], [3, 1, 2, 3, 1, 2, 3, 1, 2, 0, 0, 0])
    const targets = floats([4, 3], [0.8, 0.1, 0.1, 0.1, 0.1, 0.8, 0, 0, 0, 0, 0, 0])
    const graph = figures(4, 3)
    const feeds = feedsOf(logits, targets, 1)
    expect(interpret(graph, feeds).get('correct') ?? []).toBeAllclose([1])
    const engine = createOrtEngine('cpu')
    const program = await engine.load(graph, await engine.createState(new Map()))
    expect((await program.run(feeds)).get('correct') ?? []).toBeAllclose([1])
    await program.dispose()
  })
})
