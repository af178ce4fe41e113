/** @file The small pictures of a map, requested a few at a time and kept for a while; those out of view are not waited for. */
import type { Api } from '../../../core/api/contract.ts'
import type { Photos } from '../../store/photos.ts'

export interface PictureLoader {
  /** Requests pictures of these photos and of no others. */
  readonly want: (photos: Photos, wanted: readonly number[]) => void
  /** The picture of a photo, if it is there. */
  readonly get: (photos: Photos, photo: number) => ImageBitmap | undefined
  readonly dispose: () => void
}

const size = 160
const atOnce = 6
const mostKept = 1200

interface Wanted {
  readonly key: string
  readonly folder: string
  readonly path: string
}

/** Calls `onPicture` whenever one has come. */
export function createPictureLoader(api: Api, onPicture: () => void): PictureLoader {
  const kept = new Map<string, ImageBitmap | null>()
  const loading = new Map<string, AbortController>()
  let queue: readonly Wanted[] = []
  const load = async (one: Wanted): Promise<void> => {
    const interest = new AbortController()
    loading.set(one.key, interest)
    const picture = await fetchPicture(api, one, interest.signal)
    loading.delete(one.key)
    if (interest.signal.aborted) picture?.close()
    else {
      keep(kept, one.key, picture)
      onPicture()
    }
    begin()
  }
  const begin = (): void => {
    const next = queue.slice(0, Math.max(0, atOnce - loading.size))
    queue = queue.slice(next.length)
    for (const one of next) void load(one)
  }
  return {
    want: (photos, wanted) => {
      const named = wanted.flatMap((photo) => {
        const found = photos.at(photo)
        return found === undefined ? [] : [{ key: keyOf(found), folder: found.root, path: found.path }]
      })
      const keys = new Set(named.map(({ key }) => key))
      for (const [key, interest] of loading) if (!keys.has(key)) interest.abort()
      queue = named.filter(({ key }) => !kept.has(key) && !loading.has(key))
      begin()
    },
    get: (photos, photo) => {
      const found = photos.at(photo)
      return found === undefined ? undefined : (kept.get(keyOf(found)) ?? undefined)
    },
    dispose: () => {
      queue = []
      for (const interest of loading.values()) interest.abort()
      for (const picture of kept.values()) picture?.close()
      kept.clear()
    },
  }
}

function keyOf({ root, path }: { readonly root: string; readonly path: string }): string {
  return `${root}//${path}`
}

/** Null for one that cannot be read: its dot stays. */
async function fetchPicture(
  api: Api,
  { folder, path }: { readonly folder: string; readonly path: string },
  signal: AbortSignal,
): Promise<ImageBitmap | null> {
  try {
    const bytes = await api.data.thumbnail({ folder, path, size }, { signal })
    return await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
  } catch {
    return null
  }
}

function keep(kept: Map<string, ImageBitmap | null>, key: string, picture: ImageBitmap | null): void {
  kept.set(key, picture)
  const [oldest] = kept
  if (kept.size <= mostKept || oldest === undefined) return
  kept.delete(oldest[0])
  oldest[1]?.close()
}
