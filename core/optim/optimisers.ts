/** @file The available optimisers. A new one is a file beside this one and an entry in each list here. */
import * as z from 'zod'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { adamw, AdamwSettings } from './adamw.ts'
import type { OptimiserKind } from './optimiser-kind.ts'
import type { Optimiser } from './optimiser.ts'
import { sgd, SgdSettings } from './sgd.ts'

/** Which optimiser, with all its settings; what is left out has its default. */
export const OptimiserSettings = z.discriminatedUnion('kind', [SgdSettings, AdamwSettings])
export type OptimiserSettings = z.output<typeof OptimiserSettings>

/** The optimiser that settings describe. */
export function createOptimiser(settings: OptimiserSettings): Optimiser {
  switch (settings.kind) {
    case 'sgd':
      return sgd(settings)
    case 'adamw':
      return adamw(settings)
  }
}

/** The paper's: SGD with momentum 0.9. */
export const usualOptimiser = OptimiserSettings.parse({ kind: 'sgd' })

/**
 * The settings of an optimiser of which some are chosen.
 *
 * @throws AppError `invalid_input` if it has no setting of that name, or not of that value
 */
export function optimiserSettings(
  kind: OptimiserKind,
  chosen: Readonly<Record<string, number | undefined>> = {},
): OptimiserSettings {
  const numbers = Object.entries(chosen).filter(([, value]) => value !== undefined)
  const found = OptimiserSettings.safeParse({ kind, ...Object.fromEntries(numbers) })
  if (found.success) return found.data
  const given = numbers.map(([name, value]) => `${name} ${value}`)
  throw new AppError('invalid_input', say`The optimiser ${kind} cannot work with ${given.join(', ')}.`, {
    kind,
    ...chosen,
  })
}
