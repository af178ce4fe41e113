/** @file What of a table of answers is shown: one answer, or only the unsure ones. */
import { useMemo, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { thresholdOf } from '../../store/answers.ts'
import type { Table } from '../../store/table.ts'
import { answerOf, countsOf, type TableView } from '../../store/table-rows.ts'
import { useSelected } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { AnswerKinds, mostBars, type AnswerCount } from './table-kinds.tsx'

interface CountsProps {
  readonly run: RunDetails
  readonly table: Table
  readonly view: TableView
  readonly onView: (view: TableView) => void
}

/** All classes in their order, or of very many the most frequent; others can be chosen from a list. */
export function Counts({ run, table, view, onView }: CountsProps): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const counts = useMemo(() => countsOf(table.rows, threshold), [table.rows, threshold])
  const isFew = run.classes.length <= mostBars
  const choose = (label: string | null): void => onView({ ...view, label })
  return (
    <>
      <AnswerKinds
        counts={isFew ? inOrder(counts, run.classes) : counts.slice(0, mostBars)}
        classes={run.classes}
        chosen={view.label}
        onChoose={choose}
      />
      {isFew ? null : (
        <label className="row">
          {text.use.table.filter}
          <select
            className="input select"
            value={view.label ?? ''}
            onChange={({ target }) => choose(target.value === '' ? null : target.value)}
          >
            <option value="">{text.use.table.all(table.rows.length)}</option>
            {counts.map(({ label, images }) => (
              <option key={label} value={label}>
                {text.use.table.ofClass(label, images)}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}

/** Every class has its place from the beginning, so that no bar moves while images are read. */
function inOrder(counts: readonly AnswerCount[], classes: readonly string[]): AnswerCount[] {
  return classes.map((label) => counts.find((one) => one.label === label) ?? { label, images: 0, unsure: 0 })
}

interface FiltersProps {
  readonly table: Table
  readonly view: TableView
  readonly shown: number
  readonly onView: (view: TableView) => void
}

/** Only the unsure ones, and how many are shown. */
export function Filters({ table, view, shown, onView }: FiltersProps): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const unsure = useMemo(
    () => table.rows.filter((row) => answerOf(row).probability < threshold).length,
    [table.rows, threshold],
  )
  return (
    <div className="row">
      <label className="row check">
        <input
          type="checkbox"
          checked={view.onlyUnsure}
          onChange={({ target }) => onView({ ...view, onlyUnsure: target.checked })}
        />
        {text.use.table.onlyUnsure(unsure)}
      </label>
      <span className="soft number" role="status">
        {text.use.table.shown(shown)}
      </span>
    </div>
  )
}
