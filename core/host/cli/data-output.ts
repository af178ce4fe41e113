/** @file What several commands report about the images they were given: files left out, and warnings. */
import type { SkippedFile } from '../../data/finding.ts'
import { plain } from '../../studio/printable.ts'
import type { Reporter } from './report.ts'
import { countOf } from './text.ts'
import { inEnglish } from '../../sentence.ts'

const mostShown = 100

/** Names files that are not used, each with its reason; programs get all of them, people the first hundred. */
export function printSkipped(report: Reporter, skipped: readonly SkippedFile[]): void {
  for (const { path, reason } of skipped) report.record({ type: 'skipped', path, reason: inEnglish(reason) })
  if (skipped.length === 0) return
  const lines = skipped
    .slice(0, mostShown)
    .map(({ path, reason }) => plain(`  ${path}: ${inEnglish(reason)}`))
  const more = skipped.length - lines.length
  if (more > 0) lines.push(`  … and ${more} more; --json lists all.`)
  report.line(`${countOf(skipped.length, 'file is', 'files are')} left out:\n${lines.join('\n')}`)
}

/** Tells people what is worth knowing about their images. Programs get warnings in the record they belong to. */
export function printWarnings(report: Reporter, warnings: readonly string[]): void {
  for (const warning of warnings) report.line(`Note: ${warning}`)
}
