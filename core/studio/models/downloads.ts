/**
 * @file The downloads in progress in this studio, whether or not anyone listens: a window may be reloaded or a second
 * one opened.
 */
import type { DownloadEvent } from '../../api/contract/catalogue.ts'
import { createFeed, type Feed } from '../../api/feed.ts'
import { AppError } from '../../errors.ts'
import { downloadModel, type DownloadOptions } from '../../catalogue/download.ts'
import { approximateBytes, type CatalogueModel } from '../../catalogue/models.ts'

/** Downloads by the id of their model. */
export interface Downloads {
  /** The latest report of a download; null if none is in progress. */
  readonly latest: (id: string) => DownloadEvent | null
  /** Follows a download: the newest item, then every change; nothing if none is in progress. */
  readonly follow: (id: string, signal: AbortSignal) => AsyncGenerator<DownloadEvent, void, void>
  /** Starts a download unless one is in progress, and follows it. */
  readonly download: (
    model: CatalogueModel,
    options: Pick<DownloadOptions, 'store' | 'hosts' | 'retryPolicy'>,
    signal: AbortSignal,
  ) => AsyncGenerator<DownloadEvent, void, void>
  /** Stops a download; resolves when it has stopped, at once if none is in progress. */
  readonly pause: (id: string) => Promise<void>
  /** Stops all. */
  readonly close: () => Promise<void>
}

interface Entry {
  readonly feed: Feed<DownloadEvent>
  readonly stop: AbortController
}

/** No download is in progress yet. */
export function createDownloads(): Downloads {
  const entries = new Map<string, Entry>()
  const pause = async (id: string): Promise<void> => {
    const entry = entries.get(id)
    entry?.stop.abort()
    await entry?.feed.ended()
  }
  return {
    latest: (id) => entries.get(id)?.feed.latest() ?? null,
    follow: async function* (id, signal) {
      const entry = entries.get(id)
      if (entry !== undefined) yield* entry.feed.follow(signal)
    },
    download: async function* (model, options, signal) {
      const entry = entries.get(model.id) ?? begin(model, options)
      entries.set(model.id, entry)
      void entry.feed.ended().then(() => entries.get(model.id) === entry && entries.delete(model.id))
      yield* entry.feed.follow(signal)
    },
    pause,
    close: async () => {
      await Promise.all([...entries.keys()].map(pause))
    },
  }
}

function begin(
  model: CatalogueModel,
  options: Pick<DownloadOptions, 'store' | 'hosts' | 'retryPolicy'>,
): Entry {
  const stop = new AbortController()
  const feed = createFeed<DownloadEvent>('latest')
  const total = approximateBytes(model)
  feed.push({ type: 'progress', done: 0, total, bytesPerSecond: 0, secondsLeft: null })
  void run(feed, downloadModel(model, { ...options, signal: stop.signal, onEvent: feed.push }))
  return { feed, stop }
}

async function run(feed: Feed<DownloadEvent>, work: Promise<string>): Promise<void> {
  try {
    feed.push({ type: 'done', path: await work })
    feed.end()
  } catch (thrown) {
    feed.end(AppError.from(thrown))
  }
}
