import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { withModelFolder } from '../../../core/catalogue/model-folder.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe("a model's folder", () => {
  it('belongs to one at a time, and keeps what was put in it', async () => {
    const folder = join(temporaryFolder(), 'models', 'model')
    await withModelFolder(folder, async () => {
      const other = withModelFolder(folder, async () => Promise.resolve())
      await expect(other).rejects.toMatchObject({ code: 'busy' })
      await writeFile(join(folder, 'weights'), '')
    })
    expect(await readdir(folder)).toEqual(['weights'])
  })

  it('is gone when it stayed empty, also after a failure', async () => {
    const folder = join(temporaryFolder(), 'model')
    const failing = withModelFolder(folder, async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(folder)).toBe(false)
  })
})
