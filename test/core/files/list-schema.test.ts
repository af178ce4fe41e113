/** @file Lists in schemas: as zod's own, but a list of millions of wrong entries is told once. */
import { expect, it } from 'vitest'
import * as z from 'zod'

import { listOf } from '../../../core/files/list-schema.ts'

const Names = z.strictObject({ names: listOf(z.strictObject({ name: z.string().default('x') }), 1, 3) })

it('gives what its entries give', () => {
  expect(Names.parse({ names: [{}, { name: 'y' }] })).toEqual({ names: [{ name: 'x' }, { name: 'y' }] })
})

it.each([
  [[], 'expected a list of at least 1 and at most 3'],
  [[{}, {}, {}, {}], 'expected a list of at least 1 and at most 3'],
  ['xy', 'expected a list of at least 1 and at most 3'],
])('%j is refused', (names, message) => {
  expect(() => Names.parse({ names })).toThrow(message)
})

it('tells of the first wrong entry, and of no other', () => {
  const wrong = listOf(z.string()).safeParse(
    Array.from({ length: 1_000_000 }, (_, index) => (index < 2 ? 'a' : 5)),
  )
  expect(wrong.error?.issues).toEqual([expect.objectContaining({ path: [2] })])
  expect(Names.safeParse({ names: [{ name: 5 }] }).error?.issues[0]?.path).toEqual(['names', 0, 'name'])
})
