/** @file The adjustment of logits: the same through the head, and Bayes' rule for other shares of the classes. */
import { describe, expect, it } from 'vitest'
import { floats } from '../../../../core/tensor/tensor.ts'
import {
  adjustHead,
  adjustLogits,
  logitAdjustment,
} from '../../../../core/train/evaluation/logit-adjustment.ts'
import { softmax } from '../../../../core/train/evaluation/metrics.ts'

describe('logitAdjustment', () => {
  it("turns an uneven training's honest probabilities into those of even classes, by Bayes' rule", () => {
    const counts = [90, 9, 1]
    const likelihoods = [0.1, 0.3, 0.6]
    const joint = likelihoods.map((likelihood, label) => (likelihood * counts[label]!) / 100)
    // Logits of p(class | image) at the training's shares, exaggerated twofold.
    const logits = floats(
      [1, 3],
      joint.map((value) => 2 * Math.log(value)),
    )
    const { data } = adjustLogits(logits, logitAdjustment(2, 1, counts))
    expect([...softmax(data)]).toBeAllclose([0.1, 0.3, 0.6], { rtol: 1e-5, atol: 0 })
  })

  it('changes nothing without temperature and fairness, also for a class that was never seen', () => {
    const logits = floats([2, 2], [1, 2, -3, 0.5])
    expect(adjustLogits(logits, logitAdjustment(1, 0, [5, 0])).data).toEqual(logits.data)
    expect(logitAdjustment(1, 1, [3, 0]).shift).toBeAllclose([-Math.log(3 / 4), -Math.log(1 / 4)], {
      rtol: 1e-12,
      atol: 0,
    })
  })
})

describe('adjustHead', () => {
  it('gives through the head what the logits give after it, and leaves the rest alone', () => {
    const features = [0.5, -2, 1]
    const parameters = new Map([
      ['norm.weight', floats([3], [1, 2, 3])],
      ['head.weight', floats([2, 3], [1, 2, 3, -1, 0, 4])],
      ['head.bias', floats([2], [0.25, -1])],
    ])
    const adjustment = logitAdjustment(1.7, 0.4, [30, 3])
    const adjusted = adjustHead(parameters, adjustment)
    const through = (map: ReadonlyMap<string, { data: Float32Array }>): number[] =>
      [0, 1].map((k) => {
        const { data } = map.get('head.weight')!
        return features.reduce((sum, x, d) => sum + x * data[k * 3 + d]!, map.get('head.bias')!.data[k]!)
      })
    const after = adjustLogits(floats([1, 2], through(parameters)), adjustment)
    expect(through(adjusted)).toBeAllclose([...after.data], { rtol: 1e-6, atol: 1e-6 })
    expect(adjusted.get('norm.weight')).toBe(parameters.get('norm.weight'))
    expect([...parameters.get('head.bias')!.data]).toEqual([0.25, -1])
  })
})
