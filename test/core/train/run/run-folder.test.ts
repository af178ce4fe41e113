import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { inEnglish } from '../../../../core/sentence.ts'
import { openModel } from '../../../../core/train/model/open-model.ts'
import {
  isRunFolder,
  readRecord,
  readRunData,
  requireNoRun,
  writeRecord,
} from '../../../../core/train/run/run-folder.ts'
import { resumeRun } from '../../../../core/train/start.ts'
import type { FineTuneRun } from '../../../../core/train/start.ts'
import { begin, tinyRequest } from '../../../support/tiny-run.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const begun = async (): Promise<FineTuneRun> => begin(await tinyRequest())

describe('run.json', () => {
  it.each([
    ['no JSON', () => '{"format": 1, "created', 'it is not valid JSON'],
    ['a field too many', (text: string) => text.replace('{', '{"extra": 1,'), 'is not as it was written'],
    ['another version', (text: string) => text.replace('"format": 1', '"format": 2'), 'is not as it was'],
    [
      'another version without a check sum',
      (text: string) => text.replace('"format": 1', '"format": 2').replace(/,\s+"check": "\w+"/, ''),
      '“format”: Invalid input',
    ],
  ])('is refused in a sentence where it is %s', async (_, damage, why) => {
    const { directory } = await begun()
    const path = join(directory, 'run.json')
    await writeFile(path, damage(await readFile(path, 'utf8')))
    for (const open of [readRecord, resumeRun, openModel]) {
      const refused = { code: 'invalid_input', message: expect.stringContaining(why) }
      await expect(open(directory)).rejects.toMatchObject(refused)
      await expect(open(directory)).rejects.toThrow(path)
    }
  })

  it('may be changed on purpose where its check sum is taken out', async () => {
    const { directory, record } = await begun()
    const path = join(directory, 'run.json')
    const text = (await readFile(path, 'utf8')).replaceAll('"ant"', '"Ant"')
    await writeFile(path, text)
    await expect(readRecord(directory)).rejects.toThrow('take “check” out of the file')
    await writeFile(path, text.replace(/,\s+"check": "\w+"/, ''))
    const changed = await readRecord(directory)
    expect(changed).toEqual({ ...record, classes: ['Ant', 'bee', 'cat'] })
    await writeRecord(directory, changed)
    expect(await readFile(path, 'utf8')).toContain('"check"')
  })

  it('of the first versions says less about its model, which was a plain ViT', async () => {
    const { directory, record } = await begun()
    const path = join(directory, 'run.json')
    const written = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown> & {
      model: { config: Record<string, unknown> }
    }
    for (const part of ['registers', 'preNorm', 'patchBias', 'swiglu', 'stem'])
      expect(Reflect.deleteProperty(written.model.config, part)).toBe(true)
    for (const part of ['check', 'identity']) expect(Reflect.deleteProperty(written, part)).toBe(true)
    await writeFile(path, JSON.stringify(written))
    expect({ ...(await readRecord(directory)), identity: record.identity }).toEqual(record)
    expect((await resumeRun(directory)).progress.step).toBe(0)
  })

  it('of earlier versions has plain text for what was recognised, which is kept as it is', async () => {
    const { directory, record } = await begun()
    const path = join(directory, 'run.json')
    const notes = record.model.notes.map(inEnglish)
    expect(notes).toContainEqual(expect.stringMatching(/^Layout: timm layout, recognised by/))
    const old = { ...record, model: { ...record.model, notes } }
    await writeFile(path, JSON.stringify(old))
    const read = await readRecord(directory)
    expect(read.model.notes.map(inEnglish)).toEqual(notes)
    await writeRecord(directory, read)
    expect(await readRecord(directory)).toEqual(read)
  })

  it('says by its presence that a folder is a run', async () => {
    const { directory, data, record } = await begun()
    expect(isRunFolder(directory)).toBe(true)
    expect(await readRunData(directory)).toEqual(data)
    expect(await readRecord(directory)).toEqual(record)
    expect(isRunFolder(join(directory, '..'))).toBe(false)
    await expect(resumeRun(join(directory, '..'))).rejects.toMatchObject({ code: 'not_found' })
  })
})

it('a folder with weights of an unknown run is not taken for a new one', async () => {
  const folder = temporaryFolder()
  requireNoRun(folder)
  await writeFile(join(folder, 'best.safetensors'), '')
  expect(() => requireNoRun(folder)).toThrow('holds files of a run whose run.json is missing')
})
