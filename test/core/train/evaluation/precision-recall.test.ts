/** @file Precision against recall as scikit-learn 1.9 counts it. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { precisionRecall } from '../../../../core/train/evaluation/precision-recall.ts'

const belongs = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0].map(Boolean)
const probabilities = [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.3, 0.2, 0.1]

describe('precisionRecall', () => {
  it('is that of precision_recall_curve and average_precision_score', () => {
    // from sklearn.metrics import precision_recall_curve, average_precision_score
    // precision_recall_curve(belongs, probabilities); average_precision_score(belongs, probabilities)
    const { points, averagePrecision } = precisionRecall(probabilities, belongs)!
    expect(points).toEqual([
      { probability: 0.9, recall: 1 / 5, precision: 1 },
      { probability: 0.8, recall: 2 / 5, precision: 2 / 3 },
      { probability: 0.7, recall: 3 / 5, precision: 3 / 4 },
      { probability: 0.6, recall: 3 / 5, precision: 3 / 5 },
      { probability: 0.55, recall: 3 / 5, precision: 3 / 6 },
      { probability: 0.5, recall: 4 / 5, precision: 4 / 7 },
      { probability: 0.3, recall: 4 / 5, precision: 4 / 8 },
      { probability: 0.2, recall: 1, precision: 5 / 9 },
    ])
    expect(averagePrecision).toBeCloseTo(0.7087301587301587, 12)
  })

  it('is perfect where every image of the class comes first, and the share of the class where all are alike', () => {
    expect(precisionRecall([0.9, 0.8, 0.2], [true, true, false])).toMatchObject({ averagePrecision: 1 })
    expect(precisionRecall([0.5, 0.5, 0.5, 0.5], [true, false, false, false])).toEqual({
      points: [{ probability: 0.5, recall: 1, precision: 0.25 }],
      averagePrecision: 0.25,
    })
  })

  it('is unknown without an image of the class', () => {
    expect(precisionRecall([0.5], [false])).toBeNull()
  })

  it('rises in recall and ends with all of it, in whatever order the images come', () => {
    const images = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()), {
      minLength: 1,
    })
    fc.assert(
      fc.property(images, (some) => {
        const curve = (list: typeof some): ReturnType<typeof precisionRecall> =>
          precisionRecall(
            list.map(([probability]) => probability),
            list.map(([, isOf]) => isOf),
          )
        const found = curve(some)
        expect(curve(some.toReversed())).toEqual(found)
        if (found === null) return
        const recalls = found.points.map(({ recall }) => recall)
        expect(recalls).toEqual(recalls.toSorted((a, b) => a - b))
        expect(recalls.at(-1)).toBe(1)
      }),
    )
  })
})
