/** @file Files move into the folders of their labels only on request, and nothing is overwritten or moved elsewhere. */
import { mkdir, readFile, readdir, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, vi } from 'vitest'

import type { LabelledFile } from '../../../../core/api/contract/labels.ts'
import { readLabels } from '../../../support/label-columns.ts'
import { check, lastOf, openStudio, petsIn, read, type Studio } from '../../../support/label-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeDataSet, writeImage } from '../../data/folders.ts'

beforeEach(() => {
  const home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'))
})

describe('files', () => {
  it('move only when asked for, and nothing is overwritten', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 3)
    await writeImage(root, 'loose.png')
    const project = await petsIn(api, root)
    await api.labels.set({ project, groups: [{ root, paths: 'dog/001.png//loose.png', label: 'cat' }] })
    await api.labels.holdBack({ project, images: [{ root, paths: 'dog/001.png' }], heldBack: true })
    expect(await readdir(join(root, 'cat'))).toHaveLength(3)
    const kept = await readFile(join(root, 'cat/001.png'))
    expect(await move(api, project, [])).toMatchObject({ result: { moved: [], failed: [] } })
    expect(await move(api, project)).toEqual({
      type: 'done',
      result: {
        moved: [
          { from: join(root, 'loose.png'), to: join(root, 'cat/loose.png') },
          { from: join(root, 'dog/001.png'), to: join(root, 'cat/001-2.png') },
        ],
        failed: [],
      },
    })
    expect(await readFile(join(root, 'cat/001.png'))).toEqual(kept)
    expect(read(await api.labels.get({ project }))).toEqual({ 'cat/001-2.png': 'cat*' })
    expect((await check(api, project, root)).classes.map(({ images }) => images)).toEqual([5, 2])
  })

  it('that have gone stay labelled, and the reason is reported', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 2)
    const project = await petsIn(api, root)
    await api.labels.set({ project, groups: [{ root, paths: 'dog/000.png', label: 'cat' }] })
    await unlink(join(root, 'dog/000.png'))
    const files = [{ root, path: 'dog/000.png', label: 'cat' }]
    expect(await move(api, project, files)).toMatchObject({
      result: { moved: [], failed: [{ path: join(root, 'dog/000.png') }] },
    })
    expect(await readdir(join(root, 'cat'))).toHaveLength(2)
  })

  it('move into the folder of a class that was renamed, and not into one that is called otherwise by now', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 2)
    const project = await petsIn(api, root)
    await api.labels.renameClass({ project, name: 'cat', to: 'feline' })
    await api.labels.set({ project, groups: [{ root, paths: 'dog/000.png', label: 'feline' }] })
    await api.labels.set({ project, groups: [{ root, paths: 'dog/001.png', label: 'cat' }] })
    expect(await move(api, project)).toMatchObject({
      result: {
        moved: [{ to: join(root, 'cat/000-2.png') }],
        failed: [
          {
            reason: {
              text: expect.stringMatching(/are called “.*” now/) as string,
              values: ['cat', 'feline'],
            },
          },
        ],
      },
    })
  })

  it('of a project from elsewhere move if they are images of its folder, into folders there, and nothing else', async () => {
    const api = openStudio()
    const [root, elsewhere] = [temporaryFolder(), temporaryFolder()]
    await writeDataSet(root, ['cat', 'dog'], 3)
    await writeDataSet(elsewhere, ['cat', 'dog'], 2)
    for (const folder of [join(elsewhere, '.ssh'), join(root, 'dog', '.git')]) await mkdir(folder)
    for (const file of [
      join(elsewhere, '.ssh/id_rsa'),
      join(root, 'dog/.git/config'),
      join(root, 'dog/notes.txt'),
    ])
      await writeFile(file, 'secret')
    await symlink(join(elsewhere, 'dog/000.png'), join(root, 'dog/link.png'))
    await symlink(elsewhere, join(root, 'dog/behind'))
    await symlink(join(elsewhere, 'dog'), join(root, 'linked'))
    const hostile = [
      { root: elsewhere, path: '.ssh/id_rsa', label: 'public' },
      { root: elsewhere, path: 'dog/000.png', label: 'cat' },
      { root, path: '../x/dog/000.png', label: 'cat' },
      { root, path: 'dog/.git/config', label: 'cat' },
      { root, path: 'dog/notes.txt', label: 'cat' },
      { root, path: 'dog/link.png', label: 'cat' },
      { root, path: 'dog/behind/cat/000.png', label: 'cat' },
      { root, path: 'dog/000.png', label: '..' },
      { root, path: 'cat/000.png', label: '.ssh' },
      { root, path: 'cat/001.png', label: 'linked' },
      { root, path: 'cat/002.png', label: '__proto__' },
      { root, path: 'dog/001.png', label: 'cat' },
    ]
    const own = await api.projects.create({
      name: 'Pets',
      data: { folder: root, validation: null, validationSplit: 0.2 },
    })
    const content = JSON.stringify({ format: 1, ...own, id: 'from-elsewhere', corrections: hostile })
    const { project } = await api.projects.openBytes({ content })
    const before = [await filesIn(root), await filesIn(elsewhere)]
    const item = await move(api, project, hostile)
    if (item.type !== 'done') throw new Error('not moved')
    expect(item.result.moved.map(({ to }) => to)).toEqual([
      join(root, '__proto__/002.png'),
      join(root, 'cat/001-2.png'),
    ])
    const after = [await filesIn(root), await filesIn(elsewhere)]
    expect(after[1]).toEqual(before[1])
    expect(after[0]?.filter((path) => !before[0]?.includes(path))).toEqual([
      '__proto__',
      '__proto__/002.png',
      'cat/001-2.png',
    ])
  })
})

/** Moves what the window has shown: by default everything that a person labelled. */
async function move(api: Studio, project: string, shown?: readonly LabelledFile[]) {
  const { classes, images } = await api.labels.get({ project })
  const all = images.flatMap((columns) =>
    Object.entries(readLabels(classes, [columns])).flatMap(([path, label]) =>
      label.endsWith('!') ? [{ root: columns.root, path, label: label.replace(/[-*!]+$/, '') }] : [],
    ),
  )
  return lastOf(api.labels.moveFiles({ project, files: [...(shown ?? all)] }))
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort()
}
