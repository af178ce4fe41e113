/** @file A folder with more images than a call takes arguments. */
import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { findIn, type Examined } from '../../../core/data/findings.ts'
import { scanFolder } from '../../../core/data/scan.ts'
import { planFewShot } from '../../../core/train/probe/few-shot-plan.ts'
import { findImages } from '../../../core/train/model/predict.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const many = 130_000

/** Links to few files: a file system allows only so many names for one. */
function writeMany(folder: string): void {
  mkdirSync(folder)
  const perFile = 10_000
  for (let index = 0; index < many; index++) {
    const path = join(folder, `${index}.jpg`)
    if (index % perFile === 0) writeFileSync(path, '')
    else linkSync(join(folder, `${index - (index % perFile)}.jpg`), path)
  }
}

describe(`${many} images`, () => {
  it('in one folder are listed for prediction and for training', async () => {
    const root = temporaryFolder()
    writeMany(join(root, 'a'))
    mkdirSync(join(root, 'b'))
    writeFileSync(join(root, 'b', '1.jpg'), '')
    expect(await findImages([root])).toHaveLength(many + 1)
    expect((await scanFolder(root)).images).toHaveLength(many + 1)
  }, 60_000)

  it('of as many classes are looked at and planned with', () => {
    const classes = Array.from({ length: many }, (_, label) => String(label))
    const images = classes.map((name, label) => ({
      path: `${name}/1.jpg`,
      label,
      width: 300,
      height: 300,
      format: 'jpeg' as const,
      bytes: 1,
      modifiedMs: 1,
    }))
    const about: Examined = {
      root: '/',
      classes,
      images,
      counts: classes.map(() => 1),
      records: new Map(),
      near: [],
    }
    expect(findIn(about, 224).map(({ kind }) => kind)).toEqual(['singleImage'])
    const checked = {
      root: '/',
      classes,
      images,
      counts: about.counts,
      bad: [],
      findings: [],
      aside: [],
      unused: [],
    }
    const settings = { shots: [1], seeds: 1, mostTraining: 2 * many, mostTests: many, validationSplit: 0 }
    expect(() => planFewShot({ ...checked, validation: checked }, settings)).not.toThrow(RangeError)
  })
})
