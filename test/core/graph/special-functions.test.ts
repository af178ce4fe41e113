/** @file erf and the GELU variants against values of the C library's erf (Python's math.erf). */
import { describe, expect, it } from 'vitest'

import { erf, geluFunctions } from '../../../core/graph/special-functions.ts'

const known: readonly (readonly [number, number])[] = [
  [0, 0.0],
  [1e-300, 1.1283791670955126e-300],
  [1e-10, 1.1283791670955126e-10],
  [0.001, 0.0011283787909692365],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [1, 0.8427007929497149],
  [1.5, 0.9661051464753108],
  [2, 0.9953222650189527],
  [2.4999, 0.9995928300996666],
  [2.5, 0.999593047982555],
  [2.5001, 0.9995932657565293],
  [3, 0.9999779095030014],
  [3.5, 0.9999992569016276],
  [4, 0.9999999845827421],
  [5, 0.9999999999984626],
  [5.9, 0.9999999999999999],
  [6, 1.0],
  [6.1, 1.0],
  [30, 1.0],
]

// x with its exact, tanh and quick GELU
const gelus: readonly (readonly [number, number, number, number])[] = [
  [-6, -5.919525870226207e-9, -8.43964897967453e-11, -0.00022035354978739246],
  [-3, -0.004049694094890287, -0.0036373920817729943, -0.01807130970778597],
  [-1, -0.15865525393145707, -0.15880800939172324, -0.1542042340671787],
  [-0.5, -0.15426876936299344, -0.15428599017485606, -0.1496115633936199],
  [-0.001, -0.000499601057786089, -0.000499601057786418, -0.0004995745001027158],
  [0, 0.0, 0.0, 0.0],
  [0.001, 0.000500398942213911, 0.000500398942213582, 0.0005004254998972841],
  [0.5, 0.34573123063700656, 0.34571400982514394, 0.35038843660638014],
  [1, 0.8413447460685429, 0.8411919906082768, 0.8457957659328212],
  [2, 1.9544997361036416, 1.954597694087775, 1.9356586231442083],
  [4, 3.9998733150326675, 3.9999297540518075, 3.9955852758604187],
]

describe('erf', () => {
  it.each(known)('of %d is %d, and odd', (x, y) => {
    expect([erf(x), erf(-x)]).toBeAllclose([y, -y], { rtol: 2e-15, atol: 0 })
  })

  it('joins its two formulas without a step', () => {
    expect(erf(2.5 - 1e-12)).toBeCloseTo(erf(2.5), 14)
    expect(erf(2.5 - 1e-12)).toBeLessThanOrEqual(erf(2.5))
  })
})

describe('the GELU variants', () => {
  it.each(gelus)('at %d are right', (x, exact, tanh, quick) => {
    const { erf: byErf, tanh: byTanh, quick: byQuick } = geluFunctions
    // Far left, 1 + erf cancels: the difference is small in absolute terms.
    expect([byErf(x), byTanh(x), byQuick(x)]).toBeAllclose([exact, tanh, quick], { rtol: 1e-14, atol: 1e-15 })
  })
})
