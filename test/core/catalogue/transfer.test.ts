import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { transfer, type Arrived, type TransferOptions } from '../../../core/catalogue/transfer.ts'
import { temporaryFolder } from '../../support/temporary.ts'
import {
  addressOf,
  cutShortAfter,
  damage,
  dropAfter,
  forgetRange,
  forgetRangeAndDrop,
  listen,
  fakeHub,
  sha256,
  stallAfter,
  status,
  whole,
  type FakeHub,
} from './fake-hub.ts'
import { inEnglish } from '../../../core/sentence.ts'

const path = 'owner/model/resolve/main/model.safetensors'
const content = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251))
const other = Buffer.from(content).reverse()

interface Told {
  readonly bytes: [done: number, total: number | null][]
  readonly waits: [seconds: number, reason: string][]
}

interface Fetching {
  readonly hub: FakeHub
  readonly target: string
  readonly told: Told
  readonly fetch: (changes?: Partial<TransferOptions>) => Promise<Arrived>
}

async function fetching(hub: FakeHub, file = path): Promise<Fetching> {
  const target = join(temporaryFolder(), 'model.safetensors')
  const told: Told = { bytes: [], waits: [] }
  const options: TransferOptions = {
    signal: new AbortController().signal,
    token: null,
    retryPolicy: { quietMs: 120, tries: 3, firstWaitMs: 2 },
    onBytes: (done, total) => told.bytes.push([done, total]),
    onWait: (seconds, reason) => told.waits.push([seconds, inEnglish(reason)]),
    onCheck: () => undefined,
  }
  return {
    hub,
    target,
    told,
    fetch: async (changes = {}) =>
      transfer(new URL(`${hub.url}/${file}`), target, { ...options, ...changes }),
  }
}

async function fetchingFromHub(): Promise<Fetching> {
  const hub = await fakeHub()
  hub.put(path, content)
  return fetching(hub)
}

async function fetchingFromPlainServer(marks: 'etag' | 'nothing' = 'etag'): Promise<Fetching> {
  const hub = await fakeHub({ plain: true, marks })
  hub.put(path, content)
  return fetching(hub)
}

function storeRanges({ seen }: FakeHub): (string | undefined)[] {
  return seen.filter(({ host }) => host === 'store').map(({ range }) => range)
}

/** Nothing but the file itself is left. */
async function expectOnly(target: string, bytes: Buffer): Promise<void> {
  expect(await readFile(target)).toEqual(bytes)
  expect(await readdir(join(target, '..'))).toEqual(['model.safetensors'])
}

/** Stops when this many bytes have arrived. */
function stopAt(count: number): { signal: AbortSignal; onBytes: (done: number) => void } {
  const controller = new AbortController()
  return {
    signal: controller.signal,
    onBytes: (done) => {
      if (done >= count) controller.abort()
    },
  }
}

describe('on a good line', () => {
  it('brings the file, its checksum and its commit', async () => {
    const { fetch, target, told } = await fetchingFromHub()
    expect(await fetch()).toEqual({ digest: { kind: 'sha256', value: sha256(content) }, commit: 'c0ffee' })
    await expectOnly(target, content)
    expect(told.bytes[0]).toEqual([0, 1000])
    expect(told.bytes.at(-1)).toEqual([1000, 1000])
    expect(told.waits).toEqual([])
  })

  it('brings small files, whose checksum is that of git', async () => {
    const hub = await fakeHub()
    hub.put('owner/model/resolve/main/config.json', Buffer.from('{}'))
    const { fetch, target } = await fetching(hub, 'owner/model/resolve/main/config.json')
    expect(await fetch()).toEqual({
      digest: { kind: 'git', value: '9e26dfeeb6e641a33dae4961196235bdb965b21b' },
      commit: 'c0ffee',
    })
    expect(await readFile(target, 'utf8')).toBe('{}')
  })

  it('checks the md5 that the bucket announces', async () => {
    const md5 = 'rL0Y20zC+Fzt72VPzMSk2A=='
    const server = await listen((_, answer) =>
      answer.writeHead(200, { 'x-goog-hash': `crc32c=AAAAAA==,md5=${md5}` }).end('foo'),
    )
    const hub = await fakeHub()
    const { fetch } = await fetching({ ...hub, url: addressOf(server) })
    expect(await fetch()).toMatchObject({ digest: { kind: 'md5' } })
  })
})

