/** @file Precision against recall for several kinds in their colours, as steps, the way the average precision counts them. */
import type { JSX } from 'react'

import type { PrecisionRecall } from '../../core/api/contract/results.ts'
import { kindAttributes } from '../kind-colours.ts'
import { text } from '../text/text.ts'
import { SquareDiagram, squareAt } from './square.tsx'

interface Props {
  readonly curves: readonly PrecisionRecall[]
  /** The kind that stands out; null if none does. */
  readonly chosen: number | null
  readonly summary: string
}

/** The better, the nearer to the upper right corner. */
export function PrecisionRecallChart({ curves, chosen, summary }: Props): JSX.Element {
  return (
    <SquareDiagram summary={summary} across={text.results.recall} up={text.results.precision}>
      {curves.map(({ label, points }) => (
        <path
          key={label}
          className={chosen === null || chosen === label ? 'pr-curve' : 'pr-curve faint'}
          d={stepsThrough(points)}
          {...kindAttributes(label)}
        />
      ))}
    </SquareDiagram>
  )
}

function stepsThrough(points: PrecisionRecall['points']): string {
  const { x, y } = squareAt
  const steps = points.map(({ recall, precision }) => `V${y(precision)}H${x(recall)}`)
  return `M${x(0)} ${y(points[0]?.precision ?? 0)}${steps.join('')}`
}
