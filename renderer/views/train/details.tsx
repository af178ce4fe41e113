/** @file Every setting of training, each explained in a line; what is left empty is chosen automatically. */
import { useEffect, useId, useState, type JSX, type ReactNode } from 'react'

import type { Device } from '../../../core/api/contract/devices.ts'
import type { Plan } from '../../../core/api/contract/runs.ts'
import { Augment } from '../../../core/data/augmentation.ts'
import { Balance } from '../../../core/data/balance.ts'
import { OptimiserKind, optimiserNames } from '../../../core/optim/optimiser-kind.ts'
import { HeadStart } from '../../../core/train/choices.ts'
import { useStudio } from '../../studio.ts'
import { brief, twoFigures } from '../../text/format.ts'
import { augmentationAdvice, augmentationNames } from '../../text/augmentations.ts'
import { text } from '../../text/text.ts'
import { AugmentPreview } from './augment.tsx'
import { FramingField } from './framing-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { isFine, leastOf, lowers, parts, type Draft, type NumberField } from './draft.ts'
import { wordsOfError, worded } from '../../text/sentences.ts'

interface Props {
  readonly draft: Draft
  /** What is chosen if a field is empty; null while unknown. */
  readonly plan: Plan | null
  readonly onChange: (part: Partial<Draft>) => void
}

/** Three groups: training, images, computer. */
export function TrainDetails({ draft, plan, onChange }: Props): JSX.Element {
  return (
    <div className="stack wide">
      <CourseGroup draft={draft} plan={plan} onChange={onChange} />
      <ImagesGroup draft={draft} plan={plan} onChange={onChange} />
      <Group title={text.train.groups.machine}>
        <DeviceField value={draft.device} onChange={(device) => onChange({ device })} />
        <NumberInput field="seed" chosen="0" value={draft.seed} onChange={(seed) => onChange({ seed })} />
      </Group>
    </div>
  )
}

function CourseGroup({ draft, plan, onChange }: Props): JSX.Element {
  const number = (field: NumberField, chosen: string | undefined): NumberFieldProps => ({
    field,
    chosen,
    value: draft[field],
    onChange: (value) => onChange({ [field]: value }),
  })
  return (
    <Group title={text.train.groups.course}>
      <NumberInput {...number('steps', plan?.steps.toString())} />
      <NumberInput {...number('batch', plan?.batch.toString())} />
      <NumberInput {...number('learningRate', plan === null ? undefined : twoFigures(plan.learningRate))} />
      <NumberInput {...number('warmup', plan?.warmup.toString())} />
      <ChoiceField
        label={text.train.head}
        hint={text.train.headHint}
        value={draft.head}
        options={HeadStart.options}
        names={text.train.heads}
        chosen={plan?.head ?? null}
        onChange={(head) => onChange({ head })}
      />
      <ChoiceField
        label={text.train.lower}
        hint={text.train.lowerHint}
        value={draft.lower}
        options={lowers}
        names={text.train.lowers}
        chosen={plan === null ? null : plan.progressive === null ? 'none' : 'half'}
        onChange={(lower) => onChange({ lower })}
      />
      <ChoiceField
        label={text.train.parts}
        hint={text.train.partsHint}
        value={draft.train}
        options={parts}
        names={text.train.partNames}
        chosen={null}
        onChange={(train) => onChange({ train: train === '' ? 'everything' : train })}
      />
      <ChoiceField
        label={text.train.optimiser}
        hint={text.train.optimiserHint}
        value={draft.optimiser}
        options={OptimiserKind.options}
        names={optimiserNames}
        chosen={null}
        onChange={(optimiser) => onChange({ optimiser: optimiser === '' ? 'sgd' : optimiser })}
      />
    </Group>
  )
}

