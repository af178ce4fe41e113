/** @file How often the images of a class are drawn in training. */
import * as z from 'zod'

/**
 * `none`: every image once an epoch. `full`: all classes equally often. `sqrt`: in proportion to the square roots of their
 * sizes, between the two.
 */
export const Balance = z.enum(['none', 'sqrt', 'full'])
export type Balance = z.output<typeof Balance>
