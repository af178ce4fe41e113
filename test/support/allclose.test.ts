/** @file The comparison every numeric test relies on: it must fail where it should. */
import { describe, expect, it } from 'vitest'

import { compareClose } from './allclose.ts'

describe('toBeAllclose', () => {
  it('accepts a difference inside atol + rtol * |expected| and refuses one outside', () => {
    expect([1, 100.09]).toBeAllclose([1, 100], { rtol: 1e-3, atol: 0 })
    expect([1, 100.11]).not.toBeAllclose([1, 100], { rtol: 1e-3, atol: 0 })
  })

  it('measures against the expected side', () => {
    expect(compareClose([0], [1], { rtol: 1, atol: 0 }).pass).toBe(true)
    expect(compareClose([1], [0], { rtol: 1, atol: 0 }).pass).toBe(false)
  })

  it('names the worst element with both values and its place in the shape', () => {
    const actual = { shape: [2, 2], data: new Float32Array([1, 2, 3.5, 4.25]) }
    const { pass, message } = compareClose(actual, { shape: [2, 2], data: [1, 2, 3, 4] }, { rtol: 0.01 })
    expect(pass).toBe(false)
    expect(message()).toContain('worst of 4 elements is 2 ([1, 0]): 3.5, expected 3; 2 outside')
  })

  it('refuses other lengths and other shapes of the same length', () => {
    expect(compareClose([1], [1, 1]).message()).toBe('lengths differ: 1 and expected 2')
    const [row, column] = [
      { shape: [1, 2], data: [1, 1] },
      { shape: [2, 1], data: [1, 1] },
    ]
    expect(compareClose(row, column).message()).toBe('shapes differ: [1, 2] and expected [2, 1]')
  })

  it('lets NaN equal only NaN and an infinity only itself', () => {
    expect([Number.NaN, Number.POSITIVE_INFINITY, 0]).toBeAllclose([Number.NaN, Number.POSITIVE_INFINITY, -0])
    expect([Number.NaN]).not.toBeAllclose([1], { rtol: 1e9 })
    expect([1]).not.toBeAllclose([Number.NaN], { rtol: 1e9 })
    expect([Number.NEGATIVE_INFINITY]).not.toBeAllclose([Number.POSITIVE_INFINITY], { rtol: 1e9 })
    expect([1]).not.toBeAllclose([Number.POSITIVE_INFINITY], { rtol: 1e9 })
  })

  it('accepts two empty arrays', () => {
    expect([]).toBeAllclose([])
  })
})
