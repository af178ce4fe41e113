/** @file The accuracy a training has reached, as it is told while it goes on and afterwards. */
import type { EvaluationEvent } from '../../../core/train/events.ts'
import type { TrainingState } from '../../store/training.ts'

type Run = Extract<TrainingState, { phase: 'run' }>

/** The best so far; null before the first evaluation. What a finished run keeps may be a mixture, which no evaluation speaks of. */
export function bestAccuracyOf({ run, status }: Run, evaluations: readonly EvaluationEvent[]): number | null {
  if (status === 'finished' && run.bestAccuracy !== null) return run.bestAccuracy
  const known = evaluations.flatMap(({ accuracy }) => accuracy ?? [])
  return known.length === 0 ? run.bestAccuracy : known.reduce((best, one) => Math.max(best, one), 0)
}
