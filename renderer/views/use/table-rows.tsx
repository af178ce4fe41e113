/** @file The visible rows of the table of answers, below headers that sort them. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useRef, type JSX } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import type { TableRow } from '../../store/table.ts'
import { answerOf, type TableColumn, type TableView } from '../../store/table-rows.ts'
import { thresholdOf } from '../../store/answers.ts'
import { useSelected } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { SourcePicture } from '../source-picture.tsx'

interface Props {
  readonly rows: readonly TableRow[]
  readonly view: TableView
  readonly onView: (view: TableView) => void
  readonly onOpen: (key: number) => void
}

const rowHeight = 52
const headHeight = 34
const columns = ['name', 'answer', 'probability'] as const

/** Scrolls by itself. */
export function TableRows({ rows, view, onView, onOpen }: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const inSight = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 6,
  })
  return (
    <div
      ref={frame}
      className="answer-table"
      role="table"
      tabIndex={0}
      aria-label={text.use.answers}
      aria-rowcount={rows.length + 1}
    >
      <div className="answer-head" role="rowgroup">
        <div className="answer-row head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <Head key={column} column={column} view={view} onView={onView} />
          ))}
        </div>
      </div>
      {rows.length === 0 ? <p className="soft">{text.use.table.nothing}</p> : null}
      <div className="answer-space" role="rowgroup" style={{ height: inSight.getTotalSize() }}>
        {inSight.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]
          const top = start - headHeight
          return row === undefined ? null : (
            <Row key={key} index={index} row={row} top={top} onOpen={() => onOpen(row.key)} />
          )
        })}
      </div>
    </div>
  )
}

interface HeadProps {
  readonly column: TableColumn
  readonly view: TableView
  readonly onView: (view: TableView) => void
}

const headNames: Readonly<Record<TableColumn, string>> = {
  name: text.use.table.file,
  answer: text.use.table.answer,
  probability: text.use.table.probability,
}

function Head({ column, view, onView }: HeadProps): JSX.Element {
  const isSorted = view.column === column
  const ascending = isSorted ? !view.ascending : true
  const Arrow = view.ascending ? ArrowUp : ArrowDown
  return (
    <span role="columnheader" aria-sort={isSorted ? (view.ascending ? 'ascending' : 'descending') : 'none'}>
      <button type="button" className="sort" onClick={() => onView({ ...view, column, ascending })}>
        {headNames[column]}
        {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </span>
  )
}

interface RowProps {
  readonly index: number
  readonly row: TableRow
  readonly top: number
  readonly onOpen: () => void
}

function Row({ index, row, top, onOpen }: RowProps): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { label, probability } = answerOf(row)
  return (
    <div
      className="answer-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="cell" className="answer-file">
        <SourcePicture source={row.source} size={96} alt="" className="answer-thumb" />
        <button type="button" className="clip" title={row.name} onClick={onOpen}>
          {row.name}
        </button>
      </span>
      <span role="cell" className="clip">
        {label}
      </span>
      <span role="cell" className="answer-sure">
        <span className="number">{percent(probability)}</span>
        <ShareBar share={probability} />
        {probability < threshold ? <span className="tag warning">{text.use.unsure}</span> : null}
      </span>
    </div>
  )
}
