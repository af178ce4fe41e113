/** @file Accuracy for one, five, … photos per class as bars, each with the spread over draws. */
import type { JSX } from 'react'

import type { FewShotResult } from '../../../core/api/contract/few-shot.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'

interface Props {
  readonly name: string
  readonly shots: FewShotResult['shots']
}

const width = 44
const gap = 14
const height = 84
const top = 18
const foot = 20

/** The picture is drawn over a table with the same numbers, which is what a reader gets. */
export function ShotsChart({ name, shots }: Props): JSX.Element {
  const total = shots.length * (width + gap)
  return (
    <div className="shots">
      <svg viewBox={`0 0 ${total} ${top + height + foot}`} aria-hidden="true">
        <line className="shots-base" x1={0} x2={total} y1={top + height} y2={top + height} />
        {shots.map((one, place) => (
          <Bar key={one.shots} x={place * (width + gap) + gap / 2} {...one} />
        ))}
      </svg>
      <p className="small soft" aria-hidden="true">
        {text.model.fewAxis}
      </p>
      {/* A frame, because a table is never smaller than what it holds. */}
      <div className="visually-hidden">
        <table>
          <caption>{text.model.fewTable(name)}</caption>
          <tbody>
            {shots.map(({ shots: count, accuracy, spread }) => (
              <tr key={count}>
                <th scope="row">{text.model.fewShots(count)}</th>
                <td>{text.model.expected(accuracy, spread)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

interface BarProps {
  readonly x: number
  readonly shots: number
  readonly accuracy: number
  readonly spread: number | null
}

function Bar({ x, shots, accuracy, spread }: BarProps): JSX.Element {
  const y = (share: number): number => top + height * (1 - Math.min(1, Math.max(0, share)))
  const middle = x + width / 2
  const [low, high] = [y(accuracy - (spread ?? 0)), y(accuracy + (spread ?? 0))]
  return (
    <g>
      <rect
        className="shots-bar"
        x={x}
        y={y(accuracy)}
        width={width}
        height={top + height - y(accuracy)}
        rx={3}
      />
      {spread === null ? null : (
        <path
          className="shots-spread"
          d={`M${middle} ${low}V${high}M${middle - 5} ${low}h10M${middle - 5} ${high}h10`}
        />
      )}
      <text className="shots-value" x={middle} y={high - 4}>
        {percent(Math.round(100 * accuracy) / 100)}
      </text>
      <text className="shots-count" x={middle} y={top + height + 14}>
        {shots}
      </text>
    </g>
  )
}
