/** @file Corrected labels apply; the files stay. */
import { readdir } from 'node:fs/promises'

import { describe, expect, it } from 'vitest'

import { checkData } from '../../../core/data/check.ts'
import { applyCorrections } from '../../../core/data/corrections.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeDataSet } from './folders.ts'

describe('corrections', () => {
  it('put images into other classes, in order, and leave the files alone', async () => {
    const root = temporaryFolder()
    await writeDataSet(root, ['a', 'b'], 3)
    const data = await checkData(root, {
      cacheDirectory: temporaryFolder(),
      corrections: [{ root, path: 'b/001.png', label: 'a' }],
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
    expect(await readdir(`${root}/b`)).toHaveLength(3)
  })

  it('apply in the validation folder too, and only in the folder they were made in', () => {
    const images = [{ path: 'a/1.png', label: 0 }]
    const base = { classes: ['a', 'b'], images, skipped: [], findings: [] }
    const folder = { ...base, root: '/train', validation: { ...base, root: '/val' } }
    const corrected = applyCorrections(folder, [{ root: '/val', path: 'a/1.png', label: 'b' }])
    expect(corrected.images).toEqual(images)
    expect(corrected.validation?.images).toEqual([{ path: 'a/1.png', label: 1 }])
  })

  it('into a class that has gone are said, and those of an image that has gone are nothing', () => {
    const folder = {
      root: '/data',
      classes: ['a', 'b'],
      images: [{ path: 'a/1.png', label: 0 }],
      skipped: [],
      findings: [],
    }
    const corrected = applyCorrections(folder, [
      { root: '/data', path: 'a/1.png', label: 'z' },
      { root: '/data', path: 'a/gone.png', label: 'b' },
    ])
    expect(corrected.images).toEqual(folder.images)
    expect(corrected.findings).toEqual([{ kind: 'unknownCorrection', label: 'z', images: 1 }])
  })
})
