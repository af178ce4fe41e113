/** @file How training is going: figures and curves, and a look back at any round. */
import { useId, useMemo, useRef, useState, type JSX } from 'react'

import type { StepEvent } from '../../../core/train/events.ts'
import { createColumns, valueAt, type Columns, type Series } from '../../charts/curves.ts'
import { LineChart } from '../../charts/line-chart.tsx'
import type { Curve } from '../../charts/plot.ts'
import type { TrainingState } from '../../store/training.ts'
import { useSubject } from '../../studio.ts'
import { brief, count, megabytes, percent, twoFigures } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Meters, type Meter } from '../meters.tsx'
import { worded } from '../../text/sentences.ts'

type Run = Extract<TrainingState, { phase: 'run' }>

const none = '–'
const perCent = (value: number): string => percent(value)
const twoDigits = (value: number): string => value.toFixed(2)

/** Folded away until asked for. The layout stays; only the numbers in it change. */
export function RunCurves({ state }: { readonly state: Run }): JSX.Element {
  const { history, latest } = useSubject('training', 'history', 'latest')
  const read = useRef(createColumns())
  const columns = useMemo(() => read.current(history.steps, history.evaluations), [history])
  const curves = useMemo(() => curvesOf(columns), [columns])
  const [at, setAt] = useState<number | null>(null)
  const shared = { totalSteps: state.run.steps, at, onPoint: setAt }
  return (
    <div className="stack wide">
      <Meters meters={metersOf(state, latest)} />
      {state.remarks.map((remark) => (
        <p key={worded(remark)} className="small soft">
          {worded(remark)}
        </p>
      ))}
      <HeadStarted run={state.run} />
      <div className="halves">
        <LineChart
          title={text.train.accuracy}
          summary={text.train.accuracySummary(
            now(columns.accuracy.smooth, perCent),
            now(columns.validationAccuracy, perCent),
          )}
          curves={curves.accuracy}
          format={perCent}
          range={[0, 1]}
          {...shared}
        />
        <LineChart
          title={text.train.loss}
          summary={text.train.lossSummary(
            now(columns.loss.smooth, twoDigits),
            now(columns.validationLoss, twoDigits),
          )}
          curves={curves.loss}
          format={twoDigits}
          {...shared}
        />
        <LineChart
          title={text.train.learningRate}
          summary={text.train.learningRateSummary(now(columns.learningRate, twoFigures))}
          curves={curves.learningRate}
          format={twoFigures}
          height={130}
          {...shared}
        />
        <LineChart
          title={text.train.gradNorm}
          summary={text.train.gradNormSummary(now(columns.gradNorm.smooth, twoDigits))}
          curves={curves.gradNorm}
          format={brief}
          height={130}
          {...shared}
        />
      </div>
      <LookBack columns={columns} at={at} onLook={setAt} />
    </div>
  )
}

/** Why the loss does not start at ln K. */
function HeadStarted({ run: { settings, classes, probe } }: Pick<Run, 'run'>): JSX.Element | null {
  if (settings.head !== 'probe') return null
  const known = probe === null ? '' : text.train.headKnows(percent(probe.accuracy))
  return (
    <p className="small soft">
      {text.train.headStarted(twoDigits(Math.log(classes.length)))} {known}
    </p>
  )
}

interface LookBackProps {
  readonly columns: Columns
  readonly at: number | null
  readonly onLook: (step: number | null) => void
}

/** What the pointer does along the charts, for the keyboard and for screen readers. */
function LookBack({ columns, at, onLook }: LookBackProps): JSX.Element | null {
  const id = useId()
  const { steps } = columns.loss.raw
  const [first, last] = [steps[0], steps.at(-1)]
  if (first === undefined || last === undefined) return null
  const step = Math.min(last, Math.max(first, at ?? last))
  const values = readOut(columns, step)
  return (
    <div className="look-back">
      <label htmlFor={id}>{text.train.lookBack}</label>
      <input
        id={id}
        type="range"
        min={first}
        max={last}
        value={step}
        aria-valuetext={values}
        onChange={({ target }) => onLook(Number(target.value))}
        onBlur={() => onLook(null)}
      />
      <span className="number small soft">{values}</span>
    </div>
  )
}

function readOut({ accuracy, loss, gradNorm, learningRate, ...held }: Columns, step: number): string {
  const read = (series: Series, format: (value: number) => string): string => {
    const value = valueAt(series, step)
    return value === undefined ? none : format(value)
  }
  return text.train.readOut({
    step,
    accuracy: read(accuracy.smooth, perCent),
    heldAccuracy: read(held.validationAccuracy, perCent),
    loss: read(loss.smooth, twoDigits),
    heldLoss: read(held.validationLoss, twoDigits),
    learningRate: read(learningRate, twoFigures),
    gradNorm: read(gradNorm.raw, twoDigits),
  })
}

function curvesOf(columns: Columns): Readonly<Record<Chart, readonly Curve[]>> {
  const { eachRound, average, validation } = text.train
  const raw = (series: Series): Curve => ({ ...series, name: eachRound, tone: 'first', look: 'faint' })
  const mean = (series: Series): Curve => ({ ...series, name: average, tone: 'first', look: 'line' })
  const held = (series: Series): Curve => ({ ...series, name: validation, tone: 'second', look: 'points' })
  const { accuracy, loss, gradNorm, learningRate } = columns
  return {
    accuracy: [raw(accuracy.raw), mean(accuracy.smooth), held(columns.validationAccuracy)],
    loss: [raw(loss.raw), mean(loss.smooth), held(columns.validationLoss)],
    gradNorm: [raw(gradNorm.raw), mean(gradNorm.smooth)],
    learningRate: [{ ...learningRate, name: eachRound, tone: 'first', look: 'line' }],
  }
}

type Chart = 'accuracy' | 'loss' | 'gradNorm' | 'learningRate'

function metersOf(state: Run, latest: StepEvent | null): readonly Meter[] {
  const { run, status, device } = state
  const isOver = status === 'finished' || status === 'stopped'
  return [
    ...(isOver ? sizesOf(run) : paceOf(state, latest)),
    { name: text.train.device, value: device ?? run.settings.engine },
  ]
}

function paceOf({ status, pause }: Run, latest: StepEvent | null): Meter[] {
  const isLive = latest !== null && (status === 'training' || status === 'stopping')
  const isMoving = isLive && pause !== 'on'
  return [
    { name: text.train.speed, value: isMoving ? brief(latest.imagesPerSecond) : none },
    { name: text.train.memory, value: isLive ? megabytes(latest.memoryMB) : none },
  ]
}

function sizesOf({ training, validation, resolution }: Run['run']): Meter[] {
  return [
    { name: text.train.learnedFrom, value: count(training) },
    { name: text.train.heldBack, value: count(validation.length) },
    { name: text.train.resolution, value: `${resolution.width} × ${resolution.height}` },
  ]
}

function now({ values }: Series, format: (value: number) => string): string {
  const last = values.at(-1)
  return last === undefined ? none : format(last)
}
