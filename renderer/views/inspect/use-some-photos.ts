/** @file A few of the person's photos, spread over all of them, for figures that need photos. */
import { useMemo } from 'react'

import { useSubject } from '../../studio.ts'
import type { LookedAt } from './use-inspected.ts'

const most = 24

/** None as long as no photos are chosen. */
export function useSomePhotos(): readonly LookedAt[] {
  const { state } = useSubject('data', 'state')
  const list = state.phase === 'ready' ? state.checked.list : null
  return useMemo(() => {
    if (list === null) return []
    const count = Math.min(most, list.length)
    return Array.from({ length: count }, (_, i) =>
      list.at(Math.floor(((i + 0.5) * list.length) / count)),
    ).flatMap((photo) => (photo === undefined ? [] : [{ folder: photo.root, path: photo.path }]))
  }, [list])
}
