/** @file Images are copied into class folders as they are labelled; nothing else is, and a copy that is stopped leaves nothing. */
import { mkdir, readFile, readdir, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, describe, expect, it, vi } from 'vitest'

import { check, lastOf, openStudio, petsIn, type Studio } from '../../../support/label-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeDataSet, writeImage } from '../../data/folders.ts'

beforeEach(() => {
  const home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'))
})

interface Pets {
  readonly api: Studio
  readonly root: string
  readonly project: string
}

/** Cats and dogs, an unlabelled photo, one left out, and three that are or become birds. */
async function pets(): Promise<Pets> {
  const api = openStudio()
  const root = temporaryFolder()
  await writeDataSet(root, ['cat', 'dog'], 5)
  for (const path of ['a/1.png', 'a/b/1.png', '1.PNG', 'loose.png'])
    await writeImage(root, path, [9, path.length * 20, 90])
  const project = await petsIn(api, root)
  await api.labels.deleteClass({ project, name: 'a' })
  await api.labels.set({ project, groups: [{ root, paths: 'a/1.png//a/b/1.png//1.PNG', label: 'bird' }] })
  await api.labels.leaveOut({ project, images: [{ root, paths: 'dog/000.png' }], leftOut: true })
  await api.labels.holdBack({ project, images: [{ root, paths: 'cat/003.png' }], heldBack: true })
  return { api, root, project }
}

describe('a copy into class folders', () => {
  it('has what is labelled, under names of its own where they meet, and leaves the files', async () => {
    const { api, root, project } = await pets()
    const before = await filesIn(root)
    const to = join(temporaryFolder(), 'new')
    expect(await lastOf(api.labels.copyImages({ project, to, heldBackApart: false }))).toEqual({
      type: 'done',
      result: { folder: to, copied: 12, failed: [] },
    })
    expect(await filesIn(to)).toEqual([
      'bird',
      'bird/1-2.png',
      'bird/1-3.png',
      'bird/1.PNG',
      'cat',
      ...[0, 1, 2, 3, 4].map((i) => `cat/00${i}.png`),
      'dog',
      ...[1, 2, 3, 4].map((i) => `dog/00${i}.png`),
    ])
    expect(await readFile(join(to, 'cat/003.png'))).toEqual(await readFile(join(root, 'cat/003.png')))
    expect(await filesIn(root)).toEqual(before)
    const { classes } = await check(api, project, to)
    expect(classes.map(({ name, images }) => [name, images])).toEqual([
      ['bird', 3],
      ['cat', 5],
      ['dog', 4],
    ])
  })

  it('keeps what is held back apart if asked to', async () => {
    const { api, project } = await pets()
    const to = temporaryFolder()
    await lastOf(api.labels.copyImages({ project, to, heldBackApart: true }))
    const files = await filesIn(to)
    expect(files).toContain('val/cat/003.png')
    expect(files.filter((path) => path.endsWith('.png') || path.endsWith('.PNG'))).toHaveLength(12)
    // A fifth of each class, that of the cats by hand.
    expect(files.filter((path) => /^val\/.*\.png$/i.test(path))).toHaveLength(3)
  })

  it('is refused into a folder with something in it, among the images, and where nothing is labelled', async () => {
    const { api, root, project } = await pets()
    const full = temporaryFolder()
    await writeFile(join(full, 'mine.txt'), 'mine')
    const into = async (to: string): Promise<unknown> =>
      lastOf(api.labels.copyImages({ project, to, heldBackApart: false }))
    await expect(into(full)).rejects.toThrow(/is not empty: it holds mine\.txt/)
    await expect(into(join(root, 'copy'))).rejects.toThrow(/lies within the images themselves/)
    await expect(into(root)).rejects.toThrow(/lies within the images themselves/)
    await expect(into('copy')).rejects.toThrow(/no complete path/)
    expect(await readdir(full)).toEqual(['mine.txt'])
    const empty = temporaryFolder()
    await writeImage(empty, 'one.png')
    const other = await petsIn(api, empty)
    const to = temporaryFolder()
    await expect(lastOf(api.labels.copyImages({ project: other, to, heldBackApart: false }))).rejects.toThrow(
      /No image has a label yet/,
    )
  })

  it('names files that have gone, and of one that is stopped nothing is left', async () => {
    const { api, root, project } = await pets()
    await check(api, project, root)
    await unlink(join(root, 'dog/004.png'))
    const to = temporaryFolder()
    expect(await lastOf(api.labels.copyImages({ project, to, heldBackApart: false }))).toMatchObject({
      result: { copied: 11, failed: [{ path: join(root, 'dog/004.png') }] },
    })
    const stopped = temporaryFolder()
    await mkdir(join(stopped, '.hidden'))
    const stop = new AbortController()
    const work = async (): Promise<void> => {
      const request = { project, to: stopped, heldBackApart: false }
      for await (const _ of api.labels.copyImages(request, { signal: stop.signal })) stop.abort()
    }
    await expect(work()).rejects.toMatchObject({ code: 'cancelled' })
    await vi.waitFor(async () => expect(await readdir(stopped)).toEqual(['.hidden']))
  })
})

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder, { recursive: true })).sort()
}
