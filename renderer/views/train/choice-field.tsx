/** @file A setting with a few values, of which the first leaves the choice to the length of the training. */
import { useId, type JSX } from 'react'

import { text } from '../../text/text.ts'

interface Props<T extends string> {
  readonly label: string
  readonly hint: string
  /** Empty where the preset decides. */
  readonly value: T | ''
  readonly options: readonly T[]
  readonly names: Readonly<Record<T, string>>
  /** What the preset decides; null while unknown or where nothing can be left to it. */
  readonly chosen: T | null
  readonly onChange: (value: T | '') => void
}

/** Label, values and one line about them. */
export function ChoiceField<T extends string>(props: Props<T>): JSX.Element {
  const { label, hint, value, options, names, chosen, onChange } = props
  const id = useId()
  return (
    <div className="field wide">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(options.find((one) => one === target.value) ?? '')}
      >
        {chosen === null ? null : <option value="">{text.train.asPreset(names[chosen])}</option>}
        {options.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
      <span id={`${id}-hint`} className="small soft">
        {hint}
      </span>
    </div>
  )
}