describe('on a line that breaks', () => {
  it('continues where it broke, twice', async () => {
    const { fetch, hub, target, told } = await fetchingFromHub()
    hub.spoil(path, dropAfter(300), dropAfter(200))
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, 'bytes=300-', 'bytes=500-'])
    await expectOnly(target, content)
    expect(told.waits.map(([, reason]) => reason)).toEqual(
      Array(2).fill(expect.stringMatching(/^The connection to 127\.0\.0\.1:\d+ broke\.$/)),
    )
  })

  it('gives up a line that is silent, and continues', async () => {
    const { fetch, hub, target, told } = await fetchingFromHub()
    hub.spoil(path, stallAfter(400))
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, 'bytes=400-'])
    await expectOnly(target, content)
    expect(told.waits[0]?.[1]).toContain('has sent nothing for 1 seconds')
  })

  it('gives up a server that takes a request and says nothing', async () => {
    const { fetch, hub, told } = await fetchingFromHub()
    hub.answer = () => undefined
    await expect(fetch()).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('sent nothing'),
    })
    expect(told.waits).toHaveLength(2)
  })

  it('does not take a file that ends too early for the whole', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, cutShortAfter(350))
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, 'bytes=350-'])
    await expectOnly(target, content)
  })

  it('survives any order of drops, with the right bytes at the end', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 5 }), async (drops) => {
        const { fetch, hub, target } = await fetchingFromHub()
        hub.spoil(path, ...drops.map(dropAfter))
        await fetch()
        await expectOnly(target, content)
      }),
      { numRuns: 8 },
    )
  })

  it('gives up after some tries that brought nothing, keeps what is here, and continues next time', async () => {
    const { fetch, hub, target, told } = await fetchingFromHub()
    hub.spoil(path, dropAfter(300), dropAfter(0), dropAfter(0), dropAfter(0))
    await expect(fetch()).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(
        /broke\. The download from .* was tried several times; what has arrived is kept/,
      ),
    })
    expect(told.waits).toHaveLength(2)
    expect(existsSync(target)).toBe(false)
    hub.spoil(path)
    await fetch()
    expect(storeRanges(hub).at(-1)).toBe('bytes=300-')
    await expectOnly(target, content)
  })

  it('waits longer after each try that brought nothing', async () => {
    const { fetch, hub, told } = await fetchingFromHub()
    hub.spoil(path, ...Array(5).fill(status(503)))
    await expect(fetch({ retryPolicy: { quietMs: 100, tries: 4, firstWaitMs: 1 } })).rejects.toThrow(
      'status 503',
    )
    expect(told.waits.map(([seconds]) => seconds)).toEqual([0.001, 0.002, 0.004])
  })

  it('says that the machine is offline when no name is known', async () => {
    const { fetch } = await fetching({ ...(await fakeHub()), url: 'http://no-such-host.invalid' })
    await expect(fetch()).rejects.toThrow(
      /^(no-such-host\.invalid was not found: this machine seems to be offline\.)/,
    )
  })

  it('says that nobody answers', async () => {
    const server = await listen(() => undefined)
    const url = addressOf(server)
    server.close()
    const { fetch } = await fetching({ ...(await fakeHub()), url })
    await expect(fetch()).rejects.toThrow('does not take the connection')
  })
})

