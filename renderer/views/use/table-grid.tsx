/** @file The images of a table as pictures with their answers, of which only the visible ones exist. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useRef, useState, type JSX } from 'react'

import { thresholdOf } from '../../store/answers.ts'
import type { TableRow } from '../../store/table.ts'
import { answerOf } from '../../store/table-rows.ts'
import { useSelected } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { SourcePicture } from '../source-picture.tsx'

interface Props {
  readonly rows: readonly TableRow[]
  readonly classes: readonly string[]
  /** Whether more are to come. */
  readonly isReading: boolean
  readonly onOpen: (key: number) => void
}

const smallestCell = 168
const gap = 12
const captionHeight = 52

/** Scrolls by itself; as many columns as fit. */
export function TableGrid({ rows, classes, isReading, onOpen }: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const columns = Math.max(1, Math.floor((width + gap) / (smallestCell + gap)))
  const side = Math.floor((width - gap * (columns - 1)) / columns)
  const height = side + captionHeight + gap
  const lines = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 2,
  })
  useLayoutEffect(() => lines.measure(), [lines, height])
  return (
    <div ref={frame} className="answer-table" tabIndex={0} role="group" aria-label={text.use.answers}>
      {rows.length === 0 && !isReading ? <p className="soft">{text.use.table.nothing}</p> : null}
      <div className="answer-space" style={{ height: lines.getTotalSize() }}>
        {lines.getVirtualItems().map(({ index, start }) => (
          <ul
            key={index}
            className="answer-line"
            style={{
              transform: `translateY(${start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              gap,
            }}
          >
            {rows.slice(index * columns, (index + 1) * columns).map((row) => (
              <Cell key={row.key} row={row} side={side} classes={classes} onOpen={() => onOpen(row.key)} />
            ))}
          </ul>
        ))}
      </div>
    </div>
  )
}

interface CellProps {
  readonly row: TableRow
  readonly side: number
  readonly classes: readonly string[]
  readonly onOpen: () => void
}

function Cell({ row, side, classes, onOpen }: CellProps): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { label, probability } = answerOf(row)
  return (
    <li>
      <button
        type="button"
        className="answer-cell"
        aria-label={text.use.table.open(row.name, label, percent(probability))}
        style={{ height: side }}
        onClick={onOpen}
      >
        <SourcePicture source={row.source} size={320} alt="" className="gallery-image" />
      </button>
      <span className="answer-caption" aria-hidden="true">
        <KindName kind={classes.indexOf(label)} name={label} />
        <span className="soft number">{percent(probability)}</span>
      </span>
      {probability < threshold ? (
        <span className="answer-unsure" aria-hidden="true">
          {text.use.unsure}
        </span>
      ) : null}
    </li>
  )
}

/** The width of an element's content, before the first one is painted. */
function useWidth(frame: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const measure = (): void => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return width
}
