/**
 * @file Which of several runs is the best: one rule for the list of projects and the list of trainings. Accuracies are
 * compared only where they were measured on the same images.
 */
import type { RunSummary } from './runs.ts'

type Measured = Pick<RunSummary, 'bestAccuracy' | 'heldOut'>

/** Those measured on the same images as the first that has an accuracy; of runs that are listed newest first, the newest. */
export function comparableRuns<Run extends Measured>(runs: readonly Run[]): Run[] {
  const measured = runs.filter(({ bestAccuracy }) => bestAccuracy !== null)
  return measured.filter(({ heldOut }) => heldOut.sum === measured[0]?.heldOut.sum)
}

/** The most accurate of these; the first of several that are equally good. Null where none has an accuracy. */
export function bestRun<Run extends Measured>(runs: readonly Run[]): Run | null {
  const better = (best: Run | null, run: Run): Run =>
    best === null || (run.bestAccuracy ?? 0) > (best.bestAccuracy ?? 0) ? run : best
  return comparableRuns(runs).reduce<Run | null>(better, null)
}

/** The best of several that can be compared; null where there is nothing to be better than. */
export function betterThanOthers<Run extends Measured>(runs: readonly Run[]): Run | null {
  return comparableRuns(runs).length > 1 ? bestRun(runs) : null
}
