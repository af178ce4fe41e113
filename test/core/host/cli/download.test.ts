/** @file The catalogue on the command line, with a Hub on this machine. */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { temporaryFolder } from '../../../support/temporary.ts'
import { damage, dropAfter, fakeHub, type FakeHub } from '../../catalogue/fake-hub.ts'
import { deitTinyPath, putDeitTiny } from '../../catalogue/tiny-card.ts'
import { studio, studioJson, studioUntil, writeSquares } from './studio.ts'

/** A separate home, and a Hub with DeiT-Tiny that acts as a mirror. */
async function place(): Promise<{ readonly hub: FakeHub; readonly home: string }> {
  const home = temporaryFolder()
  const hub = await fakeHub()
  await putDeitTiny(hub)
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('HF_HUB_CACHE', join(home, 'cache'))
  vi.stubEnv('HF_ENDPOINT', hub.url)
  return { hub, home }
}

afterEach(() => void vi.unstubAllEnvs())

describe('download', () => {
  it('lists the models, without a word to anybody', async () => {
    const { hub } = await place()
    const { code, stdout } = await studio('download', '--list')
    expect(code).toBe(0)
    expect(stdout).toMatch(/deit-tiny-16 +DeiT Tiny +DeiT +5\.7 million +22\.9 MB +Apache-2\.0\n/)
    expect(stdout).toMatch(/mae-base-16 .* CC-BY-NC-4\.0 \*\n/)
    expect(hub.seen).toEqual([])
  })

  it('brings a model, which can then be used by its id', async () => {
    const { home, hub } = await place()
    const { code, stdout } = await studio('download', 'deit-tiny-16')
    expect(code).toBe(0)
    const path = join(home, 'models', 'deit-tiny-16', 'model.safetensors')
    expect(stdout).toContain(`DeiT Tiny, about 22.9 MB from ${new URL(hub.url).host}, licence Apache-2.0.`)
    expect(stdout).toContain(`DeiT Tiny is in ${path}\nUse it with --model deit-tiny-16`)
    expect((await studio('describe', 'deit-tiny-16')).stdout).toContain(path)
    expect((await studio('download')).stdout).toMatch(/deit-tiny-16 .* yes\n/)
  })

  it('reports the same to programs', async () => {
    await place()
    const { lines, last } = await studioJson('download', 'deit-tiny-16')
    expect(lines[0]).toMatchObject({ type: 'start', id: 'deit-tiny-16', approximateBytes: 22_869_664 })
    expect(lines.map(({ type }) => type)).toContain('progress')
    expect(last).toMatchObject({ type: 'done', id: 'deit-tiny-16' })
    const listed = await studioJson('download')
    expect(listed.last['models']).toContainEqual(
      expect.objectContaining({ id: 'deit-tiny-16', state: 'ready' }),
    )
  })

  it('stops when it is asked to, and continues with the same command', async () => {
    const { hub } = await place()
    const stop = new AbortController()
    hub.spoil(deitTinyPath, (answer, bytes) => {
      answer.setHeader('content-length', bytes.length)
      answer.write(bytes.subarray(0, 5_000_000), () => setTimeout(() => stop.abort(), 200))
    })
    const { code, stdout } = await studioUntil(stop.signal, ['download', 'deit-tiny-16'])
    expect(code).toBe(130)
    expect(stdout).toContain('What has arrived is kept; the same command continues.')
    expect((await studio('download')).stdout).toMatch(/deit-tiny-16 .* 5\.0 MB so far\n/)
    expect((await studio('download', 'deit-tiny-16')).code).toBe(0)
    expect(hub.seen.at(-1)?.range).toBe('bytes=5000000-')
  })

  it('reports why it waits, and continues', async () => {
    const { hub } = await place()
    hub.spoil(deitTinyPath, dropAfter(1_000_000))
    const { code, stdout } = await studio('download', 'deit-tiny-16')
    expect(code).toBe(0)
    expect(stdout).toMatch(/The connection to .* broke\. Trying again in 1 s\./)
  })

  it('takes a mirror for this once', async () => {
    await place()
    const mirror = await fakeHub()
    await putDeitTiny(mirror)
    expect((await studio('download', 'deit-tiny-16', '--mirror', `${mirror.url}/`)).code).toBe(0)
    expect(mirror.seen).not.toEqual([])
    const wrong = await studio('download', 'deit-small-16', '--mirror', 'nas')
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('“nas” is not the address of a mirror'),
    })
  })

  it('takes a file instead, if it is that model, and removes it', async () => {
    const { home, hub } = await place()
    const file = join(temporaryFolder(), 'mine.safetensors')
    await writeFile(file, await putDeitTiny(hub))
    expect((await studio('download', 'deit-tiny-16', '--file', file)).code).toBe(0)
    const wrong = await studio('download', 'deit-small-16', '--file', file)
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('This is not DeiT Small (DeiT)') })
    expect(hub.seen).toEqual([])
    const removed = await studio('download', 'deit-tiny-16', '--remove')
    expect(removed.stdout).toContain('DeiT Tiny has been removed from the studio')
    expect(removed.stdout).toMatch(
      /The file it was imported from is still there: .*mine\.safetensors \(22\.9 MB\)\./,
    )
    expect(existsSync(file)).toBe(true)
    expect(existsSync(join(home, 'models', 'deit-tiny-16'))).toBe(false)
  })

  it('says what cannot be had', async () => {
    const { hub } = await place()
    hub.spoil(deitTinyPath, damage, damage)
    expect(await studio('download', 'deit-tiny-16')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('arrived damaged'),
    })
    expect(await studio('download', 'deit-base-16')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('status 404'),
    })
    expect(await studio('download', 'resnet')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('no model “resnet”'),
    })
  })
})

describe('a model of the catalogue that is not here', () => {
  it.each([
    ['describe', 'deit-tiny-16'],
    ['evaluate', '--model', 'deit-tiny-16', '--data', '.'],
    ['predict', '--model', 'deit-tiny-16', 'image.png'],
    ['finetune', '--model', 'deit-tiny-16', '--data', '.', '--out', 'run'],
  ])('is never downloaded by %s', async (...command) => {
    const { hub } = await place()
    const { code, stderr } = await studio(...command)
    expect(stderr).toBe(
      'deit-tiny-16 is not on this machine yet. Download it with: npm run -s studio -- download deit-tiny-16\n',
    )
    expect(code).toBe(2)
    expect(hub.seen).toEqual([])
  })

  it('is never downloaded by fewshot, which looks at the images first', async () => {
    const { hub, home } = await place()
    const data = join(home, 'squares')
    await writeSquares(data, 4)
    vi.stubEnv('XDG_CACHE_HOME', home)
    const { code, stderr } = await studio(
      'fewshot',
      '--model',
      'deit-tiny-16',
      '--data',
      data,
      '--engine',
      'cpu',
    )
    expect(stderr).toMatch(/^deit-tiny-16 is not on this machine yet/)
    expect(code).toBe(2)
    expect(hub.seen).toEqual([])
  })
})
