/** @file What is chosen on the wall after clicks and keys. */
import { expect, it } from 'vitest'

import { createSelection } from '../../../renderer/store/selection.ts'

const order = Uint32Array.of(7, 3, 9, 1, 4)

it('chooses one, toggles others, and extends from the last one in the order of the wall', () => {
  const store = createSelection()
  const chosen = (): number[] => [...store.getState().chosen]
  store.getState().only(3)
  store.getState().toggle(4)
  expect(chosen()).toEqual([3, 4])
  store.getState().toggle(3)
  expect(chosen()).toEqual([4])
  store.getState().only(3)
  store.getState().extend(order, 7, 1, false)
  expect(chosen()).toEqual([3, 9, 1])
  // The anchor stays, so that a range can shrink and turn around.
  store.getState().extend(order, 7, 9, false)
  expect(chosen()).toEqual([3, 9])
  store.getState().extend(order, 7, 7, false)
  expect(chosen()).toEqual([7, 3])
  store.getState().toggle(4)
  store.getState().extend(order, 7, 1, true)
  expect(new Set(chosen())).toEqual(new Set([1, 3, 4, 7]))
  store.getState().clear()
  expect(chosen()).toEqual([])
})

it('begins a range at the photo with the focus if none was chosen, or the chosen one is not shown', () => {
  const store = createSelection()
  store.getState().extend(order, 3, 9, false)
  expect([...store.getState().chosen]).toEqual([3, 9])
  store.getState().only(100)
  store.getState().extend(order, 3, 9, false)
  expect([...store.getState().chosen]).toEqual([9])
})
