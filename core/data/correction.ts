/** @file An image that a person put into another class. Nothing but zod is imported, because the window reads it too. */
import * as z from 'zod'

/** An image, and the class it belongs to by name. The file stays where it is. */
export const Correction = z.object({
  root: z.string().min(1),
  /** Relative to `root`. */
  path: z.string().min(1),
  label: z.string().min(1),
})
export type Correction = z.output<typeof Correction>
