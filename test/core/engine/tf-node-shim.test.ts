/** @file What TensorFlow's package misses in newer versions of Node is given back, and nothing else is touched. */
import util from 'node:util'

import { describe, expect, it } from 'vitest'

import { restoreRemovedUtil } from '../../../core/engine/tf-node-shim.ts'

const values = [null, undefined, 0, '', false, Number.NaN, [], [1], {}, new Float32Array(1), { length: 0 }]

describe('restoreRemovedUtil', () => {
  it('adds what Node 23 removed, with the same answers', () => {
    const { isNullOrUndefined: _, isArray: __, ...newer } = util as typeof util & Record<string, unknown>
    const target = newer as unknown as Record<string, (value: unknown) => boolean>
    expect(target).not.toHaveProperty('isNullOrUndefined')
    restoreRemovedUtil(target)
    expect(values.filter((value) => target['isNullOrUndefined']!(value))).toEqual([null, undefined])
    expect(values.filter((value) => target['isArray']!(value))).toEqual([[], [1]])
  })

  it('leaves what Node has', () => {
    const own = (): boolean => true
    const target = { isNullOrUndefined: own, isArray: own, inspect: own }
    restoreRemovedUtil(target)
    expect(target).toEqual({ isNullOrUndefined: own, isArray: own, inspect: own })
  })
})
