import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it, vi } from 'vitest'

import { transfer } from '../../../core/catalogue/transfer.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import { fakeHub } from './fake-hub.ts'

const disk = vi.hoisted(() => ({ bytesLeft: Infinity }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const open: typeof real.open = async (...parameters) => {
    const file = await real.open(...parameters)
    if (!String(parameters[0]).endsWith('.part')) return file
    const write = async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      if (disk.bytesLeft < length) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
      disk.bytesLeft -= length
      return file.write(bytes, offset, length, position)
    }
    return { write, sync: async () => file.sync(), close: async () => file.close() } as typeof file
  }
  return { ...real, open }
})

it('a disk that fills up keeps what has arrived, and the download continues once there is space', async () => {
  const path = 'owner/model/resolve/main/model.safetensors'
  const content = Buffer.alloc(4_000_000, 7)
  const hub = await fakeHub()
  hub.put(path, content)
  const target = join(temporaryFolder(), 'model.safetensors')
  const fetch = async () =>
    transfer(new URL(`${hub.url}/${path}`), target, {
      signal: new AbortController().signal,
      token: null,
      retryPolicy: { quietMs: 1000, tries: 2, firstWaitMs: 1 },
      onBytes: () => undefined,
      onWait: () => undefined,
      onCheck: () => undefined,
    })
  disk.bytesLeft = 2_500_000
  await expect(fetch()).rejects.toMatchObject({
    code: 'io',
    message: expect.stringContaining('The disk is full'),
  })
  disk.bytesLeft = Infinity
  await fetch()
  expect(Number(/^bytes=(\d+)-$/.exec(hub.seen.at(-1)?.range ?? '')?.[1])).toBeGreaterThan(1_000_000)
  expect((await readFile(target)).equals(content)).toBe(true)
})
