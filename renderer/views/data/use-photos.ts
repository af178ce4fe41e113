/** @file The photos of the check with everything that is decided about them, as the wall shows them. */
import { useMemo } from 'react'

import type { CheckedData } from '../../store/data.ts'
import { photosOf, type Photos } from '../../store/photos.ts'
import { useSelected, useSubject } from '../../studio.ts'

/** Computed again whenever something is decided. */
export function usePhotos(checked: CheckedData): Photos {
  const { kinds, said } = useSubject('labels', 'kinds', 'said')
  const { validationSplit: share } = useSubject('data', 'validationSplit')
  const seed = useSelected('project', ({ current }) => current?.training?.seed ?? 0)
  return useMemo(() => photosOf(checked, { kinds, said, share, seed }), [checked, kinds, said, share, seed])
}
