/** @file Labels that a person gave apply; the files stay. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { applyLabels } from '../../../core/data/apply-labels.ts'
import { checkData, requireTrainingImages, requireTwoClasses } from '../../../core/data/check.ts'
import { noLabel, type DataFolder } from '../../../core/data/classes.ts'
import { noLabels, type Labels, type SaidOfImages } from '../../../core/data/labels.ts'
import { divideImages } from '../../../core/data/split.ts'
import { labelled } from '../../support/fake-labels.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeDataSet, writeImage } from './folders.ts'

function folderOf(root: string, images: DataFolder['images'], classes = ['a', 'b']): DataFolder {
  return { root, classes, images, skipped: [], findings: [] }
}

function said(part: Partial<SaidOfImages>): Labels {
  return {
    ...noLabels,
    images: [{ root: '/data', labels: [], none: [], leftOut: [], heldBack: [], ...part }],
  }
}

const two = [
  { path: 'a/1.png', label: 0 },
  { path: 'b/1.png', label: 1 },
]

describe('labels', () => {
  it('put images into other classes, in order, and leave the files alone', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 3)
    const data = await checkData(root, {
      cacheDirectory: temporaryFolder(),
      labels: labelled(root, { 'b/001.png': 'a' }),
    })
    expect(data.counts).toEqual([4, 2])
    expect(data.images.map(({ path, label }) => `${label} ${path}`)).toEqual([
      '0 a/000.png',
      '0 a/001.png',
      '0 a/002.png',
      '0 b/001.png',
      '1 b/000.png',
      '1 b/002.png',
    ])
    expect(await readdir(join(root, 'b'))).toHaveLength(3)
  })

  it('apply in the validation folder too, and only in the folder they were given in', () => {
    const images = [{ path: 'a/1.png', label: 0 }]
    const folder = { ...folderOf('/train', images), validation: folderOf('/val', images) }
    const after = applyLabels(folder, labelled('/val', { 'a/1.png': 'b' }))
    expect(after.images).toEqual(images)
    expect(after.validation?.images).toEqual([{ path: 'a/1.png', label: 1, said: { label: 'b' } }])
  })

  it('of a class that no folder stands for make it; those of an image that has gone are nothing', () => {
    const after = applyLabels(
      folderOf('/data', two),
      labelled('/data', { 'a/1.png': 'aa', 'a/gone.png': 'z' }),
    )
    expect(after.classes).toEqual(['a', 'aa', 'b'])
    expect(after.images.map(({ path, label }) => [path, label])).toEqual([
      ['a/1.png', 1],
      ['b/1.png', 2],
    ])
  })

  it('rename, merge and take away the classes of folders', () => {
    const renamed = (...names: [string, string | null][]): Labels => ({
      ...noLabels,
      renamed: names.map(([folder, name]) => ({ folder, name })),
    })
    const folder = folderOf('/data', two)
    expect(applyLabels(folder, renamed(['a', 'z']))).toMatchObject({
      classes: ['b', 'z'],
      images: [
        { path: 'b/1.png', label: 0 },
        { path: 'a/1.png', label: 1 },
      ],
    })
    expect(applyLabels(folder, renamed(['a', 'z'], ['b', 'z']))).toMatchObject({
      classes: ['z'],
      images: [{ label: 0 }, { label: 0 }],
    })
    expect(applyLabels(folder, renamed(['a', null]))).toMatchObject({
      classes: ['b'],
      images: [
        { path: 'b/1.png', label: 0 },
        { path: 'a/1.png', label: noLabel },
      ],
    })
    expect(applyLabels(folder, said({ none: ['b/1.png'] }))).toMatchObject({
      classes: ['a', 'b'],
      images: [{ path: 'a/1.png' }, { path: 'b/1.png', label: noLabel }],
    })
  })

  it('are kept where the folder is opened as a part of a larger one, and the other way round', () => {
    const inner = folderOf('/data/photos', [{ path: '1.png', label: noLabel }], [])
    const outer = folderOf('/data', [{ path: 'photos/1.png', label: 0 }], ['photos'])
    const given = labelled('/data/photos', { '1.png': 'x' })
    expect(applyLabels(inner, given)).toMatchObject({ classes: ['x'], images: [{ label: 0 }] })
    expect(applyLabels(outer, given)).toMatchObject({ classes: ['photos', 'x'], images: [{ label: 1 }] })
    const above = labelled('/data', { 'photos/1.png': 'y' })
    expect(applyLabels(inner, above)).toMatchObject({ classes: ['y'], images: [{ label: 0 }] })
    expect(applyLabels(folderOf('/database', two), above).classes).toEqual(['a', 'b'])
  })
})

describe('photos that are not sorted', () => {
  it('are images without a label, in one flat folder or beside class folders', async () => {
    const root = temporaryFolder()
    await writePhotos(root, ['1.png', '2.png', '3.png', 'rose/4.png'])
    const data = await checkData(root, { cacheDirectory: temporaryFolder(), labels: noLabels })
    expect(data.images.map(({ path }) => path)).toEqual(['rose/4.png'])
    expect(data.aside.map(({ path, className }) => [path, className])).toEqual([
      ['1.png', null],
      ['2.png', null],
      ['3.png', null],
    ])
    expect(() => requireTwoClasses(data)).toThrow(
      /at least two kinds are needed.*only “rose” has labelled images \(1\); 3 images have no label/,
    )
    const flat = temporaryFolder()
    await writePhotos(join(flat, 'DCIM'), ['1.png', '2.png'])
    const inside = await checkData(flat, { cacheDirectory: temporaryFolder(), labels: noLabels })
    expect(inside).toMatchObject({ root: join(flat, 'DCIM'), classes: [], images: [], unused: [] })
    expect(inside.aside).toHaveLength(2)
    expect(() => requireTwoClasses(inside)).toThrow(/none has a label yet/)
    const given = await checkData(flat, {
      cacheDirectory: temporaryFolder(),
      labels: labelled(join(flat, 'DCIM'), { '1.png': 'x', '2.png': 'y' }),
    })
    expect(given).toMatchObject({ classes: ['x', 'y'], counts: [1, 1], aside: [] })
  })

  it('are refused where nobody is going to label them', async () => {
    const root = temporaryFolder()
    await writePhotos(root, ['1.png', '2.png'])
    await expect(checkData(root, { cacheDirectory: temporaryFolder() })).rejects.toThrow(
      /contains 2 images but no class folders/,
    )
  })
})

describe('images that a person holds back or leaves out', () => {
  it('are in the validation part, or in none', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 6)
    const wanted = ['a/001.png', 'a/004.png']
    const labels: Labels = {
      ...noLabels,
      images: [{ root, labels: [], none: [], leftOut: ['b/000.png'], heldBack: wanted }],
    }
    const data = await checkData(root, { cacheDirectory: temporaryFolder(), labels })
    expect(data.counts).toEqual([6, 5])
    expect(data.aside.map(({ path, className }) => [path, className])).toEqual([['b/000.png', 'b']])
    for (const share of [0, 0.2, 0.5]) {
      const { training, validation } = divideImages(data, share, 3)
      const held = validation.map(({ path }) => path)
      expect(held).toEqual(expect.arrayContaining(wanted))
      expect(held.filter((path) => path.startsWith('a/'))).toHaveLength(share === 0.5 ? 3 : 2)
      expect(training.length + validation.length).toBe(11)
    }
    const all = {
      ...noLabels,
      images: [{ root, labels: [], none: [], leftOut: [], heldBack: await pathsIn(root, 'a') }],
    }
    const held = await checkData(root, { cacheDirectory: temporaryFolder(), labels: all })
    expect(() => requireTrainingImages(held, divideImages(held, 0.2, 0).training)).toThrow(
      /All images of "a" are held back/,
    )
  })
})

async function pathsIn(root: string, folder: string): Promise<string[]> {
  return (await readdir(join(root, folder))).map((name) => `${folder}/${name}`)
}

async function writePhotos(root: string, paths: readonly string[]): Promise<void> {
  for (const [index, path] of paths.entries())
    await writeImage(root, path, [50 * index, 90, 200 - 40 * index])
}
