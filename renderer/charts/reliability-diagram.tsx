/** @file The reliability diagram: what the model says beside how often it is right, before and after its percentages were corrected. */
import type { JSX } from 'react'

import type { Evaluation, ReliabilityBin } from '../../core/api/contract/results.ts'
import { percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { SquareDiagram, squareAt } from './square.tsx'

/** On the diagonal it is right as often as it says; the lines at the points are 95 % intervals. */
export function ReliabilityDiagram({ before, after }: Evaluation['reliability']): JSX.Element {
  const { x, y } = squareAt
  const words = text.results.reliability
  return (
    <figure className="diagram">
      <SquareDiagram summary={summaryOf(after)} across={words.says} up={words.right}>
        <path className="diagonal" d={`M${x(0)} ${y(0)}L${x(1)} ${y(1)}`} />
        <Line bins={before} className="before" />
        {after.map(({ confidence, interval }) => (
          <path
            key={confidence}
            className="whisker"
            d={`M${x(confidence)} ${y(interval.low)}V${y(interval.high)}m-4 0h8m-8 ${y(interval.low) - y(interval.high)}h8`}
          />
        ))}
        <Line bins={after} className="after" />
      </SquareDiagram>
      <figcaption>
        <ul className="legend">
          <li>
            <span className="mark after" />
            {words.after}
          </li>
          <li>
            <span className="mark before" />
            {words.before}
          </li>
          <li>
            <span className="mark diagonal" />
            {words.perfect}
          </li>
        </ul>
      </figcaption>
    </figure>
  )
}

function summaryOf(bins: readonly ReliabilityBin[]): string {
  const points = bins.map(({ confidence, accuracy }) =>
    text.results.reliability.point(percent(confidence), percent(accuracy)),
  )
  return `${text.results.reliability.title}. ${points.join(' ')}`
}

interface LineProps {
  readonly bins: readonly ReliabilityBin[]
  readonly className: 'before' | 'after'
}

function Line({ bins, className }: LineProps): JSX.Element {
  const { x, y } = squareAt
  const places = bins.map(({ confidence, accuracy }) => `${x(confidence)} ${y(accuracy)}`)
  return (
    <g className={`reliability ${className}`}>
      {places.length > 1 ? <path d={`M${places.join('L')}`} /> : null}
      {bins.map(({ confidence, accuracy, images }) => (
        <circle key={confidence} cx={x(confidence)} cy={y(accuracy)} r={className === 'after' ? 5 : 4}>
          <title>{text.results.certaintyRight(percent(accuracy), images)}</title>
        </circle>
      ))}
    </g>
  )
}
