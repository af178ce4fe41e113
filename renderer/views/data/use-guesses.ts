/** @file Asks the model for kinds of the photos that have none, whenever more was labelled, and reads what it suggests. */
import { useEffect, useMemo } from 'react'

import type { GuessOf, PhotoCounts } from '../../store/arrangement.ts'
import { keyOf } from '../../store/photo-list.ts'
import type { Photos } from '../../store/photos.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'

const askAfterMs = 700
/** With more photos than this the person starts it: looking at them takes minutes. */
export const mostUnasked = 2000

/** Suggestions by photo; null as long as there are none. */
export function useGuesses(photos: Photos): GuessOf | null {
  const { shown } = useSubject('suggestions', 'shown')
  return useMemo(() => {
    if (shown === null) return null
    const places = new Map(photos.kinds.map((name, kind) => [name, kind]))
    return (photo) => {
      const one = photos.at(photo)
      const guess = one === undefined ? undefined : shown.of.get(keyOf(one.root, one.path))
      return guess === undefined
        ? null
        : { kind: places.get(guess.kind) ?? -1, probability: guess.probability }
    }
  }, [photos, shown])
}

/** Asks by itself while there are not too many photos. */
export function useAskedModel(counts: PhotoCounts): void {
  const { suggestions } = useStudio()
  const { said, project } = useSubject('labels', 'said', 'project')
  const model = useSelected('model', ({ state }) => (state.phase === 'ready' ? state.model.path : null))
  const unlabelled = counts.traits.unlabelled
  const isAsked = unlabelled > 0 && unlabelled <= mostUnasked
  useEffect(() => {
    if (!isAsked || project === null || model === null) return undefined
    const timer = setTimeout(() => void suggestions.getState().ask(project, model), askAfterMs)
    return () => clearTimeout(timer)
  }, [suggestions, isAsked, said, project, model])
}
