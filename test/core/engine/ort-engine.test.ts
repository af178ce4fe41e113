/** @file State on an engine: it survives runs, is shared, is never the caller's own, and misuse is named. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Engine, EngineKind, State } from '../../../core/engine/engine.ts'
import { updatesMayOverwrite } from '../../../core/engine/in-place.ts'
import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { add, cast, feed, multiply, state, sumAll } from '../../../core/graph/build.ts'
import { byteTensor, filled, floats, scalar, type FloatTensor } from '../../../core/tensor/tensor.ts'
import { graphOf } from '../../support/graph-of.ts'

const engine = createOrtEngine('cpu')
const w = state('w', [3])
const growth = graphOf({ sum: sumAll(w) }, { w: add(w, multiply(feed('x', [3]), feed('rate', []))) })
const reading = graphOf({ doubled: multiply(w, 2) })
const feeds = new Map([
  ['x', floats([3], [1, 10, 100])],
  ['rate', scalar(2)],
])

const valuesOf = (tensors: ReadonlyMap<string, FloatTensor>, name: string): number[] => [
  ...(tensors.get(name)?.data ?? []),
]
const startingState = (): Promise<State> => engine.createState(new Map([['w', floats([3], [1, 2, 3])]]))

describe('state', () => {
  it('survives from run to run', async () => {
    const held = await startingState()
    const program = await engine.load(growth, held)
    expect(valuesOf(await program.run(feeds), 'sum')).toEqual([6])
    expect(valuesOf(await program.run(feeds), 'sum')).toEqual([6 + 222])
    expect(valuesOf(await held.read(['w']), 'w')).toEqual([5, 42, 403])
  })

  it('is shared by all programs that are loaded with it', async () => {
    const held = await startingState()
    const [grow, read] = [await engine.load(growth, held), await engine.load(reading, held)]
    expect(valuesOf(await read.run(new Map()), 'doubled')).toEqual([2, 4, 6])
    await grow.run(feeds)
    expect(valuesOf(await read.run(new Map()), 'doubled')).toEqual([6, 44, 406])
  })

  it('outlives a program', async () => {
    const held = await startingState()
    const program = await engine.load(growth, held)
    await program.run(feeds)
    await program.dispose()
    const next = await engine.load(growth, held)
    expect(valuesOf(await next.run(feeds), 'sum')).toEqual([6 + 222])
  })

  it('is not the caller’s tensors, neither when it is made nor when it is read', async () => {
    const overwriting = graphOf({}, { w: add(w, feed('x', [3])) })
    expect(updatesMayOverwrite(overwriting)).toBe(true)
    const mine = floats([3], [1, 2, 3])
    const held = await engine.createState(new Map([['w', mine]]))
    const program = await engine.load(overwriting, held)
    await program.run(feeds)
    expect([...mine.data]).toEqual([1, 2, 3])
    const before = await held.read(['w'])
    await program.run(feeds)
    expect(valuesOf(before, 'w')).toEqual([2, 12, 103])
    before.get('w')?.data.fill(-1)
    expect(valuesOf(await held.read(['w']), 'w')).toEqual([3, 22, 203])
  })

  it('gives the names and only the tensors that are asked for', async () => {
    const held = await engine.createState(
      new Map([
        ['a', scalar(1)],
        ['b', scalar(2)],
      ]),
    )
    expect(held.names).toEqual(new Set(['a', 'b']))
    expect(valuesOf(await held.read(['b']), 'b')).toEqual([2])
    expect((await held.read(['b'])).has('a')).toBe(false)
    expect((await held.read([])).size).toBe(0)
  })

  it('may be empty', async () => {
    const program = await engine.load(
      graphOf({ y: multiply(feed('x', [1]), 3) }),
      await engine.createState(new Map()),
    )
    expect(valuesOf(await program.run(new Map([['x', floats([1], [2])]])), 'y')).toEqual([6])
  })

  it('names a tensor that it does not hold', async () => {
    const held = await startingState()
    await expect(held.read(['v'])).rejects.toThrow('no state named v')
    const program = await engine.load(graphOf({ y: state('v', [1]) }), held)
    await expect(program.run(new Map())).rejects.toThrow('no state named v')
  })

  it('of another engine is refused', async () => {
    const foreign: State = {
      names: new Set(),
      read: () => Promise.resolve(new Map()),
      dispose: () => undefined,
    }
    await expect(engine.load(reading, foreign)).rejects.toThrow('this state belongs to another engine')
  })
})

describe('a program', () => {
  const pixels = feed('pixels', [2], 'uint8')

  it.each([
    ['is missing', new Map([['rate', scalar(1)]]), 'no feed named x'],
    ['has another shape', new Map([...feeds, ['x', floats([1, 3], [1, 2, 3])]]), 'feed x: [1, 3], not [3]'],
  ])('refuses to run when a feed %s', async (_, given, words) => {
    const program = await engine.load(growth, await startingState())
    await expect(program.run(given)).rejects.toThrow(words)
  })

  it('refuses to run when a feed has another type', async () => {
    const program = await engine.load(
      graphOf({ y: cast(pixels, 'float32') }),
      await engine.createState(new Map()),
    )
    await expect(program.run(new Map([['pixels', floats([2], [1, 2])]]))).rejects.toThrow(
      'feed pixels: float32, not uint8',
    )
    const right = await program.run(new Map([['pixels', byteTensor([2], Uint8Array.of(1, 255))]]))
    expect(valuesOf(right, 'y')).toEqual([1, 255])
  })

  it('is not changed by a run that failed', async () => {
    const held = await startingState()
    const program = await engine.load(growth, held)
    await expect(program.run(new Map())).rejects.toThrow('no feed named')
    expect(valuesOf(await held.read(['w']), 'w')).toEqual([1, 2, 3])
    expect(valuesOf(await program.run(feeds), 'sum')).toEqual([6])
  })
})

describe('state that is written in place', () => {
  const size = 4_000_000
  const big = state('big', [size])
  const step = graphOf({ used: multiply(feed('rate', []), 3) }, { big: add(big, feed('rate', [])) })

  it('is not handed out as copies', async () => {
    expect(updatesMayOverwrite(step)).toBe(true)
    const held = await engine.createState(new Map([['big', filled([size], 1)]]))
    const program = await engine.load(step, held)
    const rate = new Map([['rate', scalar(2)]])
    await program.run(rate)
    const before = process.memoryUsage().arrayBuffers
    for (let run = 0; run < 4; run++) await program.run(rate)
    // Each copy would be 16 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8e6)
    const { data = new Float32Array() } = (await held.read(['big'])).get('big') ?? {}
    expect([data[0], data[size - 1]]).toEqual([11, 11])
  })
})

describe('a device that is not there', () => {
  const loadOn = async (kind: EngineKind): Promise<unknown> => {
    const absent: Engine = createOrtEngine(kind)
    return absent.load(reading, await absent.createState(new Map([['w', floats([3], [1, 2, 3])]])))
  }
  const library = createRequire(import.meta.url).resolve('onnxruntime-node')
  const folder = join(dirname(library), '..', 'bin', 'napi-v6', process.platform, process.arch)
  const hasCuda = existsSync(join(folder, 'libonnxruntime_providers_cuda.so'))

  it('is refused by name, with what to do', async () => {
    const kind = process.platform === 'darwin' ? 'dml' : 'coreml'
    await expect(loadOn(kind)).rejects.toMatchObject({
      name: 'AppError',
      code: 'unsupported',
      message: expect.stringMatching(new RegExp(`The ${kind} device cannot run this: .*Use --engine cpu`)),
    })
  })

  it.skipIf(hasCuda)(
    'is refused where its library is missing (skipped where CUDA is installed)',
    async () => {
      await expect(loadOn('cuda')).rejects.toMatchObject({ name: 'AppError', code: 'unsupported' })
    },
  )
})
