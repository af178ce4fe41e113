/** @file What happens to images and folders dropped where a trained model can look at them. */
import { useCallback } from 'react'

import type { Dropped } from '../../store/drops.ts'
import { useStudio } from '../../studio.ts'

/** Shows a drop to a model on the Use step. A folder whose path is known is read in place; null does nothing. */
export function useTake(model: string | null): (dropped: Dropped) => void {
  const { use, table, navigation } = useStudio()
  return useCallback(
    (dropped) => {
      if (model === null) return
      navigation.getState().go('use')
      if (dropped.kind === 'files') {
        void use.getState().ask(model, dropped.files)
        return
      }
      use.getState().clearAnswers()
      if (dropped.path === null) void table.getState().readTree(model, dropped.tree)
      else void table.getState().readFolder(model, dropped.path)
    },
    [model, use, table, navigation],
  )
}
