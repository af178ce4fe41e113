/** @file The split that a training with the present choices would have. */
import { useMemo } from 'react'

import { splitOf, type CheckedData, type ClassSplit } from '../store/data.ts'
import { useSubject } from '../studio.ts'

/** How many images of each class would be trained on and held back, with the project's share and seed. */
export function usePlannedSplit(checked: CheckedData | null): readonly ClassSplit[] {
  const { validationSplit } = useSubject('data', 'validationSplit')
  const { current } = useSubject('project', 'current')
  const seed = current?.training?.seed ?? 0
  return useMemo(
    () => (checked === null ? [] : splitOf(checked, validationSplit, seed)),
    [checked, validationSplit, seed],
  )
}
