/** @file Projects on disk: saved, listed, imported, removed. */
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { Api } from '../../../../core/api/contract.ts'
import { projects as contract } from '../../../../core/api/contract/projects.ts'
import { data } from '../../../../core/api/contract/data.ts'
import { connect } from '../../../../core/api/client.ts'
import { portPair } from '../../../support/port-pair.ts'
import { serve } from '../../../../core/api/server.ts'
import type { AppError } from '../../../../core/errors.ts'
import { createProjects } from '../../../../core/studio/projects/projects.ts'
import { dataHandlers } from '../../../../core/host/server/data-handlers.ts'
import { projectHandlers } from '../../../../core/host/server/project-handlers.ts'
import { createThumbnails } from '../../../../core/studio/data/thumbnails.ts'
import { createTrainings } from '../../../../core/studio/runs/trainings.ts'
import type { ServerContext } from '../../../../core/host/server/context.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const photos = { folder: '/photos', validation: null, validationSplit: 0.3 }

let home: string
beforeEach(() => {
  home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'))
})

/** The two subjects that need no engine, over the real wire. */
function openStudio(): Pick<Api, 'projects' | 'data'> {
  const context = {
    trainings: createTrainings(),
    thumbnails: createThumbnails(),
    projects: createProjects(),
  } as ServerContext
  const [near, far] = portPair()
  const both = { projects: contract, data }
  const handlers = { projects: projectHandlers(context), data: dataHandlers(context) }
  serve(far, both, handlers, (_, error) => {
    throw error
  })
  return connect(near, both)
}

function fileOf(id: string): string {
  return join(home, 'projects', id, 'project.vitstudio')
}

describe('a project', () => {
  it('is kept with every change, and is there for another studio', async () => {
    const api = openStudio()
    const { id } = await api.projects.create({ name: 'Fruit', data: photos })
    const cover = { images: 90, classes: 3, pictures: [{ folder: '/photos', path: 'ripe/1.jpg' }] }
    await api.projects.update({ project: id, change: { cover, screen: 'model' } })
    await api.projects.update({ project: id, change: { model: { path: '/m', resolution: 96 } } })
    const { project, runs } = await openStudio().projects.get({ project: id })
    expect(project).toMatchObject({
      name: 'Fruit',
      data: photos,
      cover,
      screen: 'model',
      model: { path: '/m', resolution: 96 },
    })
    expect(runs).toEqual([])
    expect(await openStudio().projects.list()).toMatchObject([
      { id, name: 'Fruit', folder: '/photos', cover, runs: 0, best: null, status: null },
    ])
  })

  it('loses nothing when two windows change it at once', async () => {
    const api = openStudio()
    const { id } = await api.projects.create({ name: 'Fruit' })
    const changes = [{ name: 'Berries' }, { data: photos }, { screen: 'train' }, { run: 'r' }]
    await Promise.all(changes.map(async (change) => api.projects.update({ project: id, change })))
    const { project } = await api.projects.get({ project: id })
    expect(project).toMatchObject({ name: 'Berries', data: photos, screen: 'train', run: 'r' })
  })

  it('is listed last changed first, and one that is damaged is left out', async () => {
    const api = openStudio()
    const [old, young, torn] = [
      await api.projects.create({ name: 'Old' }),
      await api.projects.create({ name: 'Young' }),
      await api.projects.create({ name: 'Torn' }),
    ]
    await writeFile(fileOf(torn.id), '{"format": 1, "na')
    await new Promise((resolve) => setTimeout(resolve, 5))
    await api.projects.update({ project: old.id, change: { screen: 'use' } })
    expect((await api.projects.list()).map(({ id }) => id)).toEqual([old.id, young.id])
    await expect(api.projects.get({ project: torn.id })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(/damaged.*start a new project/) as string,
    })
  })

  it('goes away when it is removed, and is named only by an id', async () => {
    const api = openStudio()
    const { id } = await api.projects.create({ name: 'Fruit' })
    await api.projects.remove({ project: id, runs: true })
    expect(await readdir(join(home, 'projects'))).toEqual([])
    await expect(api.projects.get({ project: id })).rejects.toMatchObject({ code: 'not_found' })
    await mkdir(join(home, 'elsewhere'))
    await writeFile(join(home, 'elsewhere', 'project.vitstudio'), '{}')
    await expect(api.projects.remove({ project: '../elsewhere', runs: true })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await readdir(join(home, 'elsewhere'))).toHaveLength(1)
  })
})