function ImagesGroup({ draft, plan, onChange }: Props): JSX.Element {
  const augment = draft.augment === '' ? (plan?.augment ?? null) : draft.augment
  return (
    <Group title={text.train.groups.images}>
      <ChoiceField
        label={text.train.augment}
        hint={[text.train.augmentHint, ...(augment === null ? [] : augmentationAdvice(augment))].join(' ')}
        value={draft.augment}
        options={Augment.options.toReversed()}
        names={augmentationNames}
        chosen={plan?.augment ?? null}
        onChange={(chosen) => onChange({ augment: chosen })}
      />
      {augment === null ? null : <AugmentPreview augment={augment} framing={draft.framing} />}
      <FramingField value={draft.framing} onChange={(framing) => onChange({ framing })} />
      <ChoiceField
        label={text.train.balance}
        hint={text.train.balanceHint}
        value={draft.balance}
        options={Balance.options}
        names={text.train.balances}
        chosen={null}
        onChange={(balance) => onChange({ balance: balance === '' ? 'none' : balance })}
      />
    </Group>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): JSX.Element {
  return (
    <section className="card stack">
      <h2>{title}</h2>
      <div className="fields">{children}</div>
    </section>
  )
}

interface NumberFieldProps {
  readonly field: NumberField
  readonly value: string
  /** What an empty field stands for. */
  readonly chosen: string | undefined
  readonly onChange: (value: string) => void
}

const hints = {
  steps: text.train.stepsHint,
  batch: text.train.batchHint,
  learningRate: text.train.learningRateHint,
  warmup: text.train.warmupHint,
  seed: text.train.seedHint,
} as const

function NumberInput({ field, value, chosen, onChange }: NumberFieldProps): JSX.Element {
  const id = useId()
  const isWrong = !isFine(field, value)
  const advice = field === 'learningRate' ? text.train.positiveNumber : text.train.wholeNumber(leastOf(field))
  return (
    <div className="field">
      <label htmlFor={id}>{text.train[field]}</label>
      <input
        id={id}
        className="input number"
        inputMode={field === 'learningRate' ? 'decimal' : 'numeric'}
        value={value}
        placeholder={chosen}
        aria-invalid={isWrong}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <span id={`${id}-hint`} className={isWrong ? 'small problem' : 'small soft'}>
        {isWrong ? advice : hints[field]}
      </span>
    </div>
  )
}

type Devices = readonly Device[] | 'loading' | { readonly problem: string }

function DeviceField(props: {
  readonly value: string
  readonly onChange: (kind: string) => void
}): JSX.Element {
  const id = useId()
  const devices = useDevices()
  const listed = devices === 'loading' || 'problem' in devices ? [] : devices
  const refused = listed.flatMap(({ name, reason }) =>
    reason === null ? [] : [text.train.deviceReason(name, worded(reason))],
  )
  const notes = devices !== 'loading' && 'problem' in devices ? [devices.problem] : refused
  return (
    <div className="field wide">
      <label htmlFor={id}>{text.train.device}</label>
      <select
        id={id}
        className="input"
        value={props.value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => props.onChange(target.value)}
      >
        <option value="auto">{text.train.automatic}</option>
        {listed.map(({ kind, name, gflops }) => (
          <option key={kind} value={kind} disabled={gflops === null}>
            {gflops === null ? text.train.deviceRefused(name) : text.train.deviceSpeed(name, brief(gflops))}
          </option>
        ))}
      </select>
      <span id={`${id}-hint`} className="small soft">
        {text.train.deviceHint}
        {notes.map((note) => (
          <span key={note} className="device-note">
            {note}
          </span>
        ))}
      </span>
    </div>
  )
}

function useDevices(): Devices {
  const { api } = useStudio()
  const [devices, setDevices] = useState<Devices>('loading')
  useEffect(() => {
    const interest = new AbortController()
    api.devices.list(undefined, { signal: interest.signal }).then(setDevices, (error: unknown) => {
      if (!interest.signal.aborted) setDevices({ problem: wordsOfError(error) })
    })
    return () => interest.abort()
  }, [api])
  return devices
}
