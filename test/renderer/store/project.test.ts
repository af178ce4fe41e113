/** @file The project store with all stores around it: starts by itself, saves choices, opens where it was left off. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { ApiHandlers } from '../../../core/api/contract.ts'
import { AppError } from '../../../core/errors.ts'
import { createStudio, type Studio } from '../../../renderer/studio.ts'
import { fakeProjects } from '../../support/fake-projects.ts'
import { connectedTo, fakeHandlers, runWith } from '../../support/fake-studio.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

interface Opened {
  readonly studio: Studio
  readonly handlers: ApiHandlers
}

function open(change: Partial<ApiHandlers> = {}): Opened {
  const handlers = { ...fakeHandlers(), projects: fakeProjects(), ...change }
  return { studio: createStudio(connectedTo(handlers)), handlers }
}

/** Lets a moment pass, as if a person were thinking. */
async function moment(studio: Studio): Promise<void> {
  vi.advanceTimersByTime(1000)
  await studio.project.getState().save()
}

describe('a save that fails', () => {
  it('is tried again, with all that was decided, and the complaint goes', async () => {
    const projects = fakeProjects()
    let isFull = false
    const update: typeof projects.update = async (input, context) => {
      if (isFull) throw new AppError('io', 'The disk is full.')
      return projects.update(input, context)
    }
    const { studio } = open({ projects: { ...projects, update } })
    await studio.project.getState().begin(fruit)
    await moment(studio)
    isFull = true
    studio.project.getState().setTraining(thorough)
    await moment(studio)
    expect(studio.project.getState().problem).toBe('The disk is full.')
    isFull = false
    await vi.advanceTimersByTimeAsync(6000)
    await vi.waitFor(() => expect(studio.project.getState().problem).toBeNull())
    const id = studio.project.getState().current?.id ?? ''
    const stored = await projects.get({ project: id }, { signal: new AbortController().signal })
    expect(stored.project.training).toEqual(thorough)
  })
})

const thorough = {
  preset: 'thorough',
  augment: 'flip',
  balance: 'none',
  optimiser: 'adamw',
  framing: 'crop',
  device: 'cpu',
  seed: 3,
} as const

const fruit = { kind: 'folder', folder: '/home/fruit' } as const

describe('a new project', () => {
  it('is made once with the first images, named after their folder', async () => {
    const { studio } = open()
    await studio.project.getState().begin(fruit)
    expect(studio.navigation.getState().screen).toBe('data')
    expect(studio.data.getState().state.phase).toBe('ready')
    await Promise.all([moment(studio), moment(studio)])
    const { current } = studio.project.getState()
    expect(current).toMatchObject({
      name: 'fruit',
      data: { folder: '/home/fruit', validation: null, validationSplit: 0.2 },
      cover: { images: 90, classes: 3, pictures: [{ folder: '/home/fruit', path: 'ripe/0.jpg' }, {}, {}] },
      screen: 'data',
    })
    expect(studio.corrections.getState().project).toBe(current?.id)
    await studio.project.getState().load()
    expect(studio.project.getState().earlier).toMatchObject({ phase: 'ready', projects: [{ name: 'fruit' }] })
  })

  it('is not made of a folder that cannot be used', async () => {
    const { studio } = open()
    await studio.project.getState().begin({ kind: 'folder', folder: '/home/empty' })
    await moment(studio)
    expect(studio.data.getState().state.phase).toBe('failed')
    expect(studio.project.getState()).toMatchObject({ current: null, problem: null })
  })

  it('of the sample pictures has the name that the window gives', async () => {
    const { studio } = open()
    await studio.project.getState().begin({ kind: 'sample', name: 'Sample pictures' })
    await moment(studio)
    expect(studio.project.getState().current).toMatchObject({
      name: 'Sample pictures',
      data: { folder: '/sample/train', validation: '/sample/test' },
    })
  })

  it('starts without anything of the one before', async () => {
    const { studio } = open()
    await studio.project.getState().begin(fruit)
    studio.data.getState().setSplit(0.4)
    await moment(studio)
    const first = studio.project.getState().current?.id
    await studio.training.getState().open('fruit')
    await studio.project.getState().begin({ kind: 'folder', folder: '/home/nuts' })
    expect(studio.training.getState().state.phase).toBe('idle')
    expect(studio.data.getState().validationSplit).toBe(0.2)
    await moment(studio)
    expect(studio.project.getState().current).toMatchObject({ name: 'nuts', run: null })
    expect(studio.project.getState().current?.id).not.toBe(first)
  })
})

