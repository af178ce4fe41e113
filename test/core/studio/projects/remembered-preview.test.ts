/** @file The few-shot preview that a project remembers. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { rememberedPreview } from '../../../../core/studio/projects/remembered-preview.ts'
import { fewShotResult } from '../../../support/fake-studio.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

it('is kept in its folder, and a damaged one counts as none', async () => {
  const home = temporaryFolder()
  vi.stubEnv('VIT_STUDIO_HOME', home)
  await mkdir(join(home, 'projects', 'fruit'), { recursive: true })
  expect(await rememberedPreview('fruit').read()).toBeNull()
  const known = {
    photos: '90 photos',
    asked: {
      models: [{ path: '/models/a' }],
      data: '/photos',
      validationSplit: 0.2,
      shots: [1, 5],
      seeds: 3,
      device: 'auto',
    },
    tests: 18,
    results: [fewShotResult('/models/a', 0.8)],
    failed: [],
    best: null,
    alike: [],
  }
  await rememberedPreview('fruit').write(known)
  expect(await rememberedPreview('fruit').read()).toEqual(known)
  await writeFile(join(home, 'projects', 'fruit', 'few-shot.json'), '{"photos": 9')
  expect(await rememberedPreview('fruit').read()).toBeNull()
})
