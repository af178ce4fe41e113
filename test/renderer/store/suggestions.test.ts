/** @file Suggested kinds: when they are shown, and when they wait. */
import { expect, it } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { keyOf } from '../../../renderer/store/photo-list.ts'
import { createSuggestions, type SuggestionsStore } from '../../../renderer/store/suggestions.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

/** Every request suggests `green` a little more surely for one photo. */
function suggesting(): SuggestionsStore {
  const handlers = fakeHandlers()
  let asked = 0
  const suggest: ApiHandlers['labels']['suggest'] = async function* () {
    asked++
    yield { type: 'progress', stage: 'looking', done: 1, total: 2 }
    yield {
      type: 'done',
      suggestions: {
        classes: ['blue', 'green'],
        root: '/photos',
        paths: 'a.jpg',
        labels: new Uint8Array(Int32Array.of(1).buffer),
        probabilities: new Uint8Array(Float32Array.of(0.25 * asked).buffer),
        judged: { right: 5, images: 6 },
        remaining: 0,
      },
    }
  }
  return createSuggestions(connectedTo({ ...handlers, labels: { ...handlers.labels, suggest } }))
}

it('shows the first suggestions, lets newer ones wait, and shows them when they are asked for or expected', async () => {
  const store = suggesting()
  const guess = (): unknown => store.getState().shown?.of.get(keyOf('/photos', 'a.jpg'))
  await store.getState().ask('fruit', '/models/starter')
  expect(guess()).toEqual({ kind: 'green', probability: 0.25 })
  expect(store.getState()).toMatchObject({ work: null, shown: { judged: { right: 5, images: 6 } } })
  await store.getState().ask('fruit', '/models/starter')
  expect(guess()).toEqual({ kind: 'green', probability: 0.25 })
  expect(store.getState().waiting).not.toBeNull()
  store.getState().update()
  expect(guess()).toEqual({ kind: 'green', probability: 0.5 })
  expect(store.getState().waiting).toBeNull()
  store.getState().expect()
  await store.getState().ask('fruit', '/models/starter')
  expect(guess()).toEqual({ kind: 'green', probability: 0.75 })
  store.getState().clear()
  expect(guess()).toBeUndefined()
})
