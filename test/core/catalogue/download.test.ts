import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { downloadModel, type DownloadOptions } from '../../../core/catalogue/download.ts'
import type { TransferEvent } from '../../../core/catalogue/progress.ts'
import { importModel } from '../../../core/catalogue/import-file.ts'
import { withLock } from '../../../core/files/lock.ts'
import { folderOf, presenceOf, removeModel, type Store } from '../../../core/catalogue/store.ts'
import { openCheckpoint } from '../../../core/files/checkpoint.ts'
import { dropAfter, gitSum, fakeHub, sha256, stallAfter, type FakeHub } from './fake-hub.ts'
import { emptyStore, putTiny, tinyCard, tinyFolder, tinyWeightsPath } from './tiny-card.ts'

interface Downloading {
  readonly hub: FakeHub
  readonly store: Store
  readonly events: TransferEvent[]
  readonly weights: Buffer
  readonly download: (changes?: Partial<DownloadOptions>) => Promise<string>
}

async function downloading(environment: NodeJS.ProcessEnv = {}): Promise<Downloading> {
  const hub = await fakeHub()
  const weights = await putTiny(hub)
  const store = emptyStore(environment)
  const events: TransferEvent[] = []
  const options: DownloadOptions = {
    store,
    hosts: { hub: hub.url, bucket: 'http://no-such-host.invalid' },
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event),
    retryPolicy: { quietMs: 200, tries: 2, firstWaitMs: 2 },
  }
  const download = async (changes: Partial<DownloadOptions> = {}): Promise<string> =>
    downloadModel(tinyCard, { ...options, ...changes })
  return { hub, store, events, weights, download }
}

describe('a download', () => {
  it('brings a model that can be opened, and notes where it came from', async () => {
    const { download, store, hub, weights, events } = await downloading()
    const path = await download()
    expect(path).toBe(join(store.folder, 'deit-tiny-test', 'model.safetensors'))
    expect((await openCheckpoint(path)).config.width).toBe(64)
    const folder = folderOf(tinyCard, store)
    expect((await readdir(folder)).toSorted()).toEqual([
      'config.json',
      'model.safetensors',
      'vit-studio-download.json',
    ])
    const note: unknown = JSON.parse(await readFile(join(folder, 'vit-studio-download.json'), 'utf8'))
    expect(note).toMatchObject({
      id: 'deit-tiny-test',
      from: `${hub.url}/${tinyWeightsPath}`,
      commit: 'c0ffee',
      digest: { kind: 'sha256', value: sha256(weights) },
    })
    expect(events.at(0)).toMatchObject({ type: 'progress', done: 0, total: weights.length })
    expect(events.findLast(({ type }) => type === 'progress')).toMatchObject({
      done: weights.length,
      total: weights.length,
    })
    expect(events.at(-1)).toEqual({ type: 'checking' })
  })

  it('requests nothing that is here already', async () => {
    const { download, hub } = await downloading()
    const path = await download()
    hub.seen.length = 0
    expect(await download()).toBe(path)
    expect(hub.seen).toEqual([])
  })

  it('can be paused, is seen as partial, and continues', async () => {
    const { download, hub, store, weights } = await downloading()
    const controller = new AbortController()
    hub.spoil(tinyWeightsPath, stallAfter(2000))
    const paused = download({
      signal: controller.signal,
      onEvent: () => setTimeout(() => controller.abort(), 50),
    })
    await expect(paused).rejects.toMatchObject({ code: 'cancelled' })
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'partial', bytes: 2000 })
    const path = await download()
    expect(hub.seen.at(-1)?.range).toBe('bytes=2000-')
    expect(await readFile(path)).toEqual(weights)
  })

  it('reports why it waits', async () => {
    const { download, hub, events } = await downloading()
    hub.spoil(tinyWeightsPath, dropAfter(1000))
    await download()
    expect(events.find(({ type }) => type === 'waiting')).toMatchObject({
      seconds: 0.002,
      reason: { text: 'The connection to {0} broke.' },
    })
  })

  it('refuses what is not the model, and starts from scratch next time', async () => {
    const { download, hub, store } = await downloading()
    await putTiny(hub, { depth: 3 })
    await expect(download()).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/deit-tiny-test cannot be used.*number of blocks is 3 instead of 2/),
    })
    expect(existsSync(join(folderOf(tinyCard, store), 'model.safetensors'))).toBe(false)
    await putTiny(hub)
    await download()
  })

  it('shows the token of HF_TOKEN to the Hub', async () => {
    const { download, hub } = await downloading({ HF_TOKEN: ' hf_mine ' })
    await download()
    expect(hub.seen[0]).toMatchObject({ host: 'hub', authorisation: 'Bearer hf_mine' })
  })

  it('never shows it to the bucket', async () => {
    const { download, hub, store } = await downloading({ HF_TOKEN: 'hf_mine' })
    const card = {
      ...tinyCard,
      source: { kind: 'bucket', folder: 'owner/tiny/resolve/main', files: ['model.safetensors'] },
    } as const
    const path = await downloadModel(card, {
      store,
      hosts: { hub: 'http://no-such-host.invalid', bucket: hub.url },
      signal: new AbortController().signal,
      onEvent: () => undefined,
    })
    expect(hub.seen.map(({ authorisation }) => authorisation)).toEqual([undefined, undefined])
    await download()
    expect(path).toContain('model.safetensors')
  })

  it('leaves a folder alone in which another process works', async () => {
    const { download, store, hub } = await downloading()
    const refused = async (): Promise<void> => expect(download()).rejects.toMatchObject({ code: 'busy' })
    await withLock(folderOf(tinyCard, store), refused, { make: {} })
    expect(hub.seen).toEqual([])
    await download()
  })

  it('takes the file that other programs have downloaded', async () => {
    const { download, hub, store, weights } = await downloading()
    const repository = join(store.environment['HF_HUB_CACHE'] ?? '', 'models--owner--tiny')
    const snapshot = join(repository, 'snapshots', 'abc123')
    await mkdir(join(repository, 'refs'), { recursive: true })
    await mkdir(join(repository, 'blobs'))
    await mkdir(snapshot, { recursive: true })
    await writeFile(join(repository, 'refs', 'main'), 'abc123')
    await writeFile(join(repository, 'blobs', 'weights'), weights)
    await symlink('../../blobs/weights', join(snapshot, 'model.safetensors'))
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'absent' })
    await writeFile(join(snapshot, 'config.json'), '{}')
    const path = join(snapshot, 'model.safetensors')
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'ready', path, shared: true })
    expect(await download()).toBe(path)
    expect(hub.seen).toEqual([])
  })

  it('is gone when it is removed, finished or not', async () => {
    const { download, store } = await downloading()
    await download()
    await removeModel(tinyCard, store)
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'absent' })
    expect(existsSync(folderOf(tinyCard, store))).toBe(false)
    expect(await removeModel(tinyCard, store)).toEqual([])
  })

  it('says when it is removed what is still there, which is used then', async () => {
    const { download, store, weights } = await downloading()
    await download()
    const snapshot = join(store.environment['HF_HUB_CACHE'] ?? '', 'models--owner--tiny', 'snapshots', 'abc')
    await mkdir(snapshot, { recursive: true })
    await writeFile(join(snapshot, 'model.safetensors'), weights)
    await writeFile(join(snapshot, 'config.json'), '{}')
    const left = [{ place: 'hubCache', path: snapshot, bytes: weights.length + 2 }]
    expect(await removeModel(tinyCard, store)).toEqual(left)
    expect(await presenceOf(tinyCard, store)).toMatchObject({ state: 'ready', shared: true })
    // It is not the studio's.
    await expect(removeModel(tinyCard, store)).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining(snapshot),
    })
    expect(existsSync(snapshot)).toBe(true)
  })
})

