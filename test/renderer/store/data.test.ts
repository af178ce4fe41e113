/** @file Images in columns, folders sent from a browser, and what is worth knowing at a resolution. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { createData, warningsFor } from '../../../renderer/store/data.ts'
import { readColumns } from '../../../renderer/store/images.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'

describe('readColumns', () => {
  it('gives every image as it was, whatever the numbers of each label', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(counts, (perLabel) => {
        const all = perLabel.flatMap((count, label) =>
          Array.from({ length: count }, (_, index) => ({
            path: `${label}/ü ${index}.jpg`,
            label,
            width: 100 * label + index,
            height: 70_000 + index,
          })),
        )
        const sizes = Uint32Array.from(all.flatMap(({ width, height }) => [width, height]))
        const columns = {
          paths: all.map(({ path }) => path).join('//'),
          sizes: new Uint8Array(sizes.buffer),
        }
        const images = readColumns(columns, perLabel)
        expect(images.length).toBe(all.length)
        expect(all.map((_, index) => images.at(index))).toEqual(all)
        expect(images.at(all.length)).toBeUndefined()
      }),
    )
  })
})

describe('a dropped folder', () => {
  const file = (path: string, content: string): { path: string; file: File } => ({
    path,
    file: new File([content], path),
  })

  function recording(): { handlers: ApiHandlers; received: Map<string, string>; ended: boolean[] } {
    const handlers = fakeHandlers()
    const received = new Map<string, string>()
    const ended: boolean[] = []
    const data: ApiHandlers['data'] = {
      ...handlers.data,
      receive: ({ parts }) => {
        for (const { path, offset, bytes } of parts) {
          const before = received.get(path) ?? ''
          expect(before.length).toBe(offset)
          received.set(path, before + new TextDecoder().decode(bytes))
        }
      },
      endDrop: ({ keep }) => {
        ended.push(keep)
        return { folder: keep ? '/home/dropped/fruit' : null }
      },
    }
    return { handlers: { ...handlers, data }, received, ended }
  }

  it('is sent image by image, large ones in parts, then checked', async () => {
    const { handlers, received, ended } = recording()
    const store = createData(connectedTo(handlers))
    const large = 'x'.repeat(9_000_001)
    const files = [
      file('ripe/1.jpg', 'one'),
      file('ripe/large.PNG', large),
      file('notes.txt', 'no image'),
      file('unripe/empty.jpg', ''),
    ]
    const phases: string[] = []
    store.subscribe(({ state }) => phases.push(state.phase))
    await store.getState().receive({ name: 'fruit', list: async () => files })
    expect([...received.keys()]).toEqual(['ripe/1.jpg', 'ripe/large.PNG', 'unripe/empty.jpg'])
    expect(received.get('ripe/1.jpg')).toBe('one')
    expect(received.get('ripe/large.PNG') === large).toBe(true)
    expect(ended).toEqual([true])
    expect(phases.filter((phase) => phase === 'copying').length).toBeGreaterThan(2)
    expect(store.getState().state).toMatchObject({
      phase: 'ready',
      folder: '/home/dropped/fruit',
      copied: { left: 1 },
    })
  })

  it('without images is refused in plain words', async () => {
    const { handlers, ended } = recording()
    const store = createData(connectedTo(handlers))
    await store.getState().receive({ name: 'texts', list: async () => [file('a.txt', 'x')] })
    expect(store.getState().state).toMatchObject({
      phase: 'failed',
      message: expect.stringMatching(/no images in “texts”/) as string,
    })
    expect(ended).toEqual([])
  })

  it('that is cancelled is taken away again', async () => {
    const { handlers, ended } = recording()
    let cancel = (): void => undefined
    const receive = (): void => cancel()
    const store = createData(connectedTo({ ...handlers, data: { ...handlers.data, receive } }))
    cancel = store.getState().cancel
    const files = Array.from({ length: 300 }, (_, index) => file(`ripe/${index}.jpg`, 'x'))
    await store.getState().receive({ name: 'fruit', list: async () => files })
    expect(store.getState().state.phase).toBe('empty')
    expect(ended).toEqual([false])
  })
})

describe('photos that were chosen', () => {
  it('stay when a folder is chosen that cannot be used, which says why', async () => {
    const store = createData(connectedTo(fakeHandlers()))
    await store.getState().check('/home/fruit')
    const before = store.getState().state
    await store.getState().check('/home/empty')
    expect(store.getState()).toMatchObject({
      state: before,
      problem: 'There are no images in /home/empty.',
    })
    await store.getState().check('/home/fruit')
    expect(store.getState().problem).toBeNull()
  })

  it('do not stay when their own folder cannot be used any more', async () => {
    const handlers = fakeHandlers()
    let isThere = true
    const check: ApiHandlers['data']['check'] = async function* (input, context) {
      yield* handlers.data.check(isThere ? input : { ...input, folder: '/home/empty' }, context)
    }
    const store = createData(connectedTo({ ...handlers, data: { ...handlers.data, check } }))
    await store.getState().check('/home/fruit')
    isThere = false
    await store.getState().checkAgain()
    expect(store.getState()).toMatchObject({ state: { phase: 'failed', folder: '/home/fruit' } })
  })
})

describe('warnings', () => {
  it('come most important first, and small images are those of the resolution', async () => {
    const handlers = fakeHandlers()
    const store = createData(connectedTo(handlers))
    await store.getState().check('/home/fruit')
    const { state } = store.getState()
    if (state.phase !== 'ready') throw new Error(state.phase)
    const checked = {
      ...state.checked,
      warnings: [
        { kind: 'unusedFolder', root: '/d', name: 'test', isLabelled: true } as const,
        ...state.checked.warnings,
        { kind: 'leakedCopies', images: 1, pairs: [] } as const,
      ],
    }
    const kindsAt = (resolution: number | null): string[] =>
      warningsFor(checked, resolution).map(({ kind }) => kind)
    expect(kindsAt(null)).toEqual(['leakedCopies', 'fewImages', 'unusedFolder'])
    expect(kindsAt(960)).toEqual(['leakedCopies', 'fewImages', 'unusedFolder'])
    expect(kindsAt(961)).toEqual(['leakedCopies', 'fewImages', 'small', 'unusedFolder'])
    expect(warningsFor(checked, 961)[2]).toMatchObject({
      images: 90,
      smallest: { width: 640, height: 480 },
    })
  })
})
