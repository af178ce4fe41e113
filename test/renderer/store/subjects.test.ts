/** @file The stores of data, model, results and use, over the real contract and wire. */
import { describe, expect, it } from 'vitest'

import { createData, splitOf } from '../../../renderer/store/data.ts'
import { createModel, relativeWork, resolutionRange } from '../../../renderer/store/model.ts'
import { createResults, mistakesOf } from '../../../renderer/store/results.ts'
import { createUse } from '../../../renderer/store/use.ts'
import { connectedTo, evaluation, pretendHandlers, starter } from '../../support/pretend-studio.ts'

const api = connectedTo(pretendHandlers())

describe('data', () => {
  it('is checked, and split by the chosen share', async () => {
    const store = createData(api)
    await store.getState().check('/home/fruit')
    const { state } = store.getState()
    if (state.phase !== 'ready') throw new Error(state.phase)
    expect(state.folder).toBe('/home/fruit')
    expect(splitOf(state.checked, 0.2)).toEqual([
      { name: 'ripe', training: 16, held: 4 },
      { name: 'unripe', training: 24, held: 6 },
      { name: 'rotten', training: 32, held: 8 },
    ])
  })

  it('says what is wrong with a folder', async () => {
    const store = createData(api)
    await store.getState().check('/home/empty')
    expect(store.getState().state).toMatchObject({
      phase: 'failed',
      message: 'There are no images in /home/empty.',
    })
  })

  it('takes the sample pictures with their own folder of held-back ones', async () => {
    const store = createData(api)
    await store.getState().useSample()
    expect(store.getState().state).toMatchObject({
      phase: 'ready',
      folder: '/sample/train',
      validation: '/sample/test',
    })
  })
})

describe('the model', () => {
  it('is the first on offer until another is chosen', async () => {
    const store = createModel(api)
    await store.getState().load()
    expect(store.getState().state).toEqual({ phase: 'ready', model: starter, resolution: 96 })
    store.getState().setResolution(128)
    expect(store.getState().state).toMatchObject({ resolution: 128 })
  })

  it('works at multiples of its patch, and costs what its own resolution costs there', () => {
    const { least, most } = resolutionRange(starter)
    expect([least % starter.patch, most % starter.patch]).toEqual([0, 0])
    expect(relativeWork(starter, 96)).toBe(1)
    expect(relativeWork(starter, 192)).toBeGreaterThan(4)
  })
})

describe('results', () => {
  it('come once for a run, mistakes surest first', async () => {
    let evaluations = 0
    const handlers = pretendHandlers()
    const evaluate = async function* () {
      evaluations++
      yield { type: 'done' as const, evaluation: evaluation() }
    }
    const store = createResults(connectedTo({ ...handlers, results: { ...handlers.results, evaluate } }))
    await store.getState().evaluate('fruit')
    await store.getState().evaluate('fruit')
    expect(evaluations).toBe(1)
    const { state } = store.getState()
    if (state.phase !== 'ready') throw new Error(state.phase)
    const mistakes = mistakesOf(state.evaluation)
    expect(mistakes).toHaveLength(6)
    expect(mistakes[0]?.probability).toBeGreaterThan(mistakes[5]?.probability ?? 1)
  })
})

describe('use', () => {
  it('gives every image its own answer, also those asked in several portions', async () => {
    const store = createUse(api)
    const files = Array.from({ length: 11 }, (_, i) => new File(['x'], `${i}.jpg`))
    await store.getState().ask('/runs/fruit', files)
    const names = store.getState().asked.map(({ file, prediction }) => [file.name, prediction?.name])
    expect(names).toEqual(files.map(({ name }) => [name, name]))
  })

  it('exports with the result of the check', async () => {
    const store = createUse(api)
    await store.getState().exportRun('fruit', 'onnx')
    expect(store.getState().exporting).toMatchObject({
      phase: 'written',
      result: { exported: [{ format: 'onnx', maxLogitDifference: 2e-6 }] },
    })
  })
})
