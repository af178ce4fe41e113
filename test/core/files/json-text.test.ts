/** @file JSON of strangers: any, as JSON.parse reads it, but none that is nested without end. */
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { parseJson } from '../../../core/files/json-text.ts'

it('is read as JSON.parse reads it, whatever is in its texts', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }),
  )
  const hard = '{"[[\\"[{": "\\\\", "]}\\\\\\"": ["{", "\\u005b"]}'
  expect(parseJson(hard)).toEqual(JSON.parse(hard))
})

it.each(['[', '{"a":', '[{"a":[', '"a', '{"a":1,}', ''])('%s is refused', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError)
})

it('is read to a depth of 64, and no further', () => {
  const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
  expect(parseJson(nested(64))).toEqual(JSON.parse(nested(64)))
  expect(() => parseJson(nested(65))).toThrow('over 64 values inside each other')
  expect(parseJson(`[${Array.from({ length: 100 }, () => nested(10)).join(',')}]`)).toHaveLength(100)
})

it('is refused before anything is kept for nineteen million brackets', () => {
  const before = process.memoryUsage().rss
  expect(() => parseJson('['.repeat(19_000_000))).toThrow(SyntaxError)
  // A parser alone took 1.4 GB.
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6)
})
