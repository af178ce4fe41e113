import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { cacheKey, openCache, type ImageCache } from '../../../core/data/cache.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const content = (length: number): Uint8Array => new Uint8Array(length).fill(7)

async function namesIn(directory: string): Promise<string[]> {
  const names = await readdir(join(directory, 'images'), { recursive: true })
  return names.filter((name) => name.includes('/')).map((name) => name.slice(3))
}

/** A cache and the warnings it issued. */
async function open(
  directory: string,
  maxBytes?: number,
): Promise<{ cache: ImageCache; warnings: string[] }> {
  const warnings: string[] = []
  const cache = await openCache(directory, { maxBytes, onWarning: (message) => warnings.push(message) })
  return { cache, warnings }
}

/** Lets what was begun in the background come to its end. */
async function turn(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 50))
}

async function storeUntilKept(cache: ImageCache, key: string): Promise<void> {
  for (let round = 0; round < 40 && cache.find(key) === undefined; round++) {
    cache.store(key, content(100))
    await turn()
  }
}

describe('openCache', () => {
  it('keeps files between openings, whole, and forgets on request', async () => {
    const directory = temporaryFolder()
    const key = cacheKey('a', 1)
    const first = await open(directory)
    expect(first.cache.find(key)).toBeUndefined()
    first.cache.store(key, content(100))
    const { cache } = await open(directory)
    const path = cache.find(key)
    expect(path === undefined ? undefined : await readFile(path)).toEqual(Buffer.from(content(100)))
    cache.forget(key)
    expect(cache.find(key)).toBeUndefined()
    expect(first.warnings).toEqual([])
  })

  it('two at once may store the same', async () => {
    const directory = temporaryFolder()
    const [a, b] = [await open(directory), await open(directory)]
    const key = cacheKey('same')
    a.cache.store(key, content(10))
    b.cache.store(key, content(10))
    expect(await namesIn(directory)).toEqual([key])
    expect(b.cache.find(key)).toBe(a.cache.find(key))
  })

  it('makes room at its limit: first goes what was used least recently, and nothing that is in use', async () => {
    const directory = temporaryFolder()
    const keys = Array.from({ length: 10 }, (_, index) => cacheKey('file', index))
    const first = await open(directory, 1000)
    for (const key of keys) first.cache.store(key, content(100))
    for (const [age, key] of keys.entries()) {
      await utimes(first.cache.find(key) ?? '', 1e9 + age, 1e9 + age)
    }
    const { cache, warnings } = await open(directory, 1000)
    cache.find(keys[0] ?? '')
    await storeUntilKept(cache, cacheKey('new'))
    const names = await namesIn(directory)
    // Two of ten make room for a fifth; the first is in use again.
    expect(new Set(names)).toEqual(new Set([keys[0], ...keys.slice(3), cacheKey('new')]))
    expect(warnings).toEqual([])
  })

  it('stops storing, with one warning, where all that is there is in use', async () => {
    const directory = temporaryFolder()
    const { cache, warnings } = await open(directory, 1000)
    for (let index = 0; index < 40; index++) {
      cache.store(cacheKey('file', index), content(100))
      await turn()
    }
    expect((await namesIn(directory)).length).toBeLessThanOrEqual(10)
    expect(warnings).toEqual([expect.stringMatching(/No more prepared images.*are full/)])
  })

  it('holds its limit however many use it at once, each of which knows only what it has stored itself', async () => {
    const directory = temporaryFolder()
    const all = await Promise.all([1, 2, 3, 4].map(async () => open(directory, 10_000)))
    for (let index = 0; index < 200; index++) {
      for (const [user, { cache }] of all.entries()) cache.store(cacheKey('file', user, index), content(100))
      if (index % 20 === 0) await turn()
    }
    await turn()
    expect((await namesIn(directory)).length).toBeLessThanOrEqual(100)
  })

  it('is opened without a look at the files in it', async () => {
    const directory = temporaryFolder()
    await open(directory)
    const part = join(directory, 'images', 'ab')
    await mkdir(part)
    for (let index = 0; index < 2000; index++) await writeFile(join(part, `ab${index}`), '')
    const start = performance.now()
    for (let round = 0; round < 10; round++) await open(directory)
    // Listing them takes 30 to 100 ms.
    expect((performance.now() - start) / 10).toBeLessThan(15)
  })

  it('finding a file marks it as used', async () => {
    const directory = temporaryFolder()
    const { cache } = await open(directory)
    const key = cacheKey('x')
    cache.store(key, content(1))
    const path = cache.find(key) ?? ''
    await utimes(path, 1e9, 1e9)
    cache.find(key)
    expect((await stat(path)).mtimeMs).toBeGreaterThan(1.1e12)
  })

  it('forgets what killed writers left when it makes room, but not what another is writing now', async () => {
    const directory = temporaryFolder()
    const [old, fresh] = ['aa/old.1.tmp', 'aa/fresh.2.tmp'].map((name) =>
      join(directory, 'images', name),
    ) as [string, string]
    await mkdir(dirname(old), { recursive: true })
    await writeFile(old, 'x')
    await writeFile(fresh, 'x')
    await utimes(old, 1e9, 1e9)
    await open(directory)
    expect(await namesIn(directory)).toEqual(['fresh.2.tmp'])
  })

  it('that cannot be written to warns and stays empty', async () => {
    const file = join(temporaryFolder(), 'file')
    await writeFile(file, '')
    const { cache, warnings } = await open(file)
    cache.store(cacheKey('x'), content(1))
    expect(cache.find(cacheKey('x'))).toBeUndefined()
    expect(warnings).toEqual([expect.stringMatching(/cannot be kept.*ENOTDIR/)])
  })

  it('that becomes unwritable, as on a full disk, continues without', async () => {
    const directory = temporaryFolder()
    const { cache, warnings } = await open(directory)
    // A file where a folder has to be made: every store fails from now on.
    const key = cacheKey('x')
    await writeFile(join(directory, 'images', key.slice(0, 2)), '')
    cache.store(key, content(1))
    cache.store(key, content(1))
    expect(warnings).toEqual([expect.stringMatching(/No more prepared images are kept/)])
  })
})

describe('cacheKey', () => {
  it('differs with every part', () => {
    const keys = [cacheKey('a', 1), cacheKey('a', 2), cacheKey('b', 1), cacheKey('a1'), cacheKey('a', '1')]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
