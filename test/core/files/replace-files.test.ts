import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { replaceFiles } from '../../../core/files/replace-files.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const put = async (folder: string, files: Record<string, string>): Promise<void> => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
}

const contentOf = async (folder: string): Promise<Record<string, string>> => {
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')))
  return Object.fromEntries(names.map((name, index) => [name, texts[index]!]))
}

describe('a set of files', () => {
  it('is there whole, in a new folder and over an older one, and other files stay', async () => {
    const folder = join(temporaryFolder(), 'exports', 'timm')
    const result = await replaceFiles(folder, 'weights', async (staging) => {
      expect(basename(staging)).toBe('timm')
      await put(staging, { config: 'first', weights: '1' })
      expect(existsSync(join(folder, 'config'))).toBe(false)
      return 'done'
    })
    expect(result).toBe('done')
    await put(folder, { notes: 'of a person' })
    await replaceFiles(folder, 'weights', async (staging) => put(staging, { config: 'second', weights: '2' }))
    expect(await contentOf(folder)).toEqual({ config: 'second', weights: '2', notes: 'of a person' })
  })

  it('is as before when writing fails', async () => {
    const folder = join(temporaryFolder(), 'hf')
    await replaceFiles(folder, 'weights', async (staging) => put(staging, { config: 'first', weights: '1' }))
    const failing = replaceFiles(folder, 'weights', async (staging) => {
      await put(staging, { config: 'second' })
      throw new Error('the disk is full')
    })
    await expect(failing).rejects.toThrow('the disk is full')
    expect(await contentOf(folder)).toEqual({ config: 'first', weights: '1' })
  })

  it('leaves no folder where nothing was written', async () => {
    const folder = join(temporaryFolder(), 'hf')
    await replaceFiles(folder, 'weights', async () => Promise.resolve())
    const failing = replaceFiles(folder, 'weights', async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(folder)).toBe(false)
  })

  it('is written by one at a time, and what a killed writer left goes', async () => {
    const folder = temporaryFolder()
    await mkdir(join(folder, '.unfinished-0123456789ab', 'x'), { recursive: true })
    await replaceFiles(folder, 'weights', async (staging) => {
      const second = replaceFiles(folder, 'weights', async () => Promise.resolve())
      await expect(second).rejects.toMatchObject({ code: 'busy' })
      await put(staging, { weights: '1' })
    })
    expect(await contentOf(folder)).toEqual({ weights: '1' })
  })
})
