/** @file How far training is: first the images that the probe looks at, then the rounds. */
import type { JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { useSelected } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Progress } from '../../ui/progress.tsx'

interface Props {
  readonly run: RunDetails
}

/** One bar for both, so that nothing moves when the rounds begin. */
export function TrainProgress({ run }: Props): JSX.Element {
  const probing = useSelected('training', ({ probing: now }) => now)
  const step = useStep(run)
  return probing === null ? (
    <Progress label={text.train.running(step, run.steps)} share={step / run.steps} />
  ) : (
    <Progress label={text.train.probing} share={probing.done / probing.total} />
  )
}

/** The same in words. */
export function TrainPlace({ run }: Props): JSX.Element {
  const probing = useSelected('training', ({ probing: now }) => now)
  const step = useStep(run)
  if (probing === null) return <strong className="number">{text.train.running(step, run.steps)}</strong>
  const { done, total, secondsLeft } = probing
  return (
    <>
      <strong className="number">{text.train.probing}</strong>
      <span className="small soft number">{text.train.probingPlace(done, total, secondsLeft)}</span>
    </>
  )
}

function useStep(run: RunDetails): number {
  return useSelected('training', ({ latest }) => latest?.step ?? run.step)
}
