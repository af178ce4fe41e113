/** @file Files that are replaced or written while they are read: never a mixture of two, and a sentence that says what happened. */
import { appendFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { writeSafetensors } from '../../../core/files/safetensors-write.ts'
import { whileUnchanged } from '../../../core/files/unchanged.ts'
import { floatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { saved, timmTensors, tinyModel } from './tiny-models.ts'

describe('a file that is read', () => {
  const refusal = { code: 'busy', message: expect.stringContaining('a.bin was changed while it was read') }

  it.each<[string, (path: string) => Promise<void>]>([
    ['written to', async (path) => appendFile(path, 'x')],
    ['replaced by one that looks the same', async (path) => replace(path, 'abc')],
    ['written to, and given its old time', async (path) => overwrite(path)],
    ['removed', async (path) => rm(path)],
  ])('is refused where it is %s meanwhile, whatever was made of it', async (_, change) => {
    const path = join(temporaryFolder(), 'a.bin')
    await writeFile(path, 'abc')
    await expect(whileUnchanged(path, async () => change(path))).rejects.toMatchObject(refusal)
    await writeFile(path, 'abc')
    const failing = async (): Promise<never> => {
      await change(path)
      throw new AppError('invalid_input', 'It is damaged.')
    }
    await expect(whileUnchanged(path, failing)).rejects.toMatchObject(refusal)
  })

  it('gives what is made of it, or its error, where nothing happens to it', async () => {
    const path = join(temporaryFolder(), 'a.bin')
    await writeFile(path, 'abc')
    expect(await whileUnchanged(path, async () => Promise.resolve(5))).toBe(5)
    const failing = async (): Promise<never> =>
      Promise.reject(new AppError('invalid_input', 'It is damaged.'))
    await expect(whileUnchanged(path, failing)).rejects.toThrow('It is damaged.')
  })
})

async function replace(path: string, content: string): Promise<void> {
  await writeFile(`${path}.new`, content)
  await rename(`${path}.new`, path)
}

async function overwrite(path: string): Promise<void> {
  const { atime, mtime } = await stat(path)
  await writeFile(path, 'xyz')
  await utimes(path, atime, mtime)
}

it('a model that is replaced again and again is one or the other, or refused', async () => {
  const filledWith = (value: number) =>
    new Map(
      [...timmTensors(tinyModel())].map(([name, { shape, data }]) => [
        name,
        floatTensor(shape, new Float32Array(data.length).fill(value)),
      ]),
    )
  const path = await saved(filledWith(1))
  const stop = new AbortController()
  const writer = async (): Promise<void> => {
    for (let round = 0; !stop.signal.aborted; round++) {
      await writeSafetensors(`${path}.new`, filledWith(1 + (round % 2)))
      await rename(`${path}.new`, path)
    }
  }
  const writing = writer()
  const seen = new Map<string, number>()
  for (let round = 0; round < 60; round++) {
    const outcome = await openCheckpoint(path, { heads: 2 }).then(
      ({ parameters }) => [...new Set([...parameters.values()].flatMap(({ data }) => [...data]))].join(' '),
      (error: unknown) => AppError.from(error).code,
    )
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
  }
  stop.abort()
  await writing
  expect([...seen.keys()].filter((outcome) => !['1', '2', 'busy'].includes(outcome))).toEqual([])
  expect(seen.get('busy') ?? 0).toBeGreaterThan(0)
})
