/** @file Many new images as a table of which only the visible rows exist: sorted, filtered, opened in close-up, saved. */
import { Download } from 'lucide-react'
import { useMemo, useState, type JSX } from 'react'

import { GuessBars } from '../../charts/guesses.tsx'
import type { Table, TableRow } from '../../store/table.ts'
import { answerOf, countsOf, shownRows, type TableView } from '../../store/table-rows.ts'
import { thresholdOf } from '../../store/answers.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { saveCsv } from '../../text/csv.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { ImageDialog } from '../image-dialog.tsx'
import { TableRows } from './table-rows.tsx'
import { tableForSpreadsheets } from './table-csv.ts'

const firstView: TableView = { column: 'name', ascending: true, label: null, onlyUnsure: false }

/** The results so far can be viewed while the rest is read. */
export function AnswerTable({ table }: { readonly table: Table }): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { clear } = useSubject('table', 'clear')
  const [view, setView] = useState<TableView>(firstView)
  const [open, setOpen] = useState<number | null>(null)
  const rows = useMemo(() => shownRows(table.rows, view, threshold), [table.rows, view, threshold])
  const place = rows.findIndex(({ key }) => key === open)
  const row = rows[place]
  const title = text.use.table.title(table.title)
  return (
    <section className="card stack" aria-label={title}>
      <div className="row apart">
        <h2 className="clip" title={table.title}>
          {title}
        </h2>
        <div className="row">
          <Button disabled={table.rows.length === 0} onClick={() => saveTable(table, threshold)}>
            <Download size={16} aria-hidden="true" />
            {text.use.table.save}
          </Button>
          <Button look="quiet" onClick={clear}>
            {text.use.table.close}
          </Button>
        </div>
      </div>
      <Status table={table} />
      <Left table={table} />
      {table.rows.length === 0 ? null : (
        <>
          <Filters table={table} view={view} shown={rows.length} onView={setView} />
          <TableRows rows={rows} view={view} onView={setView} onOpen={setOpen} />
        </>
      )}
      {row === undefined ? null : (
        <ImageDialog
          title={row.name}
          model={table.model}
          source={row.source}
          alt={row.name}
          place={place}
          total={rows.length}
          onGo={(next) => setOpen(rows[next]?.key ?? null)}
          onClose={() => setOpen(null)}
        >
          <RowAnswer row={row} />
        </ImageDialog>
      )}
    </section>
  )
}

function saveTable(table: Table, threshold: number): void {
  saveCsv(text.use.table.csv.name, tableForSpreadsheets(table, threshold, text.use.table))
}

function RowAnswer({ row }: { readonly row: TableRow }): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { label, probability } = answerOf(row)
  return (
    <>
      <h3 className="row">
        {label}
        {probability < threshold ? <span className="tag warning">{text.use.unsure}</span> : null}
      </h3>
      <GuessBars top={row.top} />
    </>
  )
}

function Status({ table }: { readonly table: Table }): JSX.Element | null {
  const { stop } = useSubject('table', 'stop')
  const { status, done, total, problem } = table
  switch (status) {
    case 'done':
      return null
    case 'stopped':
      return <Notice kind="info">{text.use.table.stopped(done, total ?? done)}</Notice>
    case 'failed':
      return <Notice kind="error">{problem}</Notice>
    case 'working':
      return (
        <div className="stack tight">
          <Progress
            label={text.use.table.listing}
            share={total === null || total === 0 ? undefined : done / total}
          />
          <div className="row apart">
            <span className="small soft number">
              {total === null ? text.use.table.listing : text.use.table.progress(done, total)}
            </span>
            <Button onClick={stop}>{text.use.table.stop}</Button>
          </div>
        </div>
      )
    default:
      return status
  }
}

interface FiltersProps {
  readonly table: Table
  readonly view: TableView
  readonly shown: number
  readonly onView: (view: TableView) => void
}

function Filters({ table, view, shown, onView }: FiltersProps): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const counts = useMemo(() => countsOf(table.rows, threshold), [table.rows, threshold])
  const unsure = counts.reduce((sum, one) => sum + one.unsure, 0)
  return (
    <div className="row">
      <label className="row small">
        {text.use.table.filter}
        <select
          className="input select"
          value={view.label ?? ''}
          onChange={({ target }) => onView({ ...view, label: target.value === '' ? null : target.value })}
        >
          <option value="">{text.use.table.all(table.rows.length)}</option>
          {counts.map(({ label, images }) => (
            <option key={label} value={label}>
              {text.use.table.ofClass(label, images)}
            </option>
          ))}
        </select>
      </label>
      <label className="row check small">
        <input
          type="checkbox"
          checked={view.onlyUnsure}
          onChange={({ target }) => onView({ ...view, onlyUnsure: target.checked })}
        />
        {text.use.table.onlyUnsure(unsure)}
      </label>
      <span className="small soft number" role="status">
        {text.use.table.shown(shown)}
      </span>
    </div>
  )
}

const mostListed = 200

function Left({ table: { left } }: { readonly table: Table }): JSX.Element | null {
  if (left.length === 0) return null
  return (
    <Fold title={text.use.table.left(left.length)}>
      <ul className="small left-out">
        {left.slice(0, mostListed).map(({ name, reason }) => (
          <li key={name}>
            <span className="path">{name}</span> {reason ?? text.use.table.notImage}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
