/** @file The list of models that were opened earlier. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { AppError } from '../../../../core/errors.ts'
import {
  forgetModel,
  listModels,
  rememberedOverrides,
  rememberModel,
} from '../../../../core/studio/models/models.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('models that were opened before', () => {
  let home = ''
  beforeEach(() => {
    home = temporaryFolder()
    vi.stubEnv('VIT_STUDIO_HOME', home)
  })
  afterEach(() => vi.unstubAllEnvs())

  const paths = ['/models/a', '/models/b', '/models/c', '/models/d']
  const remembered = async (): Promise<string[]> => {
    const text = await readFile(join(home, 'models.json'), 'utf8')
    return (JSON.parse(text) as { path: string }[]).map(({ path }) => path).toSorted()
  }

  it('are all kept where several are opened and one is forgotten at once', async () => {
    await rememberModel('/models/old', {})
    await Promise.all([
      ...paths.map(async (path) => rememberModel(path, { heads: 3 })),
      forgetModel('/models/old'),
    ])
    expect(await remembered()).toEqual(paths)
    expect(await rememberedOverrides('/models/b')).toEqual({ heads: 3 })
  })

  it('start over where their file is damaged', async () => {
    await writeFile(join(home, 'models.json'), '[{"path": "/mod')
    expect(await rememberedOverrides('/models/a')).toEqual({})
    await rememberModel('/models/a', { heads: 3 })
    expect(await remembered()).toEqual(['/models/a'])
  })

  it('are none where their file is a folder, and what cannot be stored is said', async () => {
    await mkdir(join(home, 'models.json'))
    expect(await rememberedOverrides('/models/a')).toEqual({})
    expect((await listModels()).filter(({ source }) => source === 'opened')).toEqual([])
    const failure = await rememberModel('/models/a', {}).catch((error: unknown) => AppError.from(error))
    expect(failure).toMatchObject({ code: expect.not.stringMatching('internal') })
  })
})
