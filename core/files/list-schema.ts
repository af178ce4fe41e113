/** @file A list of a stranger's file in a schema: it may have millions of entries, all of them wrong. */
import * as z from 'zod'

/** As `z.array(entry).min(least).max(most)`, which would tell of every wrong entry: this tells of the first. */
export function listOf<T extends z.ZodType>(entry: T, least = 0, most = Infinity): z.ZodType<z.output<T>[]> {
  return z.unknown().transform((value, context): z.output<T>[] => {
    if (!Array.isArray(value) || value.length < least || value.length > most) {
      const atMost = most === Infinity ? '' : ` and at most ${most}`
      context.addIssue(`Invalid input: expected a list of at least ${least}${atMost}`)
      return z.NEVER
    }
    const list: z.output<T>[] = []
    for (const [place, given] of value.entries()) {
      const parsed = entry.safeParse(given)
      if (!parsed.success) {
        for (const issue of parsed.error.issues)
          context.addIssue({ ...issue, code: 'custom', path: [place, ...issue.path] })
        return z.NEVER
      }
      list.push(parsed.data)
    }
    return list
  })
}
