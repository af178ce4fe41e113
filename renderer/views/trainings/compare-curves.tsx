/** @file The accuracy of several runs as they trained, in one figure. */
import { useMemo, type JSX } from 'react'

import { LineChart } from '../../charts/line-chart.tsx'
import type { Curve } from '../../charts/plot.ts'
import type { Compared } from '../../store/compare.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { namesOf } from './compare-names.ts'

const tones = ['first', 'second', 'third', 'fourth'] as const

/** The axis is as long as the longest run. */
export function CompareCurves({ chosen }: { readonly chosen: readonly Compared[] }): JSX.Element {
  const curves = useMemo(() => curvesOf(chosen), [chosen])
  const lines = curves.map(({ name, values }) =>
    text.results.compareBest(name, percent(Math.max(0, ...values))),
  )
  return (
    <LineChart
      key={chosen.map(({ run }) => run.id).join('\n')}
      title={text.results.compareCurve}
      summary={text.results.compareSummary(lines.join(' '))}
      curves={curves}
      totalSteps={Math.max(...chosen.map(({ run }) => run.steps))}
      format={(value) => percent(value)}
      range={[0, 1]}
    />
  )
}

function curvesOf(chosen: readonly Compared[]): Curve[] {
  const names = namesOf(chosen)
  return chosen.map(({ evaluations }, index) => {
    const known = evaluations.flatMap(({ step, accuracy }) => (accuracy === null ? [] : [{ step, accuracy }]))
    return {
      name: names[index] ?? '',
      tone: tones[index % tones.length] ?? 'first',
      look: 'points',
      steps: known.map(({ step }) => step),
      values: known.map(({ accuracy }) => accuracy),
    }
  })
}
