/** @file What a person says of photos: shown at once, as the engine has it afterwards, and undone. */
import { describe, expect, it } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { keyOf } from '../../../renderer/store/photo-list.ts'
import { createLabels, type LabelsStore } from '../../../renderer/store/labels.ts'
import type { KnownPhoto } from '../../../renderer/store/photos.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

const root = '/home/fruit'
const photo = (path: string): KnownPhoto => ({
  root,
  path,
  width: 640,
  height: 480,
  kind: path.split('/')[0] ?? null,
})

async function openLabels(
  replaced: Partial<ApiHandlers['labels']> = {},
): Promise<{ store: LabelsStore; changes: string[] }> {
  const handlers = fakeHandlers()
  const changes: string[] = []
  const api = connectedTo({ ...handlers, labels: { ...handlers.labels, ...replaced } })
  const store = createLabels(api, {
    ensureProject: async () => 'fruit',
    onChange: () => changes.push('changed'),
  })
  await store.getState().open('fruit')
  return { store, changes }
}

const labelOf = (store: LabelsStore, path: string): string | null | undefined =>
  store.getState().said.get(keyOf(root, path))?.label

describe('labels', () => {
  it('are shown before the engine has answered, and their kinds made', async () => {
    const { store, changes } = await openLabels()
    expect(store.getState().kinds).toEqual(['ripe', 'rotten', 'unripe'])
    const done = store.getState().label([photo('ripe/1.jpg'), photo('ripe/2.jpg')], 'green')
    expect(labelOf(store, 'ripe/1.jpg')).toBe('green')
    expect(store.getState().kinds).toEqual(['green', 'ripe', 'rotten', 'unripe'])
    expect(store.getState().undoable).toBeNull()
    await done
    expect(labelOf(store, 'ripe/2.jpg')).toBe('green')
    expect(store.getState().undoable).toMatchObject({ kind: 'label', images: 2, names: ['green'] })
    expect(store.getState().news).toMatchObject({ way: 'done', step: { kind: 'label' } })
    expect(changes).toEqual(['changed'])
  })

  it('are undone and done again step by step, also those that came in a hurry', async () => {
    const { store } = await openLabels()
    void store.getState().label([photo('ripe/1.jpg')], 'rotten')
    void store.getState().leaveOut([photo('ripe/2.jpg')], true)
    await store.getState().holdBack([photo('ripe/3.jpg')], true)
    await store.getState().undo()
    expect(store.getState().news).toMatchObject({ way: 'undone', step: { kind: 'holdBack', images: 1 } })
    await store.getState().undo()
    expect(store.getState().said.get(keyOf(root, 'ripe/2.jpg'))?.flags).toBe(0)
    await store.getState().undo()
    expect(labelOf(store, 'ripe/1.jpg')).toBe('ripe')
    expect(store.getState().undoable).toBeNull()
    await store.getState().redo()
    expect(labelOf(store, 'ripe/1.jpg')).toBe('rotten')
  })

  it('are taken back with a sentence where they cannot be kept', async () => {
    const { store } = await openLabels()
    await store.getState().label([photo('ripe/1.jpg')], 'unripe')
    const failed = store.getState().label([photo('ripe/1.jpg'), photo('ripe/2.jpg')], 'a/b')
    expect(labelOf(store, 'ripe/1.jpg')).toBe('a/b')
    await failed
    expect(labelOf(store, 'ripe/1.jpg')).toBe('unripe')
    expect(labelOf(store, 'ripe/2.jpg')).toBeUndefined()
    expect(store.getState().kinds).toEqual(['ripe', 'rotten', 'unripe'])
    expect(store.getState().problem).toContain('cannot be the name of a folder')
    store.getState().forgetNews()
    expect(store.getState().problem).toBeNull()
  })

  it('make, rename, merge and delete kinds', async () => {
    const { store } = await openLabels()
    await store.getState().makeKind('odd')
    expect(store.getState().kinds).toContain('odd')
    await store.getState().renameKind('odd', 'strange')
    await store.getState().mergeKinds(['unripe', 'strange'], 'unripe')
    expect(store.getState().kinds).toEqual(['ripe', 'rotten', 'unripe'])
    await store.getState().deleteKind('unripe')
    expect(store.getState().kinds).toEqual(['ripe', 'rotten'])
    expect(labelOf(store, 'unripe/1.jpg')).toBeNull()
    await store.getState().undo()
    expect(labelOf(store, 'unripe/1.jpg')).toBe('unripe')
  })
})
