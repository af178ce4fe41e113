/** @file A form that sets what a file does not say, or says wrongly. */
import { useId, useState, type JSX, type ReactNode } from 'react'

import type { ModelDescription } from '../../../core/api/contract/models.ts'
import { ModelOverrides } from '../../../core/api/contract/overrides.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** As typed and chosen. */
interface Draft {
  readonly heads: string
  readonly gelu: ModelDescription['gelu']
  readonly pooling: ModelDescription['pooling']
  readonly epsilon: string
  readonly mean: readonly string[]
  readonly std: readonly string[]
}

interface Props {
  readonly model: ModelDescription
  readonly overrides: ModelOverrides
}

/** Applies the fields that differ from the current values, and what was corrected before. */
export function ModelCorrections({ model, overrides }: Props): JSX.Element {
  const { correct, refusal } = useSubject('model', 'correct', 'refusal')
  const [draft, setDraft] = useState(() => draftOf(model))
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }))
  const asked = overridesOf(draft, model, overrides)
  const isChanged = asked !== null && JSON.stringify(asked) !== JSON.stringify(overrides)
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (asked !== null) void correct(asked)
      }}
    >
      <p className="small soft">{text.model.correctHint}</p>
      <div className="fields">
        <HeadsField value={draft.heads} onChange={(heads) => change({ heads })} />
        <EpsilonField value={draft.epsilon} onChange={(epsilon) => change({ epsilon })} />
        <Select
          label={text.model.gelu}
          hint={text.model.geluHint}
          names={text.model.gelus}
          options={['erf', 'tanh', 'quick']}
          value={draft.gelu}
          onChange={(gelu) => change({ gelu })}
        />
        <Select
          label={text.model.pooling}
          hint={text.model.poolingHint}
          names={text.model.poolings}
          options={poolingsFor(model.pooling)}
          value={draft.pooling}
          onChange={(pooling) => change({ pooling })}
        />
      </div>
      <Channels label={text.model.mean} values={draft.mean} onChange={(mean) => change({ mean })} />
      <Channels label={text.model.std} values={draft.std} onChange={(std) => change({ std })} />
      <p className="small soft">{text.model.normalisationHint}</p>
      {refusal === null ? null : <Notice kind="error">{refusal}</Notice>}
      <div className="row">
        <Button type="submit" disabled={!isChanged}>
          {text.model.correctApply}
        </Button>
        <Button look="quiet" disabled={Object.keys(overrides).length === 0} onClick={() => void correct({})}>
          {text.model.correctReset}
        </Button>
      </div>
    </form>
  )
}

/** Attention pooling has weights of its own, so it is offered only if the model has them. */
function poolingsFor(own: Draft['pooling']): readonly Draft['pooling'][] {
  const usual = ['class', 'mean', 'distilled'] as const
  return usual.some((one) => one === own) ? usual : [own, ...usual]
}

function draftOf({ heads, gelu, pooling, layerNormEpsilon, normalisation }: ModelDescription): Draft {
  return {
    heads: String(heads),
    gelu,
    pooling,
    epsilon: String(layerNormEpsilon),
    mean: normalisation.mean.map(String),
    std: normalisation.std.map(String),
  }
}

/** Null if a field is invalid. */
function overridesOf(draft: Draft, model: ModelDescription, before: ModelOverrides): ModelOverrides | null {
  const now = draftOf(model)
  const isSame = (field: keyof Draft): boolean => JSON.stringify(draft[field]) === JSON.stringify(now[field])
  const values = { mean: draft.mean.map(numberOf), std: draft.std.map(numberOf) }
  const parsed = ModelOverrides.safeParse({
    ...before,
    ...(isSame('heads') ? {} : { heads: numberOf(draft.heads) }),
    ...(isSame('gelu') ? {} : { gelu: draft.gelu }),
    ...(isSame('pooling') ? {} : { pooling: draft.pooling }),
    ...(isSame('epsilon') ? {} : { layerNormEpsilon: numberOf(draft.epsilon) }),
    ...(isSame('mean') && isSame('std') ? {} : { normalisation: values }),
  })
  return parsed.success ? parsed.data : null
}

function numberOf(typed: string): number {
  return typed.trim() === '' ? NaN : Number(typed)
}

interface TypedProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

function HeadsField({ value, onChange }: TypedProps): JSX.Element {
  const isFine = ModelOverrides.shape.heads.safeParse(numberOf(value)).success
  return (
    <Field label={text.model.heads} hint={text.model.headsHint}>
      {(described) => (
        <input
          className="input number"
          type="number"
          min={1}
          value={value}
          aria-invalid={!isFine}
          aria-describedby={described}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

function EpsilonField({ value, onChange }: TypedProps): JSX.Element {
  const isFine = ModelOverrides.shape.layerNormEpsilon.safeParse(numberOf(value)).success
  return (
    <Field label={text.model.epsilon} hint={text.model.epsilonHint}>
      {(described) => (
        <input
          className="input number"
          inputMode="decimal"
          value={value}
          aria-invalid={!isFine}
          aria-describedby={described}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  )
}

interface SelectProps<T extends string> {
  readonly label: string
  readonly hint: string
  readonly names: Readonly<Record<T, string>>
  readonly options: readonly T[]
  readonly value: T
  readonly onChange: (value: T) => void
}

function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const { label, hint, names, options, value, onChange } = props
  return (
    <Field label={label} hint={hint}>
      {(described) => (
        <select
          className="input"
          value={value}
          aria-describedby={described}
          onChange={({ target }) => onChange(options.find((one) => one === target.value) ?? value)}
        >
          {options.map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface FieldProps {
  readonly label: string
  readonly hint: string
  /** The control, described by the element with this id. */
  readonly children: (described: string) => ReactNode
}

function Field({ label, hint, children }: FieldProps): JSX.Element {
  const id = useId()
  return (
    <div className="stack tight">
      <label className="field">
        <span className="label">{label}</span>
        {children(id)}
      </label>
      <span id={id} className="small soft">
        {hint}
      </span>
    </div>
  )
}

interface ChannelsProps {
  readonly label: string
  readonly values: readonly string[]
  readonly onChange: (values: readonly string[]) => void
}

function Channels({ label, values, onChange }: ChannelsProps): JSX.Element {
  return (
    <fieldset className="channels">
      <legend className="label">{label}</legend>
      {values.map((value, channel) => (
        <input
          key={text.model.channels[channel]}
          className="input number"
          inputMode="decimal"
          aria-label={`${label}, ${text.model.channels[channel] ?? ''}`}
          aria-invalid={!Number.isFinite(numberOf(value))}
          value={value}
          onChange={({ target }) => onChange(values.with(channel, target.value))}
        />
      ))}
    </fieldset>
  )
}
