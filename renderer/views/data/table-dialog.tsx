/** @file Labels from a table: what it would change, row by row in numbers, before anything is changed. */
import { useEffect, useState, type JSX } from 'react'

import type { TablePreview } from '../../../core/api/contract/label-tables.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { count } from '../../text/format.ts'
import { wordsOfError, worded } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'

interface Props {
  readonly project: string
  readonly file: File
  readonly onEnd: () => void
}

type Columns = TablePreview['columns']

/** Open as long as it is rendered. */
export function TableDialog({ project, file, onEnd }: Props): JSX.Element {
  const { applyTable } = useSubject('labels', 'applyTable')
  const [columns, setColumns] = useState<Columns | null>(null)
  const { content, preview, problem } = usePreview(project, file, columns)
  const apply = (): void => {
    if (content === null || preview === null) return
    onEnd()
    void applyTable(content, preview.columns)
  }
  return (
    <Dialog
      title={text.table.title(file.name)}
      onClose={onEnd}
      foot={
        <>
          <span />
          <div className="row">
            <Button onClick={onEnd}>{text.common.cancel}</Button>
            <Button look="primary" disabled={preview === null || preview.matched === 0} onClick={apply}>
              {text.table.apply(preview?.matched ?? 0)}
            </Button>
          </div>
        </>
      }
    >
      <div
        className="dialog-body table-dialog stack"
        tabIndex={0}
        role="group"
        aria-label={text.table.title(file.name)}
      >
        {problem === null ? null : <Notice kind="error">{problem}</Notice>}
        {preview === null && problem === null ? <Progress label={text.table.reading} /> : null}
        {preview === null ? null : <Preview preview={preview} onColumns={setColumns} />}
      </div>
    </Dialog>
  )
}

interface Read {
  readonly content: string | null
  readonly preview: TablePreview | null
  readonly problem: string | null
}

/** Read once, looked at again when other columns are chosen. */
function usePreview(project: string, file: File, columns: Columns | null): Read {
  const { api } = useStudio()
  const [read, setRead] = useState<Read>({ content: null, preview: null, problem: null })
  useEffect(() => {
    const interest = new AbortController()
    const look = async (): Promise<void> => {
      const content = await file.text()
      const chosen = columns === null ? {} : { columns }
      const preview = await api.labels.previewTable(
        { project, source: { content }, ...chosen },
        { signal: interest.signal },
      )
      setRead({ content, preview, problem: null })
    }
    void look().catch((error: unknown) => {
      if (!interest.signal.aborted) setRead({ content: null, preview: null, problem: wordsOfError(error) })
    })
    return () => interest.abort()
  }, [api, project, file, columns])
  return read
}

interface PreviewProps {
  readonly preview: TablePreview
  readonly onColumns: (columns: Columns) => void
}

function Preview({ preview, onColumns }: PreviewProps): JSX.Element {
  const { headings, columns, classes } = preview
  return (
    <>
      <div className="table-columns">
        <ColumnField
          label={text.table.fileColumn}
          headings={headings}
          chosen={columns.file}
          onChoose={(file) => onColumns({ ...columns, file })}
        />
        <ColumnField
          label={text.table.labelColumn}
          headings={headings}
          chosen={columns.label}
          onChoose={(label) => onColumns({ ...columns, label })}
        />
      </div>
      <p>{text.table.matched(preview.matched, preview.rows)}</p>
      <ul className="table-kinds">
        {classes.slice(0, mostKinds).map(({ name, images, isNew }) => (
          <li key={name}>
            <strong>{name}</strong> <span className="number soft">{count(images)}</span>
            {isNew ? <span className="tag accent">{text.wall.newKind}</span> : null}
          </li>
        ))}
      </ul>
      <Doubts preview={preview} />
    </>
  )
}

const mostKinds = 60

interface ColumnProps {
  readonly label: string
  readonly headings: readonly string[]
  readonly chosen: number
  readonly onChoose: (column: number) => void
}

function ColumnField({ label, headings, chosen, onChoose }: ColumnProps): JSX.Element {
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select className="input" value={chosen} onChange={({ target }) => onChoose(Number(target.value))}>
        {headings.map((heading, column) => (
          // Headings may repeat; their places do not.
          <option key={column} value={column}>
            {heading}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Rows that are not used and photos that no row names, with the first few. */
function Doubts({ preview }: { readonly preview: TablePreview }): JSX.Element | null {
  const doubts = (
    ['withoutImage', 'ambiguous', 'contradicting', 'withoutLabel', 'withoutRow'] as const
  ).filter((kind) => preview[kind].count > 0)
  if (doubts.length === 0 && preview.refused.length === 0) return null
  return (
    <ul className="stack tight">
      {doubts.map((kind) => (
        <li key={kind}>
          {text.table.doubts[kind](preview[kind].count)}
          <span className="path"> {preview[kind].examples.slice(0, 3).join(', ')}</span>
        </li>
      ))}
      {preview.refused.map(({ label, rows, reason }) => (
        <li key={label}>
          {text.table.refused(rows, label)} {worded(reason)}
        </li>
      ))}
    </ul>
  )
}
