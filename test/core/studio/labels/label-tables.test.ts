/** @file A table of labels, previewed and applied to a project as one change. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { beforeEach, expect, it, vi } from 'vitest'

import { openStudio, petsIn, read } from '../../../support/label-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeDataSet, writeImage } from '../../data/folders.ts'

beforeEach(() => {
  const home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', join(home, 'cache'))
})

const content = 'file;kind\nloose.png;bird\ndog\\000.png;Cat\ncat/000.png;cat\nghost.png;bird\n'

it('says what a table would change, changes it at once, and takes it back', async () => {
  const api = openStudio()
  const root = temporaryFolder()
  await writeDataSet(root, ['cat', 'dog'], 2)
  await writeImage(root, 'loose.png')
  const project = await petsIn(api, root)
  const path = join(temporaryFolder(), 'labels.csv')
  await writeFile(path, content)
  const preview = await api.labels.previewTable({ project, source: { path } })
  expect(preview).toMatchObject({
    headings: ['file', 'kind'],
    columns: { file: 0, label: 1 },
    rows: 4,
    matched: 3,
    classes: [
      { name: 'bird', images: 1, isNew: true },
      { name: 'cat', images: 2, isNew: false },
    ],
    withoutImage: { count: 1, examples: ['ghost.png'] },
    withoutRow: { count: 2, examples: ['cat/001.png', 'dog/001.png'] },
  })
  expect(await api.labels.previewTable({ project, source: { content } })).toEqual(preview)
  expect((await api.labels.get({ project })).images).toEqual([])
  const applied = await api.labels.applyTable({ project, source: { path } })
  expect(read(applied)).toEqual({ 'loose.png': 'bird!', 'dog/000.png': 'cat!' })
  expect(applied.step).toEqual({ kind: 'table', images: 2, names: ['bird', 'cat'] })
  expect(read(await api.labels.undo({ project }))).toEqual({ 'loose.png': 'none', 'dog/000.png': 'dog' })
  await expect(api.labels.previewTable({ project, source: { path: `${path}.gone` } })).rejects.toMatchObject({
    code: 'not_found',
  })
})
