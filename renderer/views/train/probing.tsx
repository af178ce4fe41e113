/** @file How far training is: first the images that the probe looks at, then the trials of a search, then the rounds. */
import type { JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { trialsOf } from '../../../core/train/search/search-record.ts'
import { isSearching, judgedTrials } from '../../store/search-cells.ts'
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
  const step = useSelected('training', ({ latest }) => latest?.step ?? run.step)
  const search = useSelected('training', (training) => training.search)
  const trial = useSelected('training', (training) => training.trial)
  if (!isSearching(search)) return { label: text.train.running(step, run.steps), share: step / run.steps }
  const done = trial === null ? judgedTrials(search) : trial.trial + trial.trialStep / trial.trialSteps
  return { label: trialText(search, trial), share: done / trialsOf(search) }
}
