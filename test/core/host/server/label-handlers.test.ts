/** @file Labels of a project: given, taken back, undone by any window, kept on disk. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, vi } from 'vitest'

import { check, openStudio, petsIn, read } from '../../../support/label-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeDataSet, writeImage } from '../../data/folders.ts'

let home: string
beforeEach(() => {
  home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'))
})

describe('labels', () => {
  it('of unsorted photos are given, make classes, and are undone and done again by another window', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    for (let i = 0; i < 4; i++) await writeImage(root, `${i}.png`, [60 * i, 20, 200])
    const project = await petsIn(api, root)
    const unsorted = await check(api, project, root)
    expect(unsorted).toMatchObject({
      classes: [],
      images: { paths: '' },
      aside: { paths: '0.png//1.png//2.png//3.png' },
    })
    const given = await api.labels.set({
      project,
      groups: [
        { root, paths: '0.png//1.png', label: 'rose' },
        { root, paths: '3.png', label: 'aster' },
      ],
    })
    expect(read(given)).toEqual({ '0.png': 'rose!', '1.png': 'rose!', '3.png': 'aster!' })
    expect(given).toMatchObject({
      classes: ['aster', 'rose'],
      step: { kind: 'label', images: 3, names: ['rose', 'aster'] },
      undo: { kind: 'label', images: 3 },
      redo: null,
    })
    const again = await api.labels.set({ project, groups: [{ root, paths: '0.png', label: 'rose' }] })
    expect(again).toMatchObject({ images: [], step: null, undo: { images: 3 } })
    expect(await api.data.recheck({ project })).toMatchObject({
      classes: [
        { name: 'aster', images: 1 },
        { name: 'rose', images: 2 },
      ],
      images: { paths: '3.png//0.png//1.png' },
      aside: { paths: '2.png' },
    })

    const later = openStudio()
    expect(read(await later.labels.get({ project }))).toEqual(read(given))
    const undone = await later.labels.undo({ project })
    expect(read(undone)).toEqual({ '0.png': 'none', '1.png': 'none', '3.png': 'none' })
    expect(undone).toMatchObject({ classes: [], step: { kind: 'label' }, undo: null, redo: { images: 3 } })
    expect(await later.labels.undo({ project })).toMatchObject({ images: [], step: null, undo: null })
    expect(read(await later.labels.redo({ project }))).toEqual(read(given))
    expect(await later.labels.redo({ project })).toMatchObject({ step: null, redo: null })
  })

  it('of sorted photos are those of their folders until something else is said', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 3)
    const project = await petsIn(api, root)
    const image = { root, paths: 'dog/001.png' }
    expect(await api.labels.get({ project })).toEqual({
      classes: ['cat', 'dog'],
      images: [],
      undo: null,
      redo: null,
    })
    expect(read(await api.labels.set({ project, groups: [{ ...image, label: 'cat' }] }))).toEqual({
      'dog/001.png': 'cat!',
    })
    expect(read(await api.labels.set({ project, groups: [{ ...image, label: null }] }))).toEqual({
      'dog/001.png': 'none!',
    })
    expect(read(await api.labels.asFolder({ project, images: [image] }))).toEqual({ 'dog/001.png': 'dog' })
    expect(read(await api.labels.set({ project, groups: [{ ...image, label: 'cat' }] }))).toEqual({
      'dog/001.png': 'cat!',
    })
    expect(read(await api.labels.set({ project, groups: [{ ...image, label: 'dog' }] }))).toEqual({
      'dog/001.png': 'dog',
    })
    const out = await api.labels.leaveOut({ project, images: [image], leftOut: true })
    expect(read(out)).toEqual({ 'dog/001.png': 'dog-' })
    expect(out.step).toEqual({ kind: 'leaveOut', images: 1, names: [] })
    await api.labels.holdBack({
      project,
      images: [{ root, paths: 'cat/000.png//cat/001.png' }],
      heldBack: true,
    })
    const checked = await check(api, project, root)
    expect(checked.classes.map(({ images }) => images)).toEqual([3, 2])
    expect([...checked.flags]).toEqual([2, 2, 0, 0, 0])
    expect(checked.aside.paths).toBe('dog/001.png')
    expect([...checked.aside.flags]).toEqual([1])
    for (let step = 0; step < 7; step++) await api.labels.undo({ project })
    expect(await api.labels.get({ project })).toMatchObject({
      images: [],
      undo: null,
      redo: { names: ['cat'] },
    })
  })

  it('are not given to images that are not there, and of several groups all or none', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 2)
    const project = await petsIn(api, root)
    const good = { root, paths: 'dog/001.png', label: 'cat' }
    for (const paths of ['../x.png', '/etc/hostname', 'dog/../../x.png', 'dog/009.png', ''.padStart(3)])
      await expect(
        api.labels.set({ project, groups: [good, { root, paths, label: 'cat' }] }),
      ).rejects.toMatchObject({
        code: 'not_found',
      })
    await expect(api.labels.set({ project, groups: [{ ...good, root: '/etc' }] })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect((await api.labels.get({ project })).images).toEqual([])
    // One that came later is.
    await writeImage(root, 'dog/009.png')
    expect(
      read(await api.labels.set({ project, groups: [{ root, paths: 'dog/009.png', label: 'cat' }] })),
    ).toEqual({
      'dog/009.png': 'cat!',
    })
  })

  it('are those of a project of the first format, which knew corrections', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 2)
    const own = await api.projects.create({
      name: 'Pets',
      data: { folder: root, validation: null, validationSplit: 0.2 },
    })
    const corrections = [{ root, path: 'dog/000.png', label: 'cat' }]
    const { project } = await api.projects.openBytes({
      content: JSON.stringify({ format: 1, ...own, id: 'old', corrections }),
    })
    expect(read(await api.labels.get({ project }))).toEqual({ 'dog/000.png': 'cat!' })
    expect(
      JSON.parse(await readFile(join(home, 'projects', project, 'project.vitstudio'), 'utf8')),
    ).toMatchObject({
      format: 2,
      labels: { images: [{ root, labels: [{ label: 'cat', paths: ['dog/000.png'] }] }] },
    })
  })
})

describe('classes', () => {
  it('are made, renamed, merged and taken away; each can be undone', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 2)
    await writeImage(root, 'loose.png')
    const project = await petsIn(api, root)
    const made = await api.labels.makeClass({ project, name: ' bird ' })
    expect(made).toMatchObject({
      classes: ['bird', 'cat', 'dog'],
      images: [],
      step: { kind: 'makeClass', names: ['bird'] },
    })
    await api.labels.set({ project, groups: [{ root, paths: 'loose.png', label: 'bird' }] })
    const renamed = await api.labels.renameClass({ project, name: 'dog', to: 'Hound' })
    expect(renamed.classes).toEqual(['Hound', 'bird', 'cat'])
    expect(read(renamed)).toEqual({ 'dog/000.png': 'Hound', 'dog/001.png': 'Hound' })
    const merged = await api.labels.mergeClasses({ project, names: ['bird', 'Hound'], into: 'cat' })
    expect(merged.classes).toEqual(['cat'])
    expect(read(merged)).toEqual({ 'dog/000.png': 'cat', 'dog/001.png': 'cat', 'loose.png': 'cat!' })
    const deleted = await api.labels.deleteClass({ project, name: 'cat' })
    expect(deleted.classes).toEqual([])
    expect(Object.values(read(deleted))).toEqual(['none', 'none', 'none', 'none', 'none'])
    expect((await api.labels.undo({ project })).classes).toEqual(['cat'])
    expect((await api.labels.undo({ project })).classes).toEqual(['Hound', 'bird', 'cat'])
    expect((await api.labels.undo({ project })).classes).toEqual(['bird', 'cat', 'dog'])
    await api.labels.undo({ project })
    expect((await api.labels.undo({ project })).classes).toEqual(['cat', 'dog'])
    expect(await check(api, project, root)).toMatchObject({
      classes: [{ name: 'cat', images: 2 }, { name: 'dog' }],
    })
  })

  it.each([
    ['', /needs a name/],
    ['  ', /needs a name/],
    ['a/b', /because of \//],
    ['a\\b', /because of \\/],
    ['a:b', /because of :/],
    ['a\u0007b', /a control character/],
    ['.git', /on every system/],
    ['Con', /on every system/],
    ['nul.txt', /on every system/],
    ['dot.', /on every system/],
    ['x'.repeat(300), /too long/],
    ['CAT', /“cat” already/],
    ['cat', /“cat” already/],
  ])('are not called %j', async (name, reason) => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['cat', 'dog'], 1)
    const project = await petsIn(api, root)
    const refusal = { code: 'invalid_input', message: expect.stringMatching(reason) as string }
    await expect(api.labels.makeClass({ project, name })).rejects.toMatchObject(refusal)
    await expect(api.labels.renameClass({ project, name: 'dog', to: name })).rejects.toMatchObject(refusal)
    if (name === 'cat') return
    await expect(
      api.labels.set({ project, groups: [{ root, paths: 'dog/000.png', label: name }] }),
    ).rejects.toMatchObject(refusal)
    expect(await api.labels.get({ project })).toMatchObject({ classes: ['cat', 'dog'], undo: null })
  })

  it('of a folder with accents in another form is the same class', async () => {
    const api = openStudio()
    const root = temporaryFolder()
    await writeDataSet(root, ['caf\u0065\u0301', 'tea'], 1)
    const project = await petsIn(api, root)
    const { classes } = await api.labels.set({
      project,
      groups: [{ root, paths: 'tea/000.png', label: 'caf\u00e9' }],
    })
    expect(classes).toEqual(['caf\u0065\u0301', 'tea'])
  })
})
