/** @file HEIC photos on the command line: checked, trained on and predicted like all others. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { readGoldenHeic } from '../../../support/golden-heic.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { studioJson, useWorkplace } from './studio.ts'

const place = useWorkplace()
const photos = readGoldenHeic()

/** Half of the files in each of two classes. */
function writePhotos(root: string): void {
  for (const [index, { name, bytes }] of photos.entries()) {
    const folder = join(root, index % 2 === 0 ? 'even' : 'odd')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
}

describe('a folder of HEIC photos', () => {
  it('is checked, trained on and predicted, and nothing of it is left out', async () => {
    const data = join(temporaryFolder(), 'photos')
    const out = join(temporaryFolder(), 'run')
    writePhotos(data)
    const checked = await studioJson('check-data', data)
    expect(checked.last).toMatchObject({ images: photos.length, skipped: 0 })
    const small = ['--steps', '3', '--batch', '4', '--warmup', '1', '--val-split', '0.3', '--engine', 'cpu']
    const trained = await studioJson(
      'finetune',
      '--model',
      place.model,
      '--data',
      data,
      '--out',
      out,
      ...small,
    )
    expect(trained.stderr).toBe('')
    expect(trained.lines[0]).toMatchObject({ type: 'start', skipped: 0 })
    const predicted = await studioJson('predict', '--model', out, join(data, 'even', 'plain.heic'))
    expect(predicted.lines[0]).toMatchObject({ top: [{ label: expect.stringMatching(/even|odd/) }, {}] })
  })
})
