/** @file The rail on the left: five steps, each with what is done and which comes next. */
import { Check, LayoutGrid, ListChecks } from 'lucide-react'
import type { JSX } from 'react'

import { steps, type Step } from '../store/navigation.ts'
import { useSelected, useSubject } from '../studio.ts'
import { count } from '../text/format.ts'
import { nameOfScreen } from '../text/screens.ts'
import { text } from '../text/text.ts'
import { useStepStates, type StepState } from './screens.ts'
import { WindowTools } from './window-tools.tsx'

/** Navigation of the window. */
export function Rail(): JSX.Element {
  const { screen, go } = useSubject('navigation', 'screen', 'go')
  const project = useSelected('project', ({ current }) => current?.name ?? null)
  const states = useStepStates()
  return (
    <nav className="rail" aria-label={text.steps.label}>
      <button type="button" className="brand" data-screen="home" onClick={() => go('home')}>
        <LayoutGrid size={22} aria-hidden="true" />
        {text.common.app}
      </button>
      {project === null ? null : (
        <p className="rail-project clip" title={project}>
          <span className="visually-hidden">{text.steps.project}</span> {project}
        </p>
      )}
      <ol className="steps">
        {steps.map((step, index) => (
          <li key={step}>
            <StepButton
              step={step}
              number={index + 1}
              name={nameOfScreen(step)}
              isCurrent={screen === step}
              {...states[step]}
              onClick={() => go(step)}
            />
          </li>
        ))}
      </ol>
      <TrainingsLink />
      <WindowTools />
    </nav>
  )
}

/** The way to all trainings of the project; nothing before there is one. */
function TrainingsLink(): JSX.Element | null {
  const { screen, go } = useSubject('navigation', 'screen', 'go')
  const trainings = useSelected('trainings', ({ list }) => list?.length ?? 0)
  if (trainings === 0) return null
  return (
    <button
      type="button"
      className="step rail-link"
      data-screen="trainings"
      aria-current={screen === 'trainings' ? 'page' : undefined}
      onClick={() => go('trainings')}
    >
      <ListChecks size={18} aria-hidden="true" />
      <span className="step-name">{nameOfScreen('trainings')}</span>
      <span className="number soft">{count(trainings)}</span>
    </button>
  )
}

interface StepButtonProps extends StepState {
  readonly step: Step
  readonly number: number
  readonly name: string
  readonly isCurrent: boolean
  readonly onClick: () => void
}

function StepButton(props: StepButtonProps): JSX.Element {
  const { step, number, name, isCurrent, state, note, onClick } = props
  const mark = state === 'done' ? <Check size={14} strokeWidth={3} aria-hidden="true" /> : number
  return (
    <button
      type="button"
      className="step"
      data-screen={step}
      data-state={state}
      aria-current={isCurrent ? 'step' : undefined}
      disabled={state === 'locked'}
      onClick={onClick}
    >
      <span className="step-mark">{mark}</span>
      <span className="step-name">{name}</span>
      <span className="step-state">
        {state === 'done' ? <span className="visually-hidden">{text.steps.done}, </span> : null}
        {note}
      </span>
    </button>
  )
}
