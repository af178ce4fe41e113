import { describe, expect, it } from 'vitest'

import { makeOrDispose, type Disposable } from '../../../core/engine/disposables.ts'
import type { Engine } from '../../../core/engine/engine.ts'
import { createOrtEngine } from '../../../core/engine/ort-engine.ts'
import { createPredictor } from '../../../core/train/model/predictor.ts'
import { createStepper, createTrainingState } from '../../../core/train/step/stepper.ts'
import { tinyModel } from '../files/tiny-models.ts'

function recorded(names: string[], name: string): Disposable {
  return { dispose: () => void names.push(name) }
}

describe('makeOrDispose', () => {
  it('gives parts back in reverse, once', async () => {
    const names: string[] = []
    const made = await makeOrDispose(async ({ keep, dispose }) => {
      keep(recorded(names, 'state'))
      keep(recorded(names, 'program'))
      return Promise.resolve({ dispose })
    })
    expect(names).toEqual([])
    await made.dispose()
    await made.dispose()
    expect(names).toEqual(['program', 'state'])
  })

  it('gives back what was made when a later part fails', async () => {
    const names: string[] = []
    const failing = makeOrDispose(async ({ keep }) => {
      keep(recorded(names, 'state'))
      return Promise.reject(new Error('no memory'))
    })
    await expect(failing).rejects.toThrow('no memory')
    expect(names).toEqual(['state'])
  })
})

/** An engine whose `failing`th program cannot be loaded, and what of it is still held. */
function engineThatFails(failing: number): { engine: Engine; held: () => number } {
  const real = createOrtEngine('cpu')
  let loads = 0
  let held = 0
  const counted = <T extends Disposable>(one: T): T => {
    held++
    // The object itself, which its engine knows.
    const original = one.dispose.bind(one)
    const dispose = async (): Promise<void> => {
      held--
      await original()
    }
    return Object.assign(one, { dispose })
  }
  const engine: Engine = {
    ...real,
    createState: async (values) => counted(await real.createState(values)),
    load: async (graph, state) => {
      if (++loads === failing) throw new Error('no memory')
      return counted(await real.load(graph, state))
    },
  }
  return { engine, held: () => held }
}

const { config, parameters, normalisation, labels, positionResize, framing } = tinyModel({})

describe('when a program cannot be loaded, nothing stays on the device of', () => {
  it('a predictor', async () => {
    const { engine, held } = engineThatFails(1)
    const model = { config, parameters, normalisation, labels, positionResize, framing }
    const described = {
      ...model,
      path: '',
      family: '',
      layout: 'timm',
      scores: 'softmax' as const,
      notes: [],
    }
    await expect(createPredictor(described, engine, 1)).rejects.toThrow('no memory')
    expect(held()).toBe(0)
  })

  it('a stepper in parts, but for the state that was there before', async () => {
    const { engine, held } = engineThatFails(2)
    const sizes = { batch: 4, microBatch: 2 }
    const state = await createTrainingState(engine, { config, parameters }, null, sizes)
    await expect(createStepper(engine, { config, normalisation }, state, sizes)).rejects.toThrow('no memory')
    expect(held()).toBe(1)
  })
})
