/** @file Predictions with a model that stays open: it is opened again when anything of it, or what a person corrected, changes. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { writeTimm } from '../../../../core/files/export-timm.ts'
import { writeSafetensors } from '../../../../core/files/safetensors-write.ts'
import { rememberModel } from '../../../../core/studio/models/models.ts'
import { predictImages } from '../../../../core/studio/predict/images.ts'
import { writeImage } from '../../data/folders.ts'
import { timmTensors, tinyModel } from '../../files/tiny-models.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('a model that stays open', () => {
  let folder = ''
  beforeEach(async () => {
    folder = temporaryFolder()
    vi.stubEnv('VIT_STUDIO_HOME', join(folder, 'home'))
    await writeImage(folder, 'a.png')
  })
  afterEach(() => vi.unstubAllEnvs())

  const predict = async (model: string): Promise<Record<string, number>> => {
    const [prediction] = await predictImages(model, [{ folder, path: 'a.png' }], { top: 3 })
    return Object.fromEntries(prediction!.top.map(({ label, probability }) => [label, probability]))
  }

  it('answers as the files beside its weights say now', async () => {
    const model = join(folder, 'model')
    await writeTimm(model, tinyModel())
    const before = await predict(model)
    expect(Object.keys(before).toSorted()).toEqual(['ant', 'bee', 'cat'])
    const config = join(model, 'config.json')
    await writeFile(config, (await readFile(config, 'utf8')).replaceAll('"ant"', '"wasp"'))
    const { wasp, ...others } = await predict(model)
    const { ant, ...same } = before
    expect([wasp, others]).toEqual([ant, same])
  })

  it('computes as a person corrected it', async () => {
    const path = join(folder, 'weights.safetensors')
    await writeSafetensors(path, timmTensors(tinyModel()))
    await expect(predict(path)).rejects.toThrow('how many attention heads')
    await rememberModel(path, { heads: 2 })
    const two = await predict(path)
    await rememberModel(path, { heads: 4 })
    expect(await predict(path)).not.toEqual(two)
    await rememberModel(path, { heads: 2 })
    expect(await predict(path)).toEqual(two)
  })
})
