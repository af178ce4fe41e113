/** @file `report` from arguments to the file. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { studio, studioJson, useWorkplace } from './studio.ts'

const place = useWorkplace()

describe('report', () => {
  it('writes the results of a run, in the language that is asked for', async () => {
    const run = join(place.folder, 'reported')
    const begun = ['finetune', '--model', place.model, '--data', place.data, '--out', run, '--engine', 'cpu']
    expect((await studio(...begun, '--steps', '2', '--batch', '4', '--val-split', '0.3')).code).toBe(0)
    const out = join(place.folder, 'report.html')
    const { last } = await studioJson('report', run, '--out', out, '--language', 'ja')
    const html = await readFile(out, 'utf8')
    expect(last).toEqual({ type: 'done', run, out, bytes: Buffer.byteLength(html) })
    expect(html).toContain('<html lang="ja">')
    expect(html).toContain('モデルカード')
  })

  it('refuses a folder that is no run', async () => {
    const { code, stderr } = await studio('report', place.data, '--out', join(place.folder, 'none.html'))
    expect(code).toBe(2)
    expect(stderr).toContain(place.data)
  })
})