describe('when it is stopped', () => {
  it('keeps what is here, and a later session continues', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, stallAfter(600))
    await expect(fetch(stopAt(600))).rejects.toMatchObject({ code: 'cancelled' })
    expect((await readdir(join(target, '..'))).toSorted()).toEqual([
      'model.safetensors.part',
      'model.safetensors.part.json',
    ])
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, 'bytes=600-'])
    await expectOnly(target, content)
  })

  it('stops while it waits', async () => {
    const { fetch, hub } = await fetchingFromHub()
    hub.spoil(path, status(503))
    const controller = new AbortController()
    const stopped = fetch({
      signal: controller.signal,
      retryPolicy: { quietMs: 100, tries: 3, firstWaitMs: 60_000 },
      onWait: () => controller.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('asks nobody when it was stopped before', async () => {
    const { fetch, hub } = await fetchingFromHub()
    await expect(fetch({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(hub.seen).toEqual([])
  })

  it('needs nothing more when all bytes were here already', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, dropAfter(1000), whole)
    await expect(fetch(stopAt(1000))).rejects.toMatchObject({ code: 'cancelled' })
    hub.spoil(path)
    await fetch()
    expect(storeRanges(hub).at(-1)).toBe('bytes=1000-')
    await expectOnly(target, content)
  })
})

describe('when the server is not to be relied on', () => {
  it('starts over where ranges are not known', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, dropAfter(300), forgetRange)
    await fetch()
    await expectOnly(target, content)
  })

  it('does not try for ever where each try starts over and breaks', async () => {
    const { fetch, hub } = await fetchingFromHub()
    hub.spoil(path, ...Array(20).fill(forgetRangeAndDrop))
    await expect(fetch()).rejects.toMatchObject({ code: 'io' })
    expect(storeRanges(hub)).toHaveLength(3)
  })

  it('does not mix two versions of a file', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, stallAfter(500))
    await expect(fetch(stopAt(500))).rejects.toMatchObject({ code: 'cancelled' })
    hub.put(path, other)
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, 'bytes=500-', undefined])
    await expectOnly(target, other)
  })

  it('notices another version of another length', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, stallAfter(500))
    await expect(fetch(stopAt(500))).rejects.toMatchObject({ code: 'cancelled' })
    hub.put(path, other.subarray(0, 400))
    await fetch()
    await expectOnly(target, Buffer.from(other.subarray(0, 400)))
  })

  it('tells versions apart by the mark of a server without checksums', async () => {
    const { fetch, hub, target } = await fetchingFromPlainServer()
    hub.spoil(path, stallAfter(500))
    await expect(fetch(stopAt(500))).rejects.toMatchObject({ code: 'cancelled' })
    hub.put(path, other)
    expect(await fetch()).toEqual({ digest: null, commit: null })
    expect(hub.seen[1]).toMatchObject({ range: 'bytes=500-', ifRange: expect.stringContaining('store-') })
    await expectOnly(target, other)
  })

  it('continues with the mark of a server without checksums', async () => {
    const { fetch, hub, target } = await fetchingFromPlainServer()
    hub.spoil(path, dropAfter(500))
    await fetch()
    expect(hub.seen.map(({ range }) => range)).toEqual([undefined, 'bytes=500-'])
    await expectOnly(target, content)
  })

  it('starts over where nothing tells versions apart', async () => {
    const { fetch, hub, target } = await fetchingFromPlainServer('nothing')
    hub.spoil(path, dropAfter(500))
    await fetch()
    expect(hub.seen.map(({ range }) => range)).toEqual([undefined, undefined])
    await expectOnly(target, content)
  })

  it('fetches a damaged file once more', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, damage)
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined, undefined])
    await expectOnly(target, content)
  })

  it('says so when it is damaged again, and keeps nothing of it', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, damage, damage)
    await expect(fetch()).rejects.toMatchObject({
      code: 'io',
      message: expect.stringContaining('model.safetensors arrived damaged'),
    })
    expect(await readdir(join(target, '..'))).toEqual([])
  })

  it('does not believe a part that was changed on the disk', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.spoil(path, stallAfter(500))
    await expect(fetch(stopAt(500))).rejects.toMatchObject({ code: 'cancelled' })
    await writeFile(`${target}.part`, Buffer.alloc(700))
    await fetch()
    await expectOnly(target, content)
  })

  it('drops a part that nobody knows', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    await mkdir(join(target, '..'), { recursive: true })
    await writeFile(`${target}.part`, Buffer.alloc(700))
    await writeFile(`${target}.part.json`, 'not JSON')
    await fetch()
    expect(storeRanges(hub)).toEqual([undefined])
    await expectOnly(target, content)
  })
})

