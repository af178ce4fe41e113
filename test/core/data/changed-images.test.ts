import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { compareWithFiles } from '../../../core/data/changed-images.ts'
import { checkData } from '../../../core/data/check.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeDataSet, writeImage } from './folders.ts'

describe('compareWithFiles', () => {
  it('finds nothing where nothing changed, and opens no file then', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 3)
    const { images } = await checkData(root, { cacheDirectory: temporaryFolder() })
    expect(await compareWithFiles(root, images)).toEqual({ images, changed: [], missing: [] })
  })

  it('names what changed and what is gone, and knows the size of what is there now', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 3)
    const { images } = await checkData(root, { cacheDirectory: temporaryFolder() })
    await writeImage(root, 'b/001.png', [9, 9, 9], 80, 20)
    await rm(join(root, 'a/002.png'))
    await writeFile(join(root, 'a/000.png'), 'no image any more')
    const now = await compareWithFiles(root, images)
    expect(now.changed).toEqual(['a/000.png', 'b/001.png'])
    expect(now.missing).toEqual(['a/002.png'])
    expect(now.images.map(({ path }) => path)).toEqual(images.map(({ path }) => path))
    const found = now.images.find(({ path }) => path === 'b/001.png')
    const { length } = await readFile(join(root, 'b/001.png'))
    expect(found).toMatchObject({ width: 80, height: 20, bytes: length })
    expect(now.images.find(({ path }) => path === 'a/000.png')).toMatchObject({ width: 40, bytes: 17 })
  })
})
