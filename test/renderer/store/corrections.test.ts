import { describe, expect, it } from 'vitest'

import type { Project } from '../../../core/api/contract/projects.ts'
import type { Correction } from '../../../core/data/correction.ts'
import { AppError } from '../../../core/errors.ts'
import {
  correctedLabel,
  createCorrections,
  type CorrectionsStore,
} from '../../../renderer/store/corrections.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const project: Project = {
  id: 'fruit',
  name: 'Fruit',
  data: null,
  cover: null,
  model: null,
  training: null,
  run: null,
  screen: null,
  createdAt: '2026-11-21T10:00:00.000Z',
  updatedAt: '2026-11-21T10:00:00.000Z',
  corrections: [],
}

/** A store over a project that stores its corrections as the real one does. */
function storeOver(kept: Correction[] = []): CorrectionsStore {
  const handlers = fakeHandlers()
  return createCorrections(
    connectedTo({
      ...handlers,
      projects: {
        ...handlers.projects,
        get: () => ({ project: { ...project, corrections: kept }, runs: [] }),
        correct: ({ root, path, label }) => {
          if (label === 'unknown') throw new AppError('invalid_input', 'There is no such kind.')
          const others = kept.filter((one) => one.path !== path)
          kept.splice(0, kept.length, ...others, ...(label === null ? [] : [{ root, path, label }]))
          return kept
        },
        moveCorrectedFiles: async function* () {
          yield { type: 'progress', done: 0, total: 1 }
          kept.splice(0)
          yield { type: 'done', result: { moved: [{ from: '/a', to: '/b' }], failed: [] } }
        },
      },
    }),
  )
}

describe('corrections', () => {
  it('are kept in the project, and can be undone', async () => {
    const store = storeOver()
    await store.getState().open('fruit')
    await store.getState().correct('/photos', 'ripe/1.jpg', 'rotten')
    const { corrections } = store.getState()
    expect(correctedLabel(corrections, '/photos', 'ripe/1.jpg')).toBe('rotten')
    expect(correctedLabel(corrections, '/photos', 'ripe/2.jpg')).toBeNull()
    await store.getState().correct('/photos', 'ripe/1.jpg', null)
    expect(store.getState().corrections).toEqual([])
  })

  it('move files when asked, and are none afterwards', async () => {
    const store = storeOver([{ root: '/photos', path: 'ripe/1.jpg', label: 'rotten' }])
    await store.getState().open('fruit')
    expect(store.getState().corrections).toHaveLength(1)
    await store.getState().moveFiles(store.getState().corrections)
    expect(store.getState()).toMatchObject({
      corrections: [],
      moving: { phase: 'moved', result: { moved: [{ from: '/a', to: '/b' }] } },
    })
  })

  it('say why one could not be kept, and stay as they were', async () => {
    const store = storeOver()
    await store.getState().correct('/photos', 'ripe/1.jpg', 'rotten')
    expect(store.getState().corrections).toEqual([])
    await store.getState().open('fruit')
    await store.getState().correct('/photos', 'ripe/1.jpg', 'unknown')
    expect(store.getState()).toMatchObject({ corrections: [], problem: 'There is no such kind.' })
  })
})
