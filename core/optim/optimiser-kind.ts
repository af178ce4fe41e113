/** @file The names of the optimisers, as requests and the window say them. Nothing but zod is imported. */
import * as z from 'zod'

export const OptimiserKind = z.enum(['sgd', 'adamw'])
export type OptimiserKind = z.output<typeof OptimiserKind>