describe('an open project', () => {
  it('keeps the choices and opens where it was left, with its images, model, run and settings', async () => {
    const run = runWith({ status: 'finished', step: 40, bestAccuracy: 0.9 })
    const { handlers } = open({ projects: fakeProjects([run]) })
    const before = createStudio(connectedTo(handlers))
    await before.project.getState().begin(fruit)
    await moment(before)
    await before.model.getState().load()
    before.model.getState().setResolution(128)
    before.data.getState().setSplit(0.3)
    before.project.getState().setTraining({
      preset: 'standard',
      augment: 'flip',
      balance: 'none',
      optimiser: 'sgd',
      framing: 'squash',
      seed: 3,
      device: 'auto',
    })
    before.navigation.getState().go('train')
    await before.training.getState().open(run.id)
    await moment(before)
    const id = before.project.getState().current?.id ?? ''

    const after = createStudio(connectedTo(handlers))
    await after.project.getState().open(id)
    expect(after.navigation.getState().screen).toBe('train')
    expect(after.data.getState()).toMatchObject({
      state: { phase: 'ready', folder: '/home/fruit' },
      validationSplit: 0.3,
    })
    expect(after.model.getState().state).toMatchObject({ phase: 'ready', resolution: 128 })
    expect(after.training.getState().state).toMatchObject({ phase: 'run', run: { id: run.id } })
    expect(after.project.getState().current?.training).toMatchObject({ preset: 'standard', seed: 3 })
  })

  it('does not forget its folder while the disk is away', async () => {
    const { studio, handlers } = open()
    await studio.project.getState().begin(fruit)
    await moment(studio)
    const id = studio.project.getState().current?.id ?? ''
    const check = async function* (): AsyncGenerator<never> {
      yield* []
      throw new AppError('not_found', '/home/fruit is not there.')
    }
    const away = createStudio(connectedTo({ ...handlers, data: { ...handlers.data, check } }))
    await away.project.getState().open(id)
    await moment(away)
    expect(away.data.getState().state).toMatchObject({ phase: 'failed', folder: '/home/fruit' })
    const { project } = await connectedTo(handlers).projects.get({ project: id })
    expect(project.data).toMatchObject({ folder: '/home/fruit' })
  })

  it('passes its id on, so that corrected labels apply in a check', async () => {
    const asked: (string | undefined)[] = []
    const { handlers } = open()
    const check: ApiHandlers['data']['check'] = (input, context) => {
      asked.push(input.project)
      return handlers.data.check(input, context)
    }
    const studio = createStudio(connectedTo({ ...handlers, data: { ...handlers.data, check } }))
    await studio.project.getState().begin(fruit)
    await moment(studio)
    await studio.data.getState().checkAgain()
    expect(asked).toEqual([undefined, studio.project.getState().current?.id])
  })

  it('that is removed leaves an empty table', async () => {
    const { studio } = open()
    await studio.project.getState().begin(fruit)
    await moment(studio)
    const id = studio.project.getState().current?.id ?? ''
    await studio.project.getState().rename(id, 'Berries')
    expect(studio.project.getState().current?.name).toBe('Berries')
    await studio.project.getState().remove(id, true)
    await moment(studio)
    expect(studio.project.getState()).toMatchObject({
      current: null,
      earlier: { phase: 'ready', projects: [] },
    })
    expect(studio.data.getState().state.phase).toBe('empty')
  })
})

describe('a request that cannot be met', () => {
  it('is reported and changes nothing', async () => {
    const { studio } = open()
    await studio.project.getState().begin(fruit)
    await moment(studio)
    const { current } = studio.project.getState()
    await studio.project.getState().open('project-77')
    expect(studio.project.getState()).toMatchObject({ current, problem: 'There is no project project-77.' })
    studio.project.getState().forgetProblem()
    expect(studio.project.getState().problem).toBeNull()
  })
})