describe('when it is refused', () => {
  it.each([
    ['429 with seconds', status(429, { 'retry-after': '0' }), 'is receiving too many requests (status 429)'],
    [
      '429 with a date',
      status(429, { 'retry-after': new Date(0).toUTCString() }),
      'is receiving too many requests',
    ],
    ['500', status(500), 'is not working properly (status 500)'],
  ])('tries again after %s', async (_, way, reason) => {
    const { fetch, hub, target, told } = await fetchingFromHub()
    hub.spoil(path, way)
    await fetch()
    expect(told.waits).toEqual([[0.002, expect.stringContaining(reason)]])
    await expectOnly(target, content)
  })

  it('waits as long as it is told to', async () => {
    const { fetch, hub, told } = await fetchingFromHub()
    hub.spoil(path, status(429, { 'retry-after': '1' }))
    await fetch()
    expect(told.waits).toEqual([[1, expect.any(String)]])
  })

  it('leaves a very long wait to the person', async () => {
    const { fetch, hub } = await fetchingFromHub()
    hub.spoil(path, status(429, { 'retry-after': '7200' }))
    await expect(fetch()).rejects.toMatchObject({
      code: 'busy',
      message: expect.stringContaining('asks you to wait for 120 minutes'),
    })
  })

  it.each([
    [401, 'io', 'HF_TOKEN'],
    [403, 'io', 'HF_TOKEN'],
    [404, 'not_found', 'has no file owner/model/resolve/main/model.safetensors (status 404)'],
    [418, 'io', 'status 418'],
  ])('says what answer %d means, at once', async (code, kind, sentence) => {
    const { fetch, hub } = await fetchingFromHub()
    hub.answer = (answer) => answer.writeHead(code).end()
    await expect(fetch()).rejects.toMatchObject({ code: kind, message: expect.stringContaining(sentence) })
    expect(hub.seen).toHaveLength(1)
  })

  it('shows the token to the hub and to no other host', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    await fetch({ token: 'hf_secret' })
    expect(hub.seen.map(({ host, authorisation }) => [host, authorisation])).toEqual([
      ['hub', 'Bearer hf_secret'],
      ['store', undefined],
    ])
    await expectOnly(target, content)
  })

  it('does not go round in circles', async () => {
    const { fetch, hub } = await fetchingFromHub()
    hub.answer = (answer) => answer.writeHead(302, { location: '/again' }).end()
    await expect(fetch()).rejects.toThrow('only leads from one address to the next')
    expect(hub.seen).toHaveLength(11)
  })

  it('does not follow what is not an address', async () => {
    const { fetch, hub } = await fetchingFromHub()
    hub.answer = (answer) => answer.writeHead(302, { location: 'http://[' }).end()
    await expect(fetch()).rejects.toThrow('which is no address')
  })

  it('says that the disk has no room before it writes', async () => {
    const { fetch, hub, target } = await fetchingFromHub()
    hub.answer = (answer) => answer.writeHead(200, { 'content-length': String(1e18) }).flushHeaders()
    await expect(fetch()).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(/needs 1000000000000 MB more, but only \d+ MB are free/),
    })
    expect(await readdir(join(target, '..'))).toEqual([])
  })
})
