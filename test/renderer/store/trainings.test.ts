/** @file The trainings of a project and the open one: which it is, what opens, renames, deletes and brings back. */
import { describe, expect, it } from 'vitest'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { AppError } from '../../../core/errors.ts'
import { isUsable, nextName } from '../../../renderer/store/trainings.ts'
import { createStudio, type Studio } from '../../../renderer/studio.ts'
import { fakeProjects } from '../../support/fake-projects.ts'
import { connectedTo, eventsOf, fakeHandlers, runWith, starter } from '../../support/fake-studio.ts'

const finished = (id: string, bestAccuracy: number, change: Partial<RunDetails> = {}): RunDetails =>
  runWith({
    id,
    name: id,
    folder: `/runs/${id}`,
    project: 'project-1',
    status: 'finished',
    step: 40,
    bestAccuracy,
    ...change,
  })

/** A studio with an open project, whose trainings are `runs`, newest first; `removed` collects what was deleted. */
async function studioWith(runs: RunDetails[], last: string | null = null): Promise<Studio> {
  const handlers = fakeHandlers()
  const hidden = new Set<string>()
  const find = (id: string): RunDetails => {
    const run = runs.find((one) => one.id === id)
    if (run === undefined) throw new AppError('not_found', `There is no run ${id}.`)
    return run
  }
  const projects = fakeProjects(runs)
  const studio = createStudio(
    connectedTo({
      ...handlers,
      projects,
      runs: {
        ...handlers.runs,
        list: () => runs.filter(({ id }) => !hidden.has(id)),
        get: ({ run }) => find(run),
        rename: ({ run, name }) => void runs.splice(runs.indexOf(find(run)), 1, { ...find(run), name }),
        remove: ({ run }) => {
          if (find(run).status === 'training') throw new AppError('busy', `${run} is being trained.`)
          hidden.add(run)
        },
        restore: ({ run }) => void hidden.delete(run),
        start: async function* () {
          runs.unshift(finished('new', 0.7))
          yield { type: 'done', run: 'new' }
        },
        follow: async function* () {
          yield* eventsOf(0, 40)
        },
      },
    }),
  )
  const context = { signal: new AbortController().signal }
  await projects.create({ name: 'fruit', run: last }, context)
  await studio.project.getState().open('project-1')
  return studio
}

const openIn = (studio: Studio): string | undefined => studio.trainings.getState().open?.id
const namesIn = (studio: Studio): string[] | undefined =>
  studio.trainings.getState().list?.map(({ name }) => name)

describe('the open training', () => {
  it('is the one that was open last, and otherwise the newest that can be used', async () => {
    const runs = [finished('b', 0.8), finished('a', 0.9)]
    expect(openIn(await studioWith([...runs], 'a'))).toBe('a')
    expect(openIn(await studioWith([...runs]))).toBe('b')
    const unusable = runWith({ id: 'c', project: 'project-1', status: 'interrupted' })
    const studio = await studioWith([unusable, ...runs], 'a')
    expect(openIn(studio)).toBe('a')
    // What was cut short waits on the Train step.
    expect(studio.training.getState().state).toMatchObject({ run: { id: 'c' } })
  })

  it('stays while another is set up, refused or in progress, and is the one that ended last', async () => {
    const studio = await studioWith([finished('a', 0.9)])
    const { training } = studio
    training.getState().leave()
    expect(openIn(studio)).toBe('a')
    await training.getState().start({ model: starter.path, data: '/photos/fruit' })
    expect(training.getState().state).toMatchObject({ phase: 'run', run: { id: 'new' } })
    await expect.poll(() => namesIn(studio)).toEqual(['new', 'a'])
    await expect.poll(() => openIn(studio)).toBe('new')
  })

  it('is remembered with the project, and shown on the Train step', async () => {
    const studio = await studioWith([finished('b', 0.8), finished('a', 0.9)])
    await studio.trainings.getState().show('a')
    expect(openIn(studio)).toBe('a')
    await expect.poll(() => studio.training.getState().state).toMatchObject({ run: { id: 'a' } })
    await studio.project.getState().save()
    expect(studio.project.getState().current?.run).toBe('a')
  })
})

describe('a training', () => {
  it('is renamed everywhere', async () => {
    const studio = await studioWith([finished('a', 0.9)])
    await studio.trainings.getState().rename('a', 'Ripe or not')
    expect(namesIn(studio)).toEqual(['Ripe or not'])
    expect(studio.trainings.getState().open?.name).toBe('Ripe or not')
    expect(studio.training.getState().state).toMatchObject({ run: { name: 'Ripe or not' } })
  })

  it('that is deleted gives its place to the best of the others, and can be brought back', async () => {
    const runs = [finished('c', 0.95), finished('b', 0.8), finished('a', 0.9)]
    const studio = await studioWith(runs)
    await studio.trainings.getState().remove(runs[0]!)
    expect(namesIn(studio)).toEqual(['b', 'a'])
    expect(openIn(studio)).toBe('a')
    expect(studio.trainings.getState().removed?.id).toBe('c')
    await studio.trainings.getState().restore()
    expect(namesIn(studio)).toEqual(['c', 'b', 'a'])
    expect(studio.trainings.getState().removed).toBeNull()
  })

  it('that is the only one leaves nothing open', async () => {
    const only = finished('a', 0.9)
    const studio = await studioWith([only])
    await studio.trainings.getState().remove(only)
    expect(openIn(studio)).toBeUndefined()
    expect(studio.training.getState().state.phase).toBe('idle')
    await studio.trainings.getState().restore()
    expect(openIn(studio)).toBe('a')
  })

  it('in progress is not deleted, and says why', async () => {
    const busy = runWith({ id: 'busy', project: 'project-1', status: 'training' })
    const runs = [finished('a', 0.9), busy]
    const studio = await studioWith(runs)
    await studio.trainings.getState().remove(busy)
    expect(studio.trainings.getState().problem).toBe('busy is being trained.')
    expect(studio.trainings.getState().list).toHaveLength(2)
  })

  it('can be used without images held out once it has ended', () => {
    expect(isUsable({ bestAccuracy: null, status: 'finished' })).toBe(true)
    expect(isUsable({ bestAccuracy: null, status: 'stopped' })).toBe(false)
    expect(isUsable({ bestAccuracy: 0.4, status: 'stopped' })).toBe(true)
  })

  it('is named after its project, with the next number', () => {
    const named = (...names: string[]) => names.map((name) => ({ name }))
    expect(nextName('fruit', [])).toBe('fruit')
    expect(nextName('fruit', named('fruit'))).toBe('fruit 2')
    expect(nextName('fruit', named('fruit 7', 'Ripe', 'fruit'))).toBe('fruit 8')
    expect(nextName('fruit', named('fruity', 'fruit salad'))).toBe('fruit')
  })
})
