/** @file The training presets, each with what it means and how long it takes here. */
import type { JSX } from 'react'

import { Preset } from '../../../core/train/schedule.ts'
import { text } from '../../text/text.ts'
import { usePlan } from '../use/plan.ts'

interface Props {
  readonly chosen: Preset
  readonly device: string
  readonly onChoose: (preset: Preset) => void
}

/** One choice among a few. */
export function TrainPresets({ chosen, device, onChoose }: Props): JSX.Element {
  return (
    <fieldset className="choices">
      <legend className="legend-title">{text.train.length}</legend>
      {Preset.options.map((preset) => (
        <label key={preset} className="choice">
          <input type="radio" name="preset" checked={chosen === preset} onChange={() => onChoose(preset)} />
          <strong>{text.train.presets[preset].name}</strong>
          <span className="small soft">{text.train.presets[preset].hint}</span>
          <PresetCost preset={preset} device={device} />
        </label>
      ))}
    </fieldset>
  )
}

function PresetCost({ preset, device }: { readonly preset: Preset; readonly device: string }): JSX.Element {
  const planned = usePlan({ preset, device })
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
