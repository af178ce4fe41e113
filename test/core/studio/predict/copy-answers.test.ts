/** @file Images copied into a folder for each answer: all of them, once, beside nothing else. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { copyAnswers, type AnswersToCopy } from '../../../../core/studio/predict/copy-answers.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

async function copy(answers: AnswersToCopy, signal = new AbortController().signal) {
  const items = []
  for await (const item of copyAnswers(answers, signal)) items.push(item)
  const last = items.at(-1)
  if (last?.type !== 'done') throw new Error('it did not end')
  return last.result
}

function photos(): { folder: string; to: string } {
  const place = temporaryFolder()
  const folder = join(place, 'new')
  for (const inner of ['a', 'b']) {
    mkdirSync(join(folder, inner), { recursive: true })
    for (const name of ['1.jpg', '2.jpg']) writeFileSync(join(folder, inner, name), `${inner}${name}`)
  }
  return { folder, to: join(place, 'sorted by answer') }
}

describe('copyAnswers', () => {
  it('copies every image into the folder of its answer, names that are taken with a number', async () => {
    const { folder, to } = photos()
    const groups = [
      { name: 'rose', paths: ['a/1.jpg', 'b/1.jpg', 'b/2.jpg'] },
      { name: 'unsure', paths: ['a/2.jpg'] },
    ]
    expect(await copy({ folder, to, groups })).toEqual({ folder: to, copied: 4, failed: [] })
    expect((await readdir(join(to, 'rose'))).toSorted()).toEqual(['1-2.jpg', '1.jpg', '2.jpg'])
    expect(await readFile(join(to, 'rose', '1-2.jpg'), 'utf8')).toBe('b1.jpg')
    expect(await readFile(join(to, 'unsure', '2.jpg'), 'utf8')).toBe('a2.jpg')
    expect((await readdir(folder, { recursive: true })).length).toBe(6)
  })

  it('names images that have gone, and copies the others', async () => {
    const { folder, to } = photos()
    const result = await copy({ folder, to, groups: [{ name: 'rose', paths: ['a/1.jpg', 'a/9.jpg'] }] })
    expect(result.copied).toBe(1)
    expect(result.failed.map(({ path }) => path)).toEqual([join(folder, 'a', '9.jpg')])
  })

  it('overwrites nothing, stays within the folders, and leaves nothing when it is stopped', async () => {
    const { folder, to } = photos()
    const groups = [{ name: 'rose', paths: ['a/1.jpg'] }]
    await expect(copy({ folder, to: join(folder, 'sorted'), groups })).rejects.toThrow('lies within')
    await expect(copy({ folder, to, groups: [{ name: 'rose', paths: ['../x.jpg'] }] })).rejects.toThrow(
      'inside',
    )
    await expect(copy({ folder, to, groups }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(await readdir(to)).toEqual([])
    await copy({ folder, to, groups })
    await expect(copy({ folder, to, groups })).rejects.toThrow('is not empty')
  })

  it('does not take a name for a path', async () => {
    const { folder, to } = photos()
    const result = await copy({ folder, to, groups: [{ name: '../evil', paths: ['a/1.jpg'] }] })
    expect(result).toMatchObject({ copied: 0, failed: [{ path: join(folder, 'a', '1.jpg') }] })
    expect(await readdir(join(to, '..'))).toEqual(['new', 'sorted by answer'])
  })
})
