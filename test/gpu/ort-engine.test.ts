/** @file State in GPU memory: it outlives programs, is released in any order, and nothing falls back to the CPU unnoticed. */
import { describe, expect, it } from 'vitest'

import type { State } from '../../core/engine/engine.ts'
import { createOrtEngine } from '../../core/engine/ort-engine.ts'
import { add, cast, feed, multiply, slice, state, sumAll } from '../../core/graph/build.ts'
import { clippedUpdates } from '../../core/optim/clipped-updates.ts'
import { sgd } from '../../core/optim/sgd.ts'
import { floats, scalar, type FloatTensor } from '../../core/tensor/tensor.ts'
import { graphOf } from '../support/graph-of.ts'
import { hasGpu, withoutGpu } from '../support/gpu.ts'

const engine = createOrtEngine('webgpu')
const [w, v] = [state('w', [3]), state('v', [3])]
const growth = graphOf({ sum: sumAll(w) }, { w: add(w, multiply(feed('x', [3]), feed('rate', []))) })
const feeds = new Map([
  ['x', floats([3], [1, 10, 100])],
  ['rate', scalar(2)],
])

const startingState = (): Promise<State> =>
  engine.createState(
    new Map([
      ['w', floats([3], [1, 2, 3])],
      ['v', floats([3], [4, 5, 6])],
    ]),
  )

const valuesOf = (tensors: ReadonlyMap<string, FloatTensor>, name: string): number[] => [
  ...(tensors.get(name)?.data ?? []),
]

describe.skipIf(!hasGpu)(`state on the GPU${withoutGpu}`, () => {
  it('survives from run to run, is shared, and outlives the program that made it', async () => {
    const held = await startingState()
    const grow = await engine.load(growth, held)
    const read = await engine.load(graphOf({ doubled: multiply(w, 2) }), held)
    expect(valuesOf(await grow.run(feeds), 'sum')).toEqual([6])
    expect(valuesOf(await grow.run(feeds), 'sum')).toEqual([6 + 222])
    await grow.dispose()
    expect(valuesOf(await read.run(new Map()), 'doubled')).toEqual([10, 84, 806])
    await read.dispose()
    const again = await engine.load(growth, held)
    await again.run(feeds)
    expect(valuesOf(await held.read(['w']), 'w')).toEqual([7, 62, 603])
    expect(valuesOf(await held.read(held.names), 'v')).toEqual([4, 5, 6])
    await again.dispose()
    held.dispose()
  })

  it('may go before the program, and be made again afterwards', async () => {
    for (let round = 0; round < 3; round++) {
      const held = await startingState()
      const program = await engine.load(growth, held)
      await program.run(feeds)
      held.dispose()
      await program.dispose()
    }
    const held = await startingState()
    expect(valuesOf(await held.read(['w']), 'w')).toEqual([1, 2, 3])
    held.dispose()
  })

  it('can be exchanged', async () => {
    const held = await startingState()
    const program = await engine.load(graphOf({}, { w: v, v: w }), held)
    await program.run(new Map())
    const read = await held.read(['w', 'v'])
    expect([valuesOf(read, 'w'), valuesOf(read, 'v')]).toEqual([
      [4, 5, 6],
      [1, 2, 3],
    ])
    await program.dispose()
    held.dispose()
  })

  it('keeps still where the gradient is zero, although clipping divides by its length', async () => {
    const rates = { learningRate: scalar(0.1), momentum: scalar(0.5), clip: scalar(1) }
    const trained = [{ name: 'w', weight: w, gradient: feed('gradient', [3]) }]
    const { norm, updates } = clippedUpdates(trained, sgd({ momentum: 0.5 }))
    const values = new Map([
      ['w', floats([3], [1, 2, 3])],
      ['momentum/w', floats([3], [4, 5, 6])],
    ])
    const held = await engine.createState(values)
    const program = await engine.load({ outputs: new Map([['norm', norm]]), updates }, held)
    const zero = floats([3], [0, 0, 0])
    const outputs = await program.run(new Map([...Object.entries(rates), ['gradient', zero]]))
    expect(valuesOf(outputs, 'norm')).toEqual([0])
    const read = await held.read(held.names)
    expect(valuesOf(read, 'momentum/w')).toEqual([2, 2.5, 3])
    expect(valuesOf(read, 'w')).toBeAllclose([0.8, 1.75, 2.7], { rtol: 1e-6 })
    await program.dispose()
    held.dispose()
  })
})

describe.skipIf(!hasGpu)(`a graph on the GPU${withoutGpu}`, () => {
  it('is refused where a node would run on the CPU', async () => {
    const bytes = slice(feed('bytes', [8], 'uint8'), 0, 2, 6)
    const loading = engine.load(graphOf({ y: cast(bytes, 'float32') }), await engine.createState(new Map()))
    await expect(loading).rejects.toMatchObject({ name: 'AppError', code: 'unsupported' })
  })
})
