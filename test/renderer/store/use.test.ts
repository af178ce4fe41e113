import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import type { ApiHandlers } from '../../../core/api/contract.ts'
import { createExports } from '../../../renderer/store/exports.ts'
import { createTable, type TableStore } from '../../../renderer/store/table.ts'
import { createUse, mostAnswers, type UseStore } from '../../../renderer/store/use.ts'
import { connectedTo, fakeHandlers } from '../../support/fake-studio.ts'
import { outside } from '../../../core/sentence.ts'

const model = '/runs/fruit'
const filesNamed = (names: readonly string[]): File[] => names.map((name) => new File(['x'], name))

function stores(change: Partial<ApiHandlers['predict']> = {}): { use: UseStore; table: TableStore } {
  const handlers = fakeHandlers()
  const api = connectedTo({ ...handlers, predict: { ...handlers.predict, ...change } })
  const table = createTable(api)
  return { use: createUse(api, table), table }
}

describe('use', () => {
  it('gives every image its own answer, also those asked in several portions', async () => {
    const { use } = stores()
    const files = filesNamed(Array.from({ length: 11 }, (_, i) => `${i}.jpg`))
    await use.getState().ask(model, files)
    const names = use.getState().asked.map(({ name, prediction }) => [name, prediction?.name])
    expect(names).toEqual(files.map(({ name }) => [name, name]))
  })

  it('shows the first of the newest images large, or the one that is chosen', async () => {
    const { use } = stores()
    await use.getState().ask(model, filesNamed(['one.jpg', 'two.jpg']))
    const shownName = (): string | undefined => {
      const { asked, shown } = use.getState()
      return asked.find(({ key }) => key === shown)?.name
    }
    expect(shownName()).toBe('one.jpg')
    await use
      .getState()
      .askAbout(model, [
        { name: 'held.jpg', source: { folder: '/photos', path: 'ripe/held.jpg' }, truth: 'ripe' },
      ])
    expect(shownName()).toBe('held.jpg')
    use.getState().show(use.getState().asked[2]!.key)
    expect(shownName()).toBe('two.jpg')
  })

  it('makes a table of many images, and forgets both', async () => {
    const { use, table } = stores()
    await use.getState().ask(model, filesNamed(['one.jpg']))
    await use.getState().ask(model, filesNamed(Array.from({ length: mostAnswers + 1 }, (_, i) => `${i}.jpg`)))
    expect(use.getState().asked).toHaveLength(1)
    expect(table.getState().table).toMatchObject({ status: 'done', total: mostAnswers + 1 })
    expect(table.getState().table?.rows.map(({ key }) => key)).toEqual([...Array(mostAnswers + 1).keys()])
    use.getState().clear()
    expect([use.getState().asked, table.getState().table]).toEqual([[], null])
  })

  it('keeps what was answered when the engine fails', async () => {
    let calls = 0
    const { use } = stores({
      images: ({ images }) => {
        if (++calls > 1) throw new AppError('io', 'The engine has ended.')
        return images.map((image) => ({
          name: 'name' in image ? image.name : '',
          top: [],
          reason: outside('torn'),
        }))
      },
    })
    await use.getState().ask(model, filesNamed(['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg']))
    expect(use.getState().asked).toHaveLength(4)
    expect(use.getState().problem).toBe('The engine has ended.')
  })
})

describe('a table', () => {
  it('is read from a folder as a stream', async () => {
    const { table } = stores()
    await table.getState().readFolder(model, '/new')
    const { table: read } = table.getState()
    expect(read).toMatchObject({ title: '/new', model, status: 'done', done: 4, total: 4 })
    expect(read?.rows.map(({ name, source }) => [name, source])).toEqual(
      ['ripe', 'unripe', 'rotten'].map((kind) => [
        `${kind}/new.jpg`,
        { folder: '/new', path: `${kind}/new.jpg` },
      ]),
    )
    expect(read?.left).toEqual([{ name: 'notes.txt', reason: 'It is not an image.' }])
  })

  it('is read from a dropped folder, hidden files passed over and others left out', async () => {
    const { table } = stores({
      images: ({ images }) =>
        images.map((image) => {
          const name = 'name' in image ? image.name : ''
          return name === 'b/torn.png'
            ? { name, top: [], reason: outside('The file is torn.') }
            : { name, top: [{ label: 'ripe', probability: 0.8 }], reason: null }
        }),
    })
    const names = ['a/1.jpg', 'b/torn.png', 'notes.txt', '.DS_Store', 'a/.hidden/2.jpg']
    const files = names.map((path) => ({ path, file: new File(['x'], path) }))
    await table.getState().readTree(model, { name: 'new', list: async () => Promise.resolve(files) })
    expect(table.getState().table).toMatchObject({
      title: 'new',
      status: 'done',
      done: 3,
      total: 3,
      rows: [{ name: 'a/1.jpg', top: [{ label: 'ripe' }] }],
      left: [
        { name: 'notes.txt', reason: null },
        { name: 'b/torn.png', reason: 'The file is torn.' },
      ],
    })
  })

  it('keeps its rows when it is stopped, and when it fails', async () => {
    const { table } = stores({
      folder: async function* (_, { signal }) {
        const images = [{ path: 'a.jpg', top: [{ label: 'ripe', probability: 0.8 }] }]
        yield { done: 1, total: 9, images, skipped: [] }
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      },
    })
    const reading = table.getState().readFolder(model, '/new')
    await new Promise<void>((resolve) => {
      table.subscribe(({ table: read }) => {
        if (read?.done === 1) resolve()
      })
    })
    table.getState().stop()
    await reading
    expect(table.getState().table).toMatchObject({ status: 'stopped', rows: [{ name: 'a.jpg' }] })

    const { table: failing } = stores({
      folder: async function* () {
        yield { done: 0, total: 9, images: [], skipped: [] }
        throw new AppError('io', 'The disk has gone.')
      },
    })
    await failing.getState().readFolder(model, '/new')
    expect(failing.getState().table).toMatchObject({ status: 'failed', problem: 'The disk has gone.' })
  })
})

describe('exports', () => {
  it('write the chosen formats and report which could not be', async () => {
    const store = createExports(connectedTo(fakeHandlers()))
    store.getState().toggle('npz')
    store.getState().setOut('/exports')
    const phases: string[] = []
    store.subscribe(({ state }) => phases.push(state.phase))
    await store.getState().write('fruit')
    expect(phases).toEqual(['writing', 'writing', 'written'])
    expect(store.getState().state).toMatchObject({
      run: 'fruit',
      result: { exported: [{ format: 'onnx', maxLogitDifference: 2e-6 }], refused: [{ format: 'npz' }] },
    })
  })
})
