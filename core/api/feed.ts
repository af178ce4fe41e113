/** @file Reports of what is in progress, for readers that follow them at their own pace. */
import type { AppError } from '../errors.ts'

/**
 * What is kept for readers: `all` items, for any number of readers, each of which gets everything from the start; only
 * the `latest`, for readers that may miss those in between; or those that are `unread`, for one reader, which gets each
 * of them once.
 */
export type Kept = 'all' | 'latest' | 'unread'

/** How a feed ended: in order, or with a failure. */
export interface Ending {
  readonly error: AppError | null
}

/** Items so far, and those to come. */
export interface Feed<T> {
  readonly push: (item: T) => void
  /** Nothing more follows; with an error, readers get it after the last item. */
  readonly end: (error?: AppError) => void
  /** The newest item that is kept; null if there is none. */
  readonly latest: () => T | null
  /** Null before the end. */
  readonly ending: () => Ending | null
  /** Resolves at the end, with or without a failure. */
  readonly ended: () => Promise<void>
  /** The kept items, then those to come, until the end; throws the error it ended with. Stops quietly at a signal. */
  readonly follow: (signal?: AbortSignal) => AsyncGenerator<T, void, void>
}

/** An empty feed. */
export function createFeed<T>(kept: Kept): Feed<T> {
  const items: T[] = []
  // How many items came before those that are kept.
  let before = 0
  let ending: Ending | null = null
  const waiting = new Set<() => void>()
  const wake = (): void => {
    const readers = [...waiting]
    waiting.clear()
    readers.forEach((reader) => reader())
  }
  const change = async (): Promise<void> => new Promise<void>((resolve) => waiting.add(resolve))
  const isOpen = (): boolean => ending === null
  return {
    push: (item) => {
      items.push(item)
      if (kept === 'latest') before += items.splice(0, items.length - 1).length
      wake()
    },
    end: (error) => {
      ending ??= { error: error ?? null }
      wake()
    },
    latest: () => items.at(-1) ?? null,
    ending: () => ending,
    ended: async () => {
      while (isOpen()) await change()
    },
    follow: async function* (signal) {
      signal?.addEventListener('abort', wake, { once: true })
      try {
        const isLeft = (): boolean => signal?.aborted === true
        for (let next = 0; !isLeft();) {
          next = Math.max(next, before)
          if (next < before + items.length) {
            const item = items[next - before] as T
            next++
            if (kept === 'unread') before += items.splice(0, 1).length
            yield item
          } else if (ending === null) await change()
          else if (ending.error === null) return
          else throw ending.error
        }
      } finally {
        signal?.removeEventListener('abort', wake)
      }
    },
  }
}

/** The progress that a piece of work reports, then its result; a slow reader gets only the newest. */
export async function* withProgress<T, Result>(
  work: (report: (item: T) => void) => Promise<Result>,
): AsyncGenerator<T, Result, void> {
  const feed = createFeed<T>('latest')
  const result = work(feed.push)
  const end = (): void => feed.end()
  result.then(end, end)
  yield* feed.follow()
  return result
}

/** What a source reports, each item as `tell` has it, then the source's result. */
export async function* retold<From, To, Result>(
  source: AsyncGenerator<From, Result, void>,
  tell: (item: From) => To,
): AsyncGenerator<To, Result, void> {
  let step = await source.next()
  for (; step.done !== true; step = await source.next()) yield tell(step.value)
  return step.value
}
