/** @file Names that tell runs apart. */
import type { Compared } from '../../store/compare.ts'
import { date } from '../../text/format.ts'

/** The name of each, with its time if another has the same. */
export function namesOf(chosen: readonly Compared[]): string[] {
  const counts = new Map<string, number>()
  for (const { run } of chosen) counts.set(run.name, (counts.get(run.name) ?? 0) + 1)
  return chosen.map(({ run }) =>
    counts.get(run.name) === 1 ? run.name : `${run.name}, ${date(run.createdAt)}`,
  )
}
