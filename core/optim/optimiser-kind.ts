/**
 * @file The names of the optimisers, as requests and the window say them; as names they are the same in every language.
 * Nothing but zod is imported.
 */
import * as z from 'zod'

/** What each is called. */
export const optimiserNames = { sgd: 'SGD with momentum', adamw: 'AdamW' } as const

export const OptimiserKind = z.enum(Object.keys(optimiserNames) as (keyof typeof optimiserNames)[])
export type OptimiserKind = z.output<typeof OptimiserKind>