describe('a file taken instead', () => {
  const options = (store: Store, signal = new AbortController().signal) => {
    const told: [number, number][] = []
    return { told, store, signal, onProgress: (done: number, total: number) => told.push([done, total]) }
  }

  it('becomes the model, with the files beside it', async () => {
    const folder = await tinyFolder()
    const store = emptyStore()
    const tools = options(store)
    const path = await importModel(folder, tinyCard, tools)
    const { size } = { size: (await readFile(path)).length }
    expect(tools.told.at(-1)).toEqual([size, size])
    expect((await readdir(folderOf(tinyCard, store))).toSorted()).toEqual([
      'config.json',
      'model.safetensors',
      'vit-studio-download.json',
    ])
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'ready', path, shared: false })
  })

  it('replaces what was there, of another name too', async () => {
    const store = emptyStore()
    await importModel(await tinyFolder(), tinyCard, options(store))
    const weights = join(await tinyFolder(), 'renamed.safetensors')
    await writeFile(weights, await readFile(join(await tinyFolder(), 'model.safetensors')))
    const path = await importModel(weights, tinyCard, options(store))
    expect(path).toMatch(/renamed\.safetensors$/)
    expect(existsSync(join(folderOf(tinyCard, store), 'model.safetensors'))).toBe(false)
  })

  it('is refused when it is another model, and what was there stays', async () => {
    const store = emptyStore()
    const path = await importModel(await tinyFolder(), tinyCard, options(store))
    const wrong = importModel(await tinyFolder({ patch: 6 }), tinyCard, options(store))
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^This is not Tiny \(DeiT\).*patch side is 6 instead of 4/),
    })
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'ready', path, shared: false })
    expect(await readdir(folderOf(tinyCard, store))).not.toContain('.import')
  })

  it('is refused when it says itself that it is of another family', async () => {
    const file = join(await tinyFolder(), 'mae_pretrain.safetensors')
    await rename(join(file, '..', 'model.safetensors'), file)
    await expect(importModel(file, tinyCard, options(emptyStore()))).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringMatching(/^This is not Tiny \(DeiT\), but a model of another family: MAE/),
    })
  })

  it('can be stopped', async () => {
    const store = emptyStore()
    const stopped = importModel(await tinyFolder(), tinyCard, options(store, AbortSignal.abort()))
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(await presenceOf(tinyCard, store)).toEqual({ state: 'absent' })
  })

  it('is not found under a wrong path', async () => {
    const missing = importModel('/no/such/file.safetensors', tinyCard, options(emptyStore()))
    await expect(missing).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the sum of git', () => {
  it('is that of the empty file', () => {
    expect(gitSum(Buffer.alloc(0))).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391')
  })
})
