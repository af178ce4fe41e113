/**
 * @file The downloads in progress in this studio, whether or not anyone listens: a window may be reloaded or a second
 * one opened.
 */
import type { DownloadEvent } from '../../api/contract/catalogue.ts'
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
  latest: DownloadEvent
  ending: { readonly error: AppError | null } | null
  readonly stop: AbortController
  readonly waiting: Set<() => void>
  ended: Promise<void>
}

/** No download is in progress yet. */
export function createDownloads(): Downloads {
  const entries = new Map<string, Entry>()
  const pause = async (id: string): Promise<void> => {
    const entry = entries.get(id)
    entry?.stop.abort()
    await entry?.ended
  }
  return {
    latest: (id) => entries.get(id)?.latest ?? null,
    follow: async function* (id, signal) {
      const entry = entries.get(id)
      if (entry !== undefined) yield* changes(entry, signal)
    },
    download: async function* (model, options, signal) {
      const entry = entries.get(model.id) ?? begin(model, options)
      entries.set(model.id, entry)
      void entry.ended.then(() => entries.get(model.id) === entry && entries.delete(model.id))
      yield* changes(entry, signal)
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
  const entry: Entry = {
    latest: {
      type: 'progress',
      done: 0,
      total: approximateBytes(model),
      bytesPerSecond: 0,
      secondsLeft: null,
    },
    ending: null,
    stop,
    waiting: new Set(),
    ended: Promise.resolve(),
  }
  const publish = (event: DownloadEvent): void => {
    entry.latest = event
    wake(entry)
  }
  entry.ended = run(entry, downloadModel(model, { ...options, signal: stop.signal, onEvent: publish }))
  return entry
}

async function run(entry: Entry, work: Promise<string>): Promise<void> {
  try {
    entry.latest = { type: 'done', path: await work }
    entry.ending = { error: null }
  } catch (thrown) {
    entry.ending = { error: AppError.from(thrown) }
  }
  wake(entry)
}

async function* changes(entry: Entry, signal: AbortSignal): AsyncGenerator<DownloadEvent, void, void> {
  const stop = (): void => wake(entry)
  signal.addEventListener('abort', stop, { once: true })
  try {
    for (let seen: DownloadEvent | null = null; !signal.aborted;) {
      if (entry.ending !== null && entry.ending.error !== null) throw entry.ending.error
      if (entry.latest !== seen) {
        seen = entry.latest
        yield seen
      } else if (entry.ending === null) {
        await new Promise<void>((resolve) => entry.waiting.add(resolve))
      } else return
    }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function wake({ waiting }: Entry): void {
  const listeners = [...waiting]
  waiting.clear()
  listeners.forEach((listener) => listener())
}
