/** @file The catalogue as windows see it: downloads that continue in the server, whether or not anyone listens. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it, onTestFinished, vi } from 'vitest'

import { connect } from '../../../../core/api/client.ts'
import {
  catalogue,
  type CatalogueState,
  type DownloadEvent,
} from '../../../../core/api/contract/catalogue.ts'
import { portPair } from '../../../support/port-pair.ts'
import type { Client } from '../../../../core/api/rpc.ts'
import { serve } from '../../../../core/api/server.ts'
import { catalogueHandlers } from '../../../../core/host/server/catalogue-handlers.ts'
import { createDownloads } from '../../../../core/studio/models/downloads.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { fakeHub, whole, type Mischief, type FakeHub } from '../../catalogue/fake-hub.ts'
import { deitTinyPath, putDeitTiny } from '../../catalogue/tiny-card.ts'

const id = 'deit-tiny-16'
type Window = Client<{ catalogue: typeof catalogue }>['catalogue'] & { close: () => void }

interface Place {
  readonly hub: FakeHub
  readonly home: string
  readonly openWindow: () => Window
  readonly close: () => Promise<void>
}

async function place(): Promise<Place> {
  const home = temporaryFolder()
  const hub = await fakeHub()
  await putDeitTiny(hub)
  vi.stubEnv('VIT_STUDIO_HOME', home)
  vi.stubEnv('HF_HUB_CACHE', join(home, 'cache'))
  vi.stubEnv('HF_ENDPOINT', hub.url)
  const downloads = createDownloads()
  onTestFinished(async () => {
    await downloads.close()
    vi.unstubAllEnvs()
  })
  const openWindow = (): Window => {
    const [near, far] = portPair()
    serve(far, { catalogue }, { catalogue: catalogueHandlers(downloads) }, (_, error) => {
      throw error
    })
    return { ...connect(near, { catalogue }).catalogue, close: () => near.close() }
  }
  return { hub, home, openWindow, close: downloads.close }
}

/** Sends a part, and the rest on request. */
function holding(count: number): { readonly way: Mischief; readonly goOn: () => void } {
  let goOn = (): void => undefined
  const way: Mischief = (answer, bytes) => {
    answer.setHeader('content-length', bytes.length)
    answer.write(bytes.subarray(0, count))
    // Progress is reported a few times a second: this byte gets the others reported.
    setTimeout(() => answer.write(bytes.subarray(count, count + 1)), 300)
    goOn = () => answer.end(bytes.subarray(count + 1))
  }
  return { way, goOn: () => goOn() }
}

async function stateOf(window: Window): Promise<CatalogueState | undefined> {
  return (await window.list()).find((card) => card.id === id)?.state
}

async function readUntil(
  events: AsyncIterable<DownloadEvent>,
  enough: (event: DownloadEvent) => boolean,
): Promise<DownloadEvent> {
  for await (const event of events) if (enough(event)) return event
  throw new Error('the stream ended before')
}

const isUnderWay = (event: DownloadEvent): boolean => event.type === 'progress' && event.done >= 4_000_000
const isDone = (event: DownloadEvent): boolean => event.type === 'done'

