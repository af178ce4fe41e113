/** @file How the learning goes: figures and curves. */
import { useMemo, type JSX } from 'react'

import { columnsOf } from '../charts/curves.ts'
import { LineChart } from '../charts/line-chart.tsx'
import type { TrainingState } from '../store/training.ts'
import { useSubject } from '../studio.ts'
import { brief, duration, megabytes, percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Meters } from './meters.tsx'

type Run = Extract<TrainingState, { phase: 'run' }>

const none = '–'
const perCent = (value: number): string => percent(value)
const twoDigits = (value: number): string => value.toFixed(2)

/** The figures stand still; only the numbers in them change. */
export function RunCurves({ state }: { readonly state: Run }): JSX.Element {
  const { history } = useSubject((studio) => studio.training)
  const columns = useMemo(() => columnsOf(history.steps, history.evaluations), [history])
  const { steps } = state.run
  const accuracyCurves = useMemo(
    () =>
      [
        { name: text.train.training, tone: 'first', values: columns.accuracy },
        { name: text.train.validation, tone: 'second', values: columns.validationAccuracy, sparse: true },
      ] as const,
    [columns],
  )
  const lossCurves = useMemo(
    () =>
      [
        { name: text.train.training, tone: 'first', values: columns.loss },
        { name: text.train.validation, tone: 'second', values: columns.validationLoss, sparse: true },
      ] as const,
    [columns],
  )
  return (
    <>
      <Meters meters={metersOf(state, bestOf(history.evaluations))} />
      <div className="halves">
        <LineChart
          title={text.train.accuracy}
          summary={text.train.accuracySummary(
            shown(columns.accuracy, perCent),
            shown(columns.validationAccuracy, perCent),
          )}
          steps={columns.steps}
          curves={accuracyCurves}
          totalSteps={steps}
          format={perCent}
          range={[0, 1]}
        />
        <LineChart
          title={text.train.loss}
          summary={text.train.lossSummary(shown(columns.loss, twoDigits))}
          steps={columns.steps}
          curves={lossCurves}
          totalSteps={steps}
          format={twoDigits}
        />
      </div>
    </>
  )
}

function metersOf(
  { run, status, latest, device }: Run,
  best: number | null,
): { readonly name: string; readonly value: string }[] {
  const isLive = latest !== null && (status === 'training' || status === 'stopping')
  const bestAccuracy = best ?? run.bestAccuracy
  return [
    { name: text.train.best, value: bestAccuracy === null ? none : percent(bestAccuracy) },
    { name: text.train.timeLeft, value: isLive ? duration(latest.secondsLeft) : none },
    { name: text.train.speed, value: latest === null ? none : brief(latest.imagesPerSecond) },
    { name: text.train.memory, value: isLive ? megabytes(latest.memoryMB) : none },
    { name: text.train.device, value: device ?? none },
  ]
}

function bestOf(evaluations: readonly { readonly accuracy: number | null }[]): number | null {
  const known = evaluations.flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy]))
  return known.length === 0 ? null : Math.max(...known)
}

function shown(values: readonly (number | null)[], format: (value: number) => string): string {
  const last = values.findLast((value) => value !== null)
  return last === undefined || last === null ? none : format(last)
}
