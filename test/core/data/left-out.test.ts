/** @file What is left out of a folder is told by reason, the most frequent first, where it is more than a few files. */
import { expect, it } from 'vitest'

import { checkData } from '../../../core/data/check.ts'
import { leftOutFinding } from '../../../core/data/left-out.ts'
import { say } from '../../../core/sentence.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { writeDataSet, writeFiles } from './folders.ts'

const video = say`A video, not an image.`
const gone = say`The file is no longer there.`

it('says nothing of three files, and of four how many there are for each reason', () => {
  const four = ['a', 'b', 'c', 'd'].map((path) => ({ path, reason: path === 'a' ? gone : video }))
  expect(leftOutFinding('/data', four.slice(1), 6)).toEqual([])
  expect(leftOutFinding('/data', four, 6)).toEqual([
    {
      kind: 'leftOut',
      root: '/data',
      files: 4,
      total: 10,
      groups: [
        { reason: video, files: 3, examples: ['b', 'c', 'd'] },
        { reason: gone, files: 1, examples: ['a'] },
      ],
    },
  ])
})

it('comes before all other findings of a check', async () => {
  const root = temporaryFolder()
  await writeDataSet(root, ['a', 'b'], 2)
  await writeFiles(root, ['a/1.txt', 'a/2.txt', 'b/3.txt', 'b/4.txt', 'b/5.psd'])
  const { findings } = await checkData(root, { cacheDirectory: temporaryFolder() })
  expect(findings[0]).toMatchObject({
    kind: 'leftOut',
    files: 5,
    total: 9,
    groups: [{ files: 4 }, { files: 1 }],
  })
})
