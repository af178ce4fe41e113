/** @file Curves of precision against recall for the classes of a run: all if they are few, else those it finds hardest. */
import { useEffect, useState } from 'react'

import type { Evaluation, PrecisionRecall } from '../../../core/api/contract/results.ts'
import { useStudio } from '../../studio.ts'

/** More curves cannot be told apart, and the contract gives no more at once. */
export const mostCurves = 12

/** Null until they are there, and where they are not known. */
export function usePrecisionRecall(run: string, evaluation: Evaluation): readonly PrecisionRecall[] | null {
  const { api } = useStudio()
  const [found, setFound] = useState<{ of: Evaluation; curves: readonly PrecisionRecall[] } | null>(null)
  useEffect(() => {
    const labels = hardestOf(evaluation)
    if (labels.length === 0) return undefined
    const interest = new AbortController()
    api.results.precisionRecall({ run, labels }, { signal: interest.signal }).then(
      (curves) => setFound({ of: evaluation, curves }),
      // Without them the table stands alone.
      () => setFound(null),
    )
    return () => interest.abort()
  }, [api, run, evaluation])
  return found?.of === evaluation ? found.curves : null
}

function hardestOf({ perClass }: Evaluation): number[] {
  return perClass
    .map(({ f1, support }, label) => ({ label, support, f1: f1 ?? 0 }))
    .filter(({ support }) => support > 0)
    .toSorted((a, b) => a.f1 - b.f1)
    .slice(0, mostCurves)
    .map(({ label }) => label)
}
