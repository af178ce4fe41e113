/** @file How far training is: first the images that the probe looks at, then the trials of a search, then the rounds. */
import type { JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { isSearching } from '../../store/search-cells.ts'
import { shareDone } from '../../store/training.ts'
import { useSelected } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Progress } from '../../ui/progress.tsx'
import { trialText } from './search-grid.tsx'

interface Props {
  readonly run: RunDetails
}

/** One bar for both, so that nothing moves when the rounds begin. */
export function TrainProgress({ run }: Props): JSX.Element {
  const probing = useSelected('training', ({ probing: now }) => now)
  const place = usePlace(run)
  return probing === null ? (
    <Progress {...place} />
  ) : (
    <Progress label={text.train.probing} share={probing.done / probing.total} />
  )
}

/** The same in words. */
export function TrainPlace({ run }: Props): JSX.Element {
  const probing = useSelected('training', ({ probing: now }) => now)
  const { label } = usePlace(run)
  if (probing === null) return <strong className="number">{label}</strong>
  const { done, total, secondsLeft } = probing
  return (
    <>
      <strong className="number">{text.train.probing}</strong>
      <span className="small soft number">{text.train.probingPlace(done, total, secondsLeft)}</span>
    </>
  )
}

/** At which round the run is, or its search at which trial. */
function usePlace(run: RunDetails): { readonly label: string; readonly share: number } {
  return useSelected('training', (training) => {
    const { latest, search, trial } = training
    const label = isSearching(search)
      ? trialText(search, trial)
      : text.train.running(latest?.step ?? run.step, run.steps)
    return { label, share: shareDone(training, run) }
  })
}
