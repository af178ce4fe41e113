/** @file The box that takes a training into the comparison. */
import type { JSX } from 'react'

import type { RunSummary } from '../../../core/api/contract/runs.ts'
import { mostCompared } from '../../store/compare.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'

/** Only what has an accuracy can be compared, and no more at once than can be told apart. */
export function CompareTick({ run: { id, name, bestAccuracy } }: { readonly run: RunSummary }): JSX.Element {
  const { toggle } = useSubject('compare', 'toggle')
  const isChosen = useSelected('compare', ({ chosen }) => chosen.some(({ run }) => run.id === id))
  const isFull = useSelected('compare', ({ chosen }) => chosen.length >= mostCompared)
  return (
    <input
      type="checkbox"
      className="compare-tick"
      aria-label={text.trainings.compare(name)}
      checked={isChosen}
      disabled={bestAccuracy === null || (!isChosen && isFull)}
      onChange={() => void toggle(id)}
    />
  )
}