describe('a project file', () => {
  it('from elsewhere is taken over once, and stays as it is', async () => {
    const api = openStudio()
    const { id } = await api.projects.create({ name: 'Fruit', data: photos })
    const file = join(temporaryFolder(), 'fruit.vitstudio')
    const content = await readFile(fileOf(id), 'utf8')
    await writeFile(file, content)
    expect(await api.projects.openFile({ path: file })).toEqual({ project: id })
    await api.projects.remove({ project: id, runs: false })
    expect(await api.projects.openFile({ path: file })).toEqual({ project: id })
    expect(await api.projects.openBytes({ content })).toEqual({ project: id })
    expect((await api.projects.get({ project: id })).project).toMatchObject({ name: 'Fruit', data: photos })
    expect(await readFile(file, 'utf8')).toBe(content)
  })

  it('of another program, of a newer version or that is not there says so', async () => {
    const api = openStudio()
    const file = join(temporaryFolder(), 'x.vitstudio')
    const messageOf = async (content: string): Promise<string> => {
      await writeFile(file, content)
      return api.projects.openFile({ path: file }).then(
        () => 'it was opened',
        (error: Error) => error.message,
      )
    }
    expect(await messageOf('hello')).toMatch(/x\.vitstudio cannot be understood/)
    expect(await messageOf('{"format": 7}')).toMatch(/newer version.*format 7.*reads 2/)
    await expect(api.projects.openFile({ path: '/nowhere/x.vitstudio' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('a project file from elsewhere', () => {
  it.skipIf(process.platform === 'win32')(
    'that is a pipe, a device or too large holds nothing up',
    async () => {
      const api = openStudio()
      const folder = temporaryFolder()
      const pipes = Array.from({ length: 5 }, (_, i) => join(folder, `${i}.vitstudio`))
      execFileSync('mkfifo', pipes)
      const large = join(folder, 'large.vitstudio')
      await writeFile(large, '')
      await truncate(large, 1e12)
      const opened = [...pipes, '/dev/zero', large].map(async (path) => api.projects.openFile({ path }))
      const reasons = await Promise.allSettled(opened)
      expect(reasons.map((one) => one.status === 'rejected' && (one.reason as AppError).code)).toEqual(
        Array.from({ length: 7 }, () => 'invalid_input'),
      )
    },
  )
})

describe('a dropped folder', () => {
  const part = (
    path: string,
    text: string,
    offset = 0,
  ): { path: string; offset: number; bytes: Uint8Array<ArrayBuffer> } => ({
    path,
    offset,
    bytes: new TextEncoder().encode(text),
  })

  it('is copied in parts, appears when it is complete, and a second one gets another name', async () => {
    const api = openStudio()
    const copyFruit = async (): Promise<string | null> => {
      const { drop } = await api.data.beginDrop({ name: 'fruit', bytes: 100 })
      await api.data.receive({ drop, parts: [part('ripe/1.jpg', 'abc'), part('unripe/x/2.png', 'de')] })
      expect(await readdir(join(home, 'dropped'))).not.toContain('fruit 2')
      await api.data.receive({ drop, parts: [part('ripe/1.jpg', 'fgh', 3)] })
      return (await api.data.endDrop({ drop, keep: true })).folder
    }
    const folder = await copyFruit()
    expect(folder).toBe(join(home, 'dropped', 'fruit'))
    expect(await readFile(join(home, 'dropped/fruit/ripe/1.jpg'), 'utf8')).toBe('abcfgh')
    expect(await readFile(join(home, 'dropped/fruit/unripe/x/2.png'), 'utf8')).toBe('de')
    expect(await copyFruit()).toBe(join(home, 'dropped', 'fruit 2'))
  })

  it('that was cancelled or left half done leaves nothing behind', async () => {
    const api = openStudio()
    const { drop } = await api.data.beginDrop({ name: 'fruit', bytes: 100 })
    await api.data.receive({ drop, parts: [part('ripe/1.jpg', 'abc')] })
    expect(await api.data.endDrop({ drop, keep: false })).toEqual({ folder: null })
    expect(await readdir(join(home, 'dropped'))).toEqual([])
    await api.data.beginDrop({ name: 'left', bytes: 100 })
    const other = openStudio()
    await other.data.endDrop({ ...(await other.data.beginDrop({ name: 'b', bytes: 1 })), keep: false })
    expect(await readdir(join(home, 'dropped'))).toEqual([])
    await expect(other.data.receive({ drop, parts: [part('a/1.jpg', 'x')] })).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it.each([
    ['../a.jpg', 'abc'],
    ['/etc/a.jpg', 'abc'],
    ['a/..\\b.jpg', 'abc'],
    ['a/b.exe', 'abc'],
    ['a/.hidden.jpg', 'abc'],
    ['a//b.jpg', 'abc'],
    ['a/con\u0000.jpg', 'abc'],
    ['a/more-than-announced.jpg', 'abcdefgh'],
  ])('does not write %j', async (path, content) => {
    const api = openStudio()
    const { drop } = await api.data.beginDrop({ name: '../../x', bytes: 5 })
    await expect(api.data.receive({ drop, parts: [part(path, content)] })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    const { folder } = await api.data.endDrop({ drop, keep: true })
    expect(folder).toBe(join(home, 'dropped', '-..-x'))
    const written = await readdir(String(folder), { recursive: true })
    expect(written.filter((name) => /\.(jpg|exe)$/.test(name))).toEqual([])
  })

  it('without room on the disk is refused before anything is copied', async () => {
    const api = openStudio()
    await expect(api.data.beginDrop({ name: 'huge', bytes: 1e18 })).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(/GB are free/) as string,
    })
  })
})