describe('a download', () => {
  it('continues when its window is closed, and another window follows it', async () => {
    const { hub, home, openWindow } = await place()
    const { way, goOn } = holding(5_000_000)
    hub.spoil(deitTinyPath, way)
    const first = openWindow()
    expect(await stateOf(first)).toEqual({ state: 'absent' })
    await readUntil(first.download({ id }), isUnderWay)
    first.close()
    const second = openWindow()
    expect(await stateOf(second)).toMatchObject({ state: 'downloading', latest: { type: 'progress' } })
    const followed = readUntil(second.follow({ id }), isDone)
    goOn()
    const path = join(home, 'models', id, 'model.safetensors')
    expect(await followed).toEqual({ type: 'done', path })
    expect(await stateOf(second)).toEqual({ state: 'ready', path, shared: false })
    expect(hub.seen.filter(({ host }) => host === 'store')).toHaveLength(1)
  })

  it('is paused by any window, for all that follow it, and continued', async () => {
    const { hub, openWindow } = await place()
    hub.spoil(deitTinyPath, holding(5_000_000).way, whole)
    const [first, second] = [openWindow(), openWindow()]
    const follow = readUntil(first.download({ id }), isDone)
    await readUntil(second.download({ id }), isUnderWay)
    const failing = expect(follow).rejects.toMatchObject({ code: 'cancelled' })
    await second.pause({ id })
    await failing
    expect(await stateOf(first)).toMatchObject({ state: 'partial' })
    await readUntil(first.download({ id }), isDone)
    expect(hub.seen.at(-1)?.range).toMatch(/^bytes=[45]\d{6}-$/)
  })

  it('does not start because someone wants to follow it', async () => {
    const { hub, openWindow } = await place()
    const told = []
    for await (const event of openWindow().follow({ id })) told.push(event)
    expect(told).toEqual([])
    expect(hub.seen).toEqual([])
  })

  it('reports a failure, and can be tried again', async () => {
    const { hub, openWindow } = await place()
    hub.answer = (answer) => answer.writeHead(404).end()
    const window = openWindow()
    await expect(readUntil(window.download({ id }), isDone)).rejects.toMatchObject({ code: 'not_found' })
    expect(await stateOf(window)).toEqual({ state: 'absent' })
    hub.answer = null
    await readUntil(window.download({ id }), isDone)
  })

  it('cannot be removed or replaced while it is in progress', async () => {
    const { hub, openWindow } = await place()
    hub.spoil(deitTinyPath, holding(5_000_000).way)
    const window = openWindow()
    await readUntil(window.download({ id }), isUnderWay)
    await expect(window.remove({ id })).rejects.toMatchObject({ code: 'busy' })
    const importing = window.importFile({ id, path: '/anything' })[Symbol.asyncIterator]()
    await expect(importing.next()).rejects.toMatchObject({ code: 'busy' })
    await window.pause({ id })
    await window.remove({ id })
    expect(await stateOf(window)).toEqual({ state: 'absent' })
  })

  it('is stopped with the studio, and kept', async () => {
    const { hub, openWindow, close } = await place()
    hub.spoil(deitTinyPath, holding(5_000_000).way)
    const window = openWindow()
    await readUntil(window.download({ id }), isUnderWay)
    await close()
    expect(await stateOf(window)).toMatchObject({ state: 'partial' })
  })
})

describe('without a network', () => {
  it('a file takes the place of the download', async () => {
    const { hub, openWindow } = await place()
    const file = join(temporaryFolder(), 'from-a-stick.safetensors')
    await writeFile(file, await putDeitTiny(hub))
    const window = openWindow()
    const told = []
    for await (const item of window.importFile({ id, path: file })) told.push(item)
    const last = told.at(-1)
    expect(last).toMatchObject({ type: 'done', path: expect.stringMatching(/from-a-stick\.safetensors$/) })
    expect(told[0]).toMatchObject({ type: 'progress', total: expect.any(Number) })
    expect(await stateOf(window)).toMatchObject({ state: 'ready' })
    expect(hub.seen).toEqual([])
  })
})

describe('the settings', () => {
  it('say where downloads come from and are kept, and change it', async () => {
    const { hub, home, openWindow } = await place()
    const window = openWindow()
    const folder = join(home, 'models')
    expect(await window.settings()).toEqual({ hub: hub.url, chosenBy: 'environment', folder })
    expect(await window.setMirror({ mirror: 'https://mirror.example/' })).toEqual({
      hub: 'https://mirror.example',
      chosenBy: 'setting',
      folder,
    })
    await expect(window.setMirror({ mirror: 'nonsense' })).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await window.setMirror({ mirror: null })).toMatchObject({ chosenBy: 'environment' })
  })
})
