/** @file Whether the window has no room for a column beside the pictures; `train.css` has the same width. */
import { useSyncExternalStore } from 'react'

const query = matchMedia('(max-width: 1100px)')

/** Follows the window. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange)
      return () => query.removeEventListener('change', onChange)
    },
    () => query.matches,
  )
}
