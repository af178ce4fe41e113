import { describe, expect, it } from 'vitest'

import {
  correctedLabel,
  createCorrections,
  type CorrectionsStore,
} from '../../../renderer/store/corrections.ts'
import { createLabels } from '../../../renderer/store/labels.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const root = '/home/fruit'

function openStore(): CorrectionsStore {
  const api = connectedTo(fakeHandlers())
  let project: string | null = null
  const labels = createLabels(api, { ensureProject: async () => project, onChange: () => undefined })
  const store = createCorrections(api, labels)
  const { open } = store.getState()
  store.setState({
    open: async (id) => {
      project = id
      await open(id)
    },
  })
  return store
}

describe('corrections', () => {
  it('are kept in the project, and can be undone', async () => {
    const store = openStore()
    await store.getState().open('fruit')
    await store.getState().correct(root, 'ripe/1.jpg', 'rotten')
    const { corrections } = store.getState()
    expect(correctedLabel(corrections, root, 'ripe/1.jpg')).toBe('rotten')
    expect(correctedLabel(corrections, root, 'ripe/2.jpg')).toBeNull()
    await store.getState().correct(root, 'ripe/1.jpg', null)
    expect(store.getState().corrections).toEqual([])
  })

  it('move files when asked, and are none afterwards', async () => {
    const store = openStore()
    await store.getState().open('fruit')
    await store.getState().correct(root, 'ripe/1.jpg', 'rotten')
    expect(store.getState().corrections).toHaveLength(1)
    await store.getState().moveFiles(store.getState().corrections)
    expect(store.getState()).toMatchObject({
      corrections: [],
      moving: { phase: 'moved', result: { moved: [{ from: 'ripe/1.jpg', to: 'rotten' }] } },
    })
  })

  it('say why one could not be kept, and stay as they were', async () => {
    const store = openStore()
    await store.getState().correct(root, 'ripe/1.jpg', 'rotten')
    expect(store.getState().corrections).toEqual([])
    await store.getState().open('fruit')
    await store.getState().correct(root, 'ripe/1.jpg', 'a/b')
    expect(store.getState().corrections).toEqual([])
    expect(store.getState().problem).toContain('cannot be the name of a folder')
  })
})
