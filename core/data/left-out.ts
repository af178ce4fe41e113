/** @file What is left out of a folder, and why, told on top wherever it is more than a few files. */
import type { Finding, SkippedFile } from './finding.ts'

const few = 3
const mostGroups = 20
const mostExamples = 5

/** One finding for more than three files that are not used, or none; `used` are the good ones beside them. */
export function leftOutFinding(root: string, bad: readonly SkippedFile[], used: number): Finding[] {
  if (bad.length <= few) return []
  const byReason = new Map<string, SkippedFile[]>()
  for (const file of bad) {
    const key = JSON.stringify(file.reason)
    const same = byReason.get(key)
    if (same === undefined) byReason.set(key, [file])
    else same.push(file)
  }
  const groups = [...byReason.values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, mostGroups)
    .flatMap((files) => {
      const [first] = files
      if (first === undefined) return []
      const examples = files.slice(0, mostExamples).map(({ path }) => path)
      return [{ reason: first.reason, files: files.length, examples }]
    })
  return [{ kind: 'leftOut', root, files: bad.length, total: bad.length + used, groups }]
}
