/** @file The training presets, each with what it means and how long it takes here. */
import type { JSX } from 'react'

import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import { Preset } from '../../../core/train/schedule.ts'
import { text } from '../../text/text.ts'
import { planRequestOf, usePlan } from '../use/plan.ts'
import { choicesOf, type Draft } from './draft.ts'

interface Props {
  readonly draft: Draft
  readonly resolution: number | null
  readonly onChoose: (choice: Partial<Draft>) => void
}

/** What choosing a preset changes: what it decides itself is no longer as typed. */
function choiceOf(preset: Preset): Partial<Draft> {
  return { preset, steps: '', warmup: '', search: null }
}

/** One choice among a few. Each says what training would take with the details as they are, as the foot does. */
export function TrainPresets({ draft, resolution, onChoose }: Props): JSX.Element {
  return (
    <fieldset className="choices">
      <legend className="legend-title">{text.train.length}</legend>
      {Preset.options.map((preset) => {
        const isChosen = draft.preset === preset
        const planned = isChosen ? draft : { ...draft, ...choiceOf(preset) }
        return (
          <label key={preset} className="choice">
            <input
              type="radio"
              name="preset"
              checked={isChosen}
              onChange={() => onChoose(choiceOf(preset))}
            />
            <strong>{text.train.presets[preset].name}</strong>
            <span className="small soft">{text.train.presets[preset].hint}</span>
            <PresetCost choices={choicesOf(planned, resolution)} />
          </label>
        )
      })}
    </fieldset>
  )
}

function PresetCost({ choices }: { readonly choices: TrainingChoices | null }): JSX.Element {
  const planned = usePlan(choices === null ? null : planRequestOf(choices))
  const plan = planned !== null && 'plan' in planned ? planned.plan : null
  return (
    <span className="preset-cost">
      <strong className="number">
        {plan === null || plan.seconds === null ? '–' : text.train.about(plan.seconds)}
      </strong>
      <span className="small soft">
        {plan === null ? '' : text.train.presetCost(plan.steps, plan.epochs)}
      </span>
    </span>
  )
}
