/** @file The frame of a square diagram whose axes both go from 0 to 100 %: grid, ticks, names. */
import type { JSX, ReactNode } from 'react'

import { percent } from '../text/format.ts'

interface Props {
  /** What the diagram says, in a sentence, for people who cannot see it. */
  readonly summary: string
  readonly across: string
  readonly up: string
  /** Drawn in `squareAt`'s coordinates. */
  readonly children: ReactNode
}

const side = 300
const margins = { left: 56, right: 12, top: 10, bottom: 50 }
const ticks = [0, 0.25, 0.5, 0.75, 1]

/** Where a share lies in the drawing: from the left, and from the bottom up. */
export const squareAt = {
  x: (share: number): number => margins.left + side * share,
  y: (share: number): number => margins.top + side * (1 - share),
} as const

/** As wide as its container allows. */
export function SquareDiagram({ summary, across, up, children }: Props): JSX.Element {
  const [width, height] = [margins.left + side + margins.right, margins.top + side + margins.bottom]
  return (
    <svg className="square-diagram" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      {ticks.map((tick) => (
        <g key={tick}>
          <path
            className="grid-line"
            d={`M${squareAt.x(0)} ${squareAt.y(tick)}h${side}M${squareAt.x(tick)} ${squareAt.y(0)}v${-side}`}
          />
          <text x={squareAt.x(tick)} y={squareAt.y(0) + 18} textAnchor="middle">
            {percent(tick)}
          </text>
          <text x={squareAt.x(0) - 8} y={squareAt.y(tick) + 4} textAnchor="end">
            {percent(tick)}
          </text>
        </g>
      ))}
      <text className="axis-name" x={squareAt.x(0.5)} y={height - 8} textAnchor="middle">
        {across}
      </text>
      <text className="axis-name" x={-squareAt.y(0.5)} y={12} textAnchor="middle" transform="rotate(-90)">
        {up}
      </text>
      {children}
    </svg>
  )
}
