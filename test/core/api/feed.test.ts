/** @file Feeds: what each kind keeps for readers that come late or read slowly, and how they end. */
import { describe, expect, it } from 'vitest'

import { createFeed, withProgress, type Feed, type Kept } from '../../../core/api/feed.ts'
import { AppError } from '../../../core/errors.ts'

/** What a reader gets until the end. */
async function read<T>(feed: Feed<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of feed.follow()) items.push(item)
  return items
}

function feedOf(kept: Kept): Feed<number> {
  const feed = createFeed<number>(kept)
  for (const item of [1, 2, 3]) feed.push(item)
  return feed
}

describe('a feed', () => {
  it.each([
    ['all', [1, 2, 3]],
    ['latest', [3]],
    ['unread', [1, 2, 3]],
  ] as const)('that keeps %s gives a late reader its items, then those to come', async (kept, early) => {
    const feed = feedOf(kept)
    const reader = read(feed)
    await Promise.resolve()
    feed.push(4)
    feed.end()
    expect(await reader).toEqual(kept === 'latest' ? [3, 4] : [...early, 4])
    expect(feed.ending()).toEqual({ error: null })
    await feed.ended()
  })

  it('gives everything to each reader, or each item once', async () => {
    const [all, unread] = [feedOf('all'), feedOf('unread')]
    all.end()
    unread.end()
    expect([await read(all), await read(all)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
    expect([await read(unread), await read(unread)]).toEqual([[1, 2, 3], []])
  })

  it('leaves what a reader has not taken to the next one', async () => {
    const feed = feedOf('unread')
    for await (const item of feed.follow()) {
      expect(item).toBe(1)
      break
    }
    feed.end()
    expect(await read(feed)).toEqual([2, 3])
  })

  it('lets a slow reader miss all but the newest', async () => {
    const feed = createFeed<number>('latest')
    feed.push(1)
    const items: number[] = []
    for await (const item of feed.follow()) {
      items.push(item)
      if (item === 1) for (const later of [2, 3, 4]) feed.push(later)
      else feed.end()
    }
    expect(items).toEqual([1, 4])
    expect(feed.latest()).toBe(4)
  })

  it('reports its failure after its items, to readers now and later', async () => {
    const feed = feedOf('all')
    const items: number[] = []
    const reader = (async () => {
      for await (const item of feed.follow()) items.push(item)
    })()
    feed.end(new AppError('io', 'The disk is full.'))
    await expect(reader).rejects.toThrow('The disk is full.')
    await expect(read(feed)).rejects.toThrow('The disk is full.')
    expect(items).toEqual([1, 2, 3])
    // What was said first counts.
    feed.end()
    expect(feed.ending()?.error?.code).toBe('io')
  })

  it('is left quietly at a signal, by a reader that waits', async () => {
    const feed = createFeed<number>('all')
    const interest = new AbortController()
    const items: number[] = []
    const reader = (async () => {
      for await (const item of feed.follow(interest.signal)) items.push(item)
    })()
    feed.push(1)
    await new Promise((resolve) => setImmediate(resolve))
    interest.abort()
    await reader
    expect(items).toEqual([1])
  })
})

describe('work with progress', () => {
  it('reports it, then gives its result', async () => {
    const seen: number[] = []
    const work = withProgress<number, string>(async (report) => {
      report(1)
      report(2)
      await new Promise((resolve) => setImmediate(resolve))
      report(3)
      return 'done'
    })
    for (;;) {
      const { value, done } = await work.next()
      if (done === true) {
        expect(value).toBe('done')
        break
      }
      seen.push(value)
    }
    expect(seen).toEqual([2, 3])
  })

  it('fails as the work does', async () => {
    const work = withProgress<number, string>(async () => Promise.reject(new AppError('io', 'No disk.')))
    await expect(work.next()).rejects.toThrow('No disk.')
  })
})
