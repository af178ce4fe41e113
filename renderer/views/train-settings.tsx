/** @file What a person may decide about a training before it starts. */
import { useEffect, useState, type JSX } from 'react'

import { type Device } from '../../core/api/contract/devices.ts'
import { Preset, type FineTuneRequest } from '../../core/api/contract/runs.ts'
import { AppError } from '../../core/errors.ts'
import { useStudio, useSubject, type Studio } from '../studio.ts'
import { brief } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Fold } from '../ui/fold.tsx'
import { Notice } from '../ui/notice.tsx'
import { Screen } from './screen.tsx'

const augmentations = ['standard', 'flip', 'none'] as const

/** As typed; an empty field leaves the choice to the preset. */
interface Draft {
  readonly preset: Preset
  readonly steps: string
  readonly batch: string
  readonly learningRate: string
  readonly augment: (typeof augmentations)[number]
  readonly seed: string
  readonly device: string
}

const usual: Draft = {
  preset: 'quick',
  steps: '',
  batch: '',
  learningRate: '',
  augment: 'standard',
  seed: '',
  device: 'auto',
}

/** The screen before a run; `problem` is why the last attempt was refused. */
export function TrainSettings({ problem }: { readonly problem: string | null }): JSX.Element {
  const studio = useStudio()
  const [draft, setDraft] = useState(usual)
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }))
  const { state: data } = useSubject(({ data: store }) => store)
  const { state: model } = useSubject(({ model: store }) => store)
  const request = requestOf(studio, draft)
  const missing = [
    ...(data.phase === 'ready' ? [] : [text.train.missingData]),
    ...(model.phase === 'ready' ? [] : [text.train.missingModel]),
  ]
  return (
    <Screen
      title={text.train.title}
      lead={text.train.lead}
      foot={
        <>
          <span className="soft">{missing.join(' ')}</span>
          <Button
            look="primary"
            disabled={request === null}
            onClick={() => {
              studio.results.getState().forget()
              if (request !== null) void studio.training.getState().start(request)
            }}
          >
            {text.train.start}
          </Button>
        </>
      }
    >
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      <fieldset className="choices">
        <legend className="legend-title">{text.train.length}</legend>
        {Preset.options.map((preset) => (
          <label key={preset} className="choice">
            <input
              type="radio"
              name="preset"
              checked={draft.preset === preset}
              onChange={() => change({ preset })}
            />
            <strong>{text.train.presets[preset].name}</strong>
            <span className="small soft">{text.train.presets[preset].hint}</span>
          </label>
        ))}
      </fieldset>
      <Fold title={text.train.details}>
        <Details draft={draft} onChange={change} />
      </Fold>
    </Screen>
  )
}

interface DetailsProps {
  readonly draft: Draft
  readonly onChange: (part: Partial<Draft>) => void
}

function Details({ draft, onChange }: DetailsProps): JSX.Element {
  return (
    <div className="card fields">
      <NumberField
        label={text.train.steps}
        value={draft.steps}
        min={1}
        onChange={(steps) => onChange({ steps })}
      />
      <NumberField
        label={text.train.batch}
        value={draft.batch}
        min={1}
        onChange={(batch) => onChange({ batch })}
      />
      <NumberField
        label={text.train.learningRate}
        value={draft.learningRate}
        min={0}
        step="any"
        onChange={(learningRate) => onChange({ learningRate })}
      />
      <label className="field">
        <span className="label">{text.train.augment}</span>
        <select
          className="input"
          value={draft.augment}
          onChange={({ target }) =>
            onChange({ augment: augmentations.find((one) => one === target.value) ?? 'standard' })
          }
        >
          {augmentations.map((one) => (
            <option key={one} value={one}>
              {text.train.augmentations[one]}
            </option>
          ))}
        </select>
      </label>
      <NumberField
        label={text.train.seed}
        value={draft.seed}
        min={0}
        placeholder="0"
        onChange={(seed) => onChange({ seed })}
      />
      <DeviceField value={draft.device} onChange={(device) => onChange({ device })} />
    </div>
  )
}

interface NumberProps {
  readonly label: string
  readonly value: string
  readonly min: number
  readonly step?: number | 'any'
  readonly placeholder?: string
  readonly onChange: (value: string) => void
}

function NumberField({ label, value, onChange, ...rest }: NumberProps): JSX.Element {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        className="input number"
        type="number"
        value={value}
        placeholder={text.train.auto}
        onChange={({ target }) => onChange(target.value)}
        {...rest}
      />
    </label>
  )
}

type Devices = readonly Device[] | 'loading' | { readonly problem: string }

function DeviceField(props: {
  readonly value: string
  readonly onChange: (kind: string) => void
}): JSX.Element {
  const { api } = useStudio()
  const [devices, setDevices] = useState<Devices>('loading')
  useEffect(() => {
    const interest = new AbortController()
    api.devices.list(undefined, { signal: interest.signal }).then(setDevices, (error: unknown) => {
      if (!interest.signal.aborted) setDevices({ problem: AppError.from(error).message })
    })
    return () => interest.abort()
  }, [api])
  const listed = devices === 'loading' || 'problem' in devices ? [] : devices
  return (
    <label className="field">
      <span className="label">{text.train.device}</span>
      <select className="input" value={props.value} onChange={({ target }) => props.onChange(target.value)}>
        <option value="auto">{text.train.automatic}</option>
        {listed.map(({ kind, name, gflops, reason }) => (
          <option key={kind} value={kind} disabled={gflops === null}>
            {reason === null ? `${name} (${brief(gflops ?? 0)} GFLOP/s)` : `${name}: ${reason}`}
          </option>
        ))}
      </select>
      {devices !== 'loading' && 'problem' in devices ? (
        <span className="small soft">{devices.problem}</span>
      ) : null}
    </label>
  )
}

/** What is asked of the engine; null while data or model are missing. The engine itself checks the numbers. */
function requestOf({ data, model }: Studio, draft: Draft): FineTuneRequest | null {
  const { state: images, validationSplit } = data.getState()
  const { state: start } = model.getState()
  if (images.phase !== 'ready' || start.phase !== 'ready') return null
  return {
    model: start.model.path,
    data: images.folder,
    ...(images.validation === null ? {} : { validation: images.validation }),
    validationSplit,
    resolution: start.resolution,
    preset: draft.preset,
    augment: draft.augment,
    device: draft.device,
    ...numberOf('steps', draft.steps),
    ...numberOf('batch', draft.batch),
    ...numberOf('learningRate', draft.learningRate),
    ...numberOf('seed', draft.seed),
  }
}

function numberOf<Name extends string>(name: Name, typed: string): Partial<Record<Name, number>> {
  return typed.trim() === '' ? {} : ({ [name]: Number(typed) } as Record<Name, number>)
}
