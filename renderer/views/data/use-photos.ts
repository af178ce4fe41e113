/** @file The photos of the check with everything that is decided about them, as the wall shows them. */
import { useMemo } from 'react'

import type { CheckedData } from '../../store/data.ts'
import { photosOf, type Photos } from '../../store/photos.ts'
import { useSelected, useSubject } from '../../studio.ts'

/** Computed again whenever something is decided. */
export function usePhotos(checked: CheckedData): Photos {
  const { corrections } = useSubject('corrections', 'corrections')
  const { validationSplit } = useSubject('data', 'validationSplit')
  const seed = useSelected('project', ({ current }) => current?.training?.seed ?? 0)
  return useMemo(
    () => photosOf(checked, corrections, validationSplit, seed),
    [checked, corrections, validationSplit, seed],
  )
}
