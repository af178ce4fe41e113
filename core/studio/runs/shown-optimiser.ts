/** @file What a window shows of an optimiser's settings. */
import type { OptimiserSettings } from '../../optim/optimisers.ts'

/** Its kind, and its momentum if it has one. */
export function shownOptimiser(settings: OptimiserSettings): {
  readonly optimiser: OptimiserSettings['kind']
  readonly momentum: number | null
} {
  return { optimiser: settings.kind, momentum: settings.kind === 'sgd' ? settings.momentum : null }
}
