/** @file Many new images with their answers, as pictures or as a table: counted, filtered, sorted, opened in close-up, saved. */
import { Download } from 'lucide-react'
import { useMemo, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { GuessBars } from '../../charts/guesses.tsx'
import type { Table, TableRow } from '../../store/table.ts'
import { answerOf, shownRows, type TableView } from '../../store/table-rows.ts'
import { thresholdOf } from '../../store/answers.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { saveCsv } from '../../text/csv.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { Pages } from '../../ui/pages.tsx'
import { ImageDialog } from '../image-dialog.tsx'
import { CopyAnswers } from './copy-answers.tsx'
import { TableGrid } from './table-grid.tsx'
import { Counts, Filters } from './table-filters.tsx'
import { TableRows } from './table-rows.tsx'
import { tableForSpreadsheets } from './table-csv.ts'

const firstView: TableView = { column: 'name', ascending: true, label: null, onlyUnsure: false }

const looks = ['grid', 'rows'] as const
type Look = (typeof looks)[number]

interface Props {
  readonly run: RunDetails
  readonly table: Table
}

/** The results so far can be viewed while the rest is read. */
export function AnswerTable({ run, table }: Props): JSX.Element {
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
      <div className="table-status">
        <Status table={table} />
      </div>
      <CopyAnswers table={table} />
      <Left table={table} />
      {table.rows.length === 0 && table.status !== 'working' ? null : (
        <Rows run={run} table={table} view={view} rows={rows} onView={setView} onOpen={setOpen} />
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
          <RowAnswer run={run} row={row} />
        </ImageDialog>
      )}
    </section>
  )
}

interface RowsProps extends Props {
  readonly view: TableView
  /** Those that are shown. */
  readonly rows: readonly TableRow[]
  readonly onView: (view: TableView) => void
  readonly onOpen: (key: number) => void
}

/** How many there are of each answer, and the images. */
function Rows({ run, table, view, rows, onView, onOpen }: RowsProps): JSX.Element {
  const [look, setLook] = useState<Look>('grid')
  return (
    <>
      <Counts run={run} table={table} view={view} onView={onView} />
      <div className="row apart">
        <Filters table={table} view={view} shown={rows.length} onView={onView} />
        <Pages
          label={text.use.table.looks.label}
          pages={looks}
          names={text.use.table.looks}
          page={look}
          onPage={setLook}
        />
      </div>
      {look === 'grid' ? (
        <TableGrid rows={rows} classes={run.classes} isReading={table.status === 'working'} onOpen={onOpen} />
      ) : (
        <TableRows rows={rows} view={view} onView={onView} onOpen={onOpen} />
      )}
    </>
  )
}

function saveTable(table: Table, threshold: number): void {
  saveCsv(text.use.table.csv.name, tableForSpreadsheets(table, threshold, text.use.table))
}

function RowAnswer({ run, row }: { readonly run: RunDetails; readonly row: TableRow }): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { label, probability } = answerOf(row)
  return (
    <>
      <h3 className="row">
        <KindName kind={run.classes.indexOf(label)} name={label} />
        {probability < threshold ? <span className="tag warning">{text.use.unsure}</span> : null}
      </h3>
      <GuessBars top={row.top} classes={run.classes} />
    </>
  )
}

function Status({ table }: { readonly table: Table }): JSX.Element | null {
  const { stop } = useSubject('table', 'stop')
  const { status, done, total, problem } = table
  switch (status) {
    case 'done':
      return <p className="soft">{text.use.table.files(table.rows.length)}</p>
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

const mostListed = 200

function Left({ table: { left } }: { readonly table: Table }): JSX.Element | null {
  if (left.length === 0) return null
  return (
    <Fold title={text.use.table.left(left.length)}>
      <ul className="left-out">
        {left.slice(0, mostListed).map(({ name, reason }) => (
          <li key={name}>
            <span className="path">{name}</span> {reason ?? text.use.table.notImage}
          </li>
        ))}
      </ul>
    </Fold>
  )
}
