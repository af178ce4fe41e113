/** @file Projects and their runs: which belong to which, what a list says about them, and what is deleted with a project. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, vi } from 'vitest'

import { projectHandlers } from '../../../../core/host/server/project-handlers.ts'
import { createProjects } from '../../../../core/studio/projects/projects.ts'
import { deleteRemovedRuns, restoreRun, setRunAside } from '../../../../core/studio/runs/removed-runs.ts'
import { changeCard } from '../../../../core/studio/runs/run-card.ts'
import { folderOf, listRuns } from '../../../../core/studio/runs/runs.ts'
import { createThumbnails } from '../../../../core/studio/data/thumbnails.ts'
import { createTrainings } from '../../../../core/studio/runs/trainings.ts'
import type { ServerContext } from '../../../../core/host/server/context.ts'
import type { FineTuneRequest } from '../../../../core/train/start.ts'
import { readRunData, whileNobodyTrains } from '../../../../core/train/run/run-folder.ts'
import { labelled } from '../../../support/fake-labels.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { begin, tinyRequest } from '../../../support/tiny-run.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
})

const context = { signal: new AbortController().signal }

/** A run that was created and never trained, in the studio's folder. */
async function beginRun(id: string, change: Partial<FineTuneRequest> = {}): Promise<FineTuneRequest> {
  const request = await tinyRequest({ out: join(home, 'runs', id), ...change })
  await begin(request)
  return request
}

async function runFolders(): Promise<string[]> {
  const names = await readdir(join(home, 'runs'))
  return names.filter((name) => !name.endsWith('-cache'))
}

function createServerContext(): ServerContext {
  return {
    trainings: createTrainings(),
    thumbnails: createThumbnails(),
    projects: createProjects(),
  } as ServerContext
}

describe('a project with runs', () => {
  it('counts its own, and they go with it only when that is asked for', async () => {
    const server = createServerContext()
    const projects = projectHandlers(server)
    const [kept, gone] = [
      await projects.create({ name: 'Kept' }, context),
      await projects.create({ name: 'Gone' }, context),
    ]
    await beginRun('one')
    await beginRun('two')
    await changeCard(folderOf('one'), { name: 'One', project: kept.id })
    await changeCard(folderOf('two'), { name: 'Two', project: gone.id })
    const listed = await projects.list(undefined, context)
    expect(listed.map(({ name, runs, status }) => [name, runs, status].join(' ')).sort()).toEqual([
      'Gone 1 interrupted',
      'Kept 1 interrupted',
    ])
    expect((await projects.get({ project: kept.id }, context)).runs).toMatchObject([
      { id: 'one', name: 'One' },
    ])

    await projects.remove({ project: kept.id, runs: false }, context)
    await projects.remove({ project: gone.id, runs: true }, context)
    expect(await runFolders()).toEqual(['one'])
  })

  it('is not deleted with its runs while one is in training', async () => {
    const server = createServerContext()
    const projects = projectHandlers(server)
    const { id } = await projects.create({ name: 'Busy' }, context)
    await beginRun('now')
    await changeCard(folderOf('now'), { name: 'Now', project: id })
    server.trainings.adopt('now', endless())
    expect(await projects.list(undefined, context)).toMatchObject([{ status: 'training' }])
    await expect(projects.remove({ project: id, runs: true }, context)).rejects.toMatchObject({
      code: 'busy',
    })
    expect(await runFolders()).toEqual(['now'])
  })

  it('is made around a run that belongs to none', async () => {
    const projects = projectHandlers(createServerContext())
    const { data, model } = await beginRun('lone', { validationSplit: 0.35 })
    const project = await projects.create({ name: 'Lone', fromRun: 'lone' }, context)
    expect(project).toMatchObject({
      name: 'Lone',
      data: { folder: data, validation: null, validationSplit: 0.35 },
      model: { path: model, resolution: 12 },
      run: 'lone',
    })
    expect(await listRuns(createTrainings())).toMatchObject([{ id: 'lone', project: project.id }])
  })
})

describe('a run', () => {
  it('learns from labels as a person gave them', async () => {
    const { data } = await tinyRequest()
    await beginRun('corrected', { data, labels: labelled(data, { 'ant/000.png': 'cat' }) })
    const { training, validation } = await readRunData(join(home, 'runs', 'corrected'))
    const all = [...training, ...validation]
    expect(all).toHaveLength(15)
    expect(all.find(({ path }) => path === 'ant/000.png')?.label).toBe(2)
  })
})

describe('a run that is removed', () => {
  it('is in no list, can be restored, and is deleted with the next', async () => {
    await beginRun('one')
    await beginRun('two')
    const listed = async (): Promise<string[]> =>
      (await listRuns(createTrainings())).map(({ id }) => id).toSorted()
    await setRunAside(folderOf('one'))
    expect(await listed()).toEqual(['two'])
    await restoreRun(folderOf('one'))
    expect(await listed()).toEqual(['one', 'two'])
    await setRunAside(folderOf('one'))
    await setRunAside(folderOf('two'))
    expect(await listed()).toEqual([])
    expect(await runFolders()).toEqual(['two'])
    await deleteRemovedRuns()
    expect(await runFolders()).toEqual([])
  })

  it('is not one that a process trains', async () => {
    await beginRun('now')
    await whileNobodyTrains(folderOf('now'), async () => {
      await expect(setRunAside(folderOf('now'))).rejects.toMatchObject({ code: 'busy' })
    })
    expect(await listRuns(createTrainings())).toMatchObject([{ id: 'now' }])
  })
})

describe('the list of runs', () => {
  it('says which held out the same images, what they are set to, and the name that was given last', async () => {
    const { data } = await beginRun('one')
    await beginRun('same', { data, augment: 'flip', seed: 0, steps: 9 })
    await beginRun('other', { data, seed: 5 })
    await changeCard(folderOf('one'), { name: 'First', project: 'fruit' })
    await changeCard(folderOf('one'), { name: 'The first' })
    const runs = new Map((await listRuns(createTrainings())).map((run) => [run.id, run]))
    expect(runs.get('one')).toMatchObject({
      name: 'The first',
      project: 'fruit',
      heldOut: { images: 6 },
      settings: { augment: 'standard', train: { part: 'everything' }, searched: false },
    })
    expect(runs.get('same')).toMatchObject({ steps: 9, settings: { augment: 'flip' } })
    expect(runs.get('same')?.heldOut).toEqual(runs.get('one')?.heldOut)
    expect(runs.get('other')?.heldOut.sum).not.toBe(runs.get('one')?.heldOut.sum)
  })
})

/** A training that never ends. */
async function* endless(): AsyncGenerator<never> {
  await new Promise(() => undefined)
  yield* []
}
