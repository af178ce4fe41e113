/** @file One row of the wall: a heading, or pictures side by side. */
import { Check, Maximize2 } from 'lucide-react'
import { memo, type JSX } from 'react'

import { useSelected } from '../../studio.ts'
import { text } from '../../text/text.ts'
import type { WallContent } from './wall-content.ts'
import type { WallGeometry } from './wall-geometry.ts'

interface Props {
  readonly geometry: WallGeometry
  readonly row: number
  readonly content: WallContent
  /** Whether it is the heading of the pictures in sight, which stays on top. */
  readonly isSticky: boolean
  /** The picture that has the focus or would get it, if it is in this row. */
  readonly current: number | null
}

/** Drawn once as long as the wall only scrolls. */
export const WallRow = memo(function WallRow(props: Props): JSX.Element {
  const { geometry, row, content, isSticky, current } = props
  const place = geometry.plan.row(row)
  const style = isSticky ? undefined : { transform: `translateY(${geometry.topOf(row)}px)` }
  if (place.kind === 'heading') {
    return (
      <div
        role="row"
        aria-rowindex={row + 1}
        className={isSticky ? 'wall-row sticky' : 'wall-row'}
        style={style}
      >
        <div role="rowheader" className="wall-heading">
          {content.heading(place.section)}
        </div>
      </div>
    )
  }
  const places = Array.from({ length: place.count }, (_, column) => place.first + column)
  return (
    <div role="row" aria-rowindex={row + 1} className="wall-row" style={style}>
      {places.map((one, column) => (
        // A place keeps its element, and with it the focus, when another picture comes to it.
        <Cell key={column} place={one} content={content} isCurrent={one === current} />
      ))}
      {content.rowEnd?.(place.first, place.count, geometry.plan.sectionOf(row))}
    </div>
  )
})

interface CellProps {
  readonly place: number
  readonly content: WallContent
  readonly isCurrent: boolean
}

function Cell({ place, content, isCurrent }: CellProps): JSX.Element | null {
  const cell = content.cell(place)
  const isChosen = useSelected('selection', ({ chosen }) => cell !== null && chosen.has(cell.id))
  if (cell === null) return null
  return (
    <div
      role="gridcell"
      className="wall-picture"
      data-place={place}
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isChosen}
      aria-label={cell.name}
    >
      {cell.picture}
      <span className="wall-check" aria-hidden="true">
        <Check size={14} strokeWidth={3} />
      </span>
      <button type="button" className="wall-zoom" tabIndex={-1} aria-label={text.wall.open(cell.name)}>
        <Maximize2 size={14} aria-hidden="true" />
      </button>
    </div>
  )
}
