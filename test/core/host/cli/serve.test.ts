/** @file `serve` from its first line to Ctrl-C. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { temporaryFolder } from '../../../support/temporary.ts'
import { linesOf, studioUntil } from './studio.ts'

const place = vi.hoisted(() => ({ window: '' }))

vi.mock('../../../../core/studio/assets.ts', async (original) => ({
  ...(await original<typeof import('../../../../core/studio/assets.ts')>()),
  windowFolder: () => place.window,
}))

describe('serve', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('says when the window is not built', async () => {
    vi.stubEnv('VIT_STUDIO_HOME', join(temporaryFolder(), 'home'))
    place.window = join(temporaryFolder(), 'none')
    const { code, stderr } = await studioUntil(new AbortController().signal, ['serve'])
    expect(code).toBe(2)
    expect(stderr).toContain('npm run build')
  })

  it('serves until it is asked to stop, then ends well and frees its folder', async () => {
    const home = join(temporaryFolder(), 'home')
    vi.stubEnv('VIT_STUDIO_HOME', home)
    place.window = join(temporaryFolder(), 'window')
    await mkdir(place.window)
    await writeFile(join(place.window, 'index.html'), '<!doctype html>')
    for (let round = 0; round < 2; round++) {
      const stop = new AbortController()
      const ending = studioUntil(stop.signal, ['serve', '--json'])
      setTimeout(() => stop.abort(), 100)
      const { code, stdout, stderr } = await ending
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const [ready, done] = linesOf(stdout)
      expect(ready).toMatchObject({
        type: 'ready',
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//) as string,
      })
      expect(done).toEqual({ type: 'done' })
    }
  })
})
