/** @file How far each head looks on average, by depth: a point for each head. */
import type { JSX } from 'react'

import type { HeadDistances } from '../../../core/api/contract/inspect.ts'
import { text } from '../../text/text.ts'

interface Props {
  readonly result: HeadDistances
  /** Side of the input in pixels. */
  readonly side: number
}

const [width, height] = [480, 240]
const margin = { left: 44, right: 10, top: 10, bottom: 34 }

/** The furthest is about half the side, as far as one looks that looks everywhere alike. */
export function HeadDistancesChart({ result: { distances, photos }, side }: Props): JSX.Element {
  const most = Math.max(side / 2, ...distances.flat())
  const x = (block: number): number =>
    margin.left + ((block + 0.5) / distances.length) * (width - margin.left - margin.right)
  const y = (distance: number): number =>
    height - margin.bottom - (distance / most) * (height - margin.top - margin.bottom)
  const ticks = [0, 0.5, 1].map((share) => Math.round(share * most))
  return (
    <figure className="inside-chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={distances.map(wordsOf).join('; ')}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              className="inside-line"
              x1={margin.left}
              x2={width - margin.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text x={margin.left - 8} y={y(tick) + 5} textAnchor="end">
              {tick}
            </text>
          </g>
        ))}
        {distances.map((heads, block) => (
          <g key={block}>
            {heads.map((distance, head) => (
              <circle key={head} className="inside-head" cx={x(block)} cy={y(distance)} r={4.5} />
            ))}
            {distances.length > 16 && block % 2 === 1 ? null : (
              <text x={x(block)} y={height - margin.bottom + 18} textAnchor="middle">
                {block + 1}
              </text>
            )}
          </g>
        ))}
      </svg>
      <figcaption className="soft">{text.inspect.distancesCaption(photos)}</figcaption>
    </figure>
  )
}

function wordsOf(heads: readonly number[], block: number): string {
  const [near, far] = [Math.round(Math.min(...heads)), Math.round(Math.max(...heads))]
  return text.inspect.distanceAlt(block + 1, near, far)
}
