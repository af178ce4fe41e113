import { describe, expect, it } from 'vitest'

import { decodeRows, encodeRows } from '../../../../core/train/probe/feature-file.ts'

describe('a file of features', () => {
  const rows = new Map([
    ['a/1.jpg', Float32Array.from([1, 2, 3])],
    ['ü “2”', Float32Array.from([-0.5, Number.MIN_VALUE, 4e30])],
  ])

  it('comes back as it was, whatever the length of its header', () => {
    for (const name of ['', 'x', 'xx', 'xxx']) {
      const named = new Map([...rows, [name, Float32Array.from([7, 8, 9])]])
      expect(decodeRows(encodeRows(named))).toEqual(named)
    }
    expect(decodeRows(encodeRows(new Map()))).toEqual(new Map())
  })

  it('is refused where a part of it is missing or it is something else', () => {
    const bytes = encodeRows(rows)
    for (const length of [0, 3, 4, 20, bytes.length - 1])
      expect(decodeRows(bytes.subarray(0, length))).toBeNull()
    expect(decodeRows(new TextEncoder().encode('this is not such a file at all'))).toBeNull()
  })
})
