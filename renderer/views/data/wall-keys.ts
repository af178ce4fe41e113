/** @file Where the arrow keys and their like lead on the wall. */
import type { KeyboardEvent } from 'react'

import type { WallPlan } from './wall-plan.ts'

/** The place that a key leads to; null for keys without a meaning here. `page` is in rows of pictures. */
export function placeByKey(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  plan: WallPlan,
  current: number,
  page: number,
): number | null {
  if (altKey) return null
  const last = plan.pictures - 1
  const clamp = (place: number): number => Math.max(0, Math.min(last, place))
  const isWhole = ctrlKey || metaKey
  switch (key) {
    case 'ArrowLeft':
      return clamp(current - 1)
    case 'ArrowRight':
      return clamp(current + 1)
    case 'ArrowUp':
      return plan.vertically(current, -1)
    case 'ArrowDown':
      return plan.vertically(current, 1)
    case 'PageUp':
      return plan.vertically(current, -page)
    case 'PageDown':
      return plan.vertically(current, page)
    case 'Home':
      return isWhole ? 0 : plan.rowEnds(current).first
    case 'End':
      return isWhole ? last : plan.rowEnds(current).last
    default:
      return null
  }
}
