/** @file What a person may decide about training before it starts, with the time it will take. */
import { useState, type JSX } from 'react'

import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { presets } from '../../../core/train/schedule.ts'
import { fewestStepsToSearch } from '../../../core/train/search/search-record.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Screen } from '../screen.tsx'
import { BalanceAdvice } from './balance-advice.tsx'
import { TrainDetails } from './details.tsx'
import { choicesOf, draftOf, type Draft } from './draft.ts'
import { TellMe } from './news.tsx'
import { TrainPresets } from './presets.tsx'
import { requestOf, startTraining } from './training-actions.ts'
import { planRequestOf, usePlan, type Planned } from '../use/plan.ts'

/** The screen before a run; `problem` is why the last attempt was refused. */
export function TrainSettings({ problem }: { readonly problem: string | null }): JSX.Element {
  const { project } = useStudio()
  const { state: model } = useSubject('model', 'state')
  const resolution = model.phase === 'ready' ? model.resolution : null
  const [draft, setDraft] = useState(() => draftOf(project.getState().current?.training ?? null))
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part }
    const choices = choicesOf(next, resolution)
    setDraft(next)
    if (choices !== null) project.getState().setTraining(choices)
  }
  const choices = choicesOf(draft, resolution)
  const planned = usePlan(choices === null ? null : planRequestOf(choices))
  return (
    <Screen
      title={text.train.title}
      lead={text.train.lead}
      foot={<StartFoot choices={choices} planned={planned} />}
    >
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      <TrainPresets draft={draft} resolution={resolution} onChoose={change} />
      <SearchSwitch
        isOn={draft.search ?? presets[draft.preset].search}
        isPossible={stepsOf(draft) >= fewestStepsToSearch}
        onChange={(search) => change({ search })}
      />
      <BalanceAdvice balance={draft.balance} onChange={(balance) => change({ balance })} />
      <TellMe />
      <Fold title={text.train.details}>
        <TrainDetails
          draft={draft}
          plan={planned !== null && 'plan' in planned ? planned.plan : null}
          onChange={change}
        />
      </Fold>
    </Screen>
  )
}

interface SwitchProps {
  readonly isOn: boolean
  readonly isPossible: boolean
  readonly onChange: (isOn: boolean) => void
}

/** As typed, or as the preset has them. */
function stepsOf({ steps, preset }: Draft): number {
  return steps.trim() === '' ? presets[preset].steps : Number(steps)
}

function SearchSwitch({ isOn, isPossible, onChange }: SwitchProps): JSX.Element {
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={isOn}
        disabled={!isPossible && !isOn}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{text.train.search.first}</span>
      <span className="small soft">
        {isPossible ? text.train.search.firstHint : text.train.search.tooShort(fewestStepsToSearch)}
      </span>
    </label>
  )
}

interface FootProps {
  readonly choices: TrainingChoices | null
  readonly planned: Planned
}

function StartFoot({ choices, planned }: FootProps): JSX.Element {
  const studio = useStudio()
  const { state: data } = useSubject('data', 'state')
  const { state: model } = useSubject('model', 'state')
  const request = requestOf(studio, choices)
  const missing = [
    ...(data.phase === 'ready' ? [] : [text.train.missingData]),
    ...(model.phase === 'ready' ? [] : [text.train.missingModel]),
    ...(choices === null ? [text.train.missingNumbers] : []),
  ]
  const isPossible = request !== null && (planned === null || 'plan' in planned)
  return (
    <>
      <p className="foot-note" aria-live="polite">
        {missing.length > 0 ? missing.join(' ') : <Expectation planned={planned} />}
      </p>
      <Button
        look="primary"
        disabled={!isPossible}
        onClick={() => {
          if (request !== null) startTraining(studio, request)
        }}
      >
        {text.train.start}
      </Button>
    </>
  )
}

/** How long it will take, and how well that is known. */
function Expectation({ planned }: { readonly planned: Planned }): JSX.Element {
  if (planned === null) return <>{text.train.planning}</>
  if ('problem' in planned) return <span className="problem">{planned.problem}</span>
  const { seconds, device, isMeasured } = planned.plan
  if (seconds === null || device === null) return <>{text.train.noDevice}</>
  return (
    <>
      <strong>{text.train.plan(seconds, device)}</strong>{' '}
      <span className="soft">{isMeasured ? text.train.planMeasured : text.train.planEstimated}</span>
    </>
  )
}
