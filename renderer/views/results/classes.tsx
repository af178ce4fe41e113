/** @file The figures for every class, in whatever order a person wants, beside its curve of precision against recall. */
import { useState, type JSX } from 'react'

import type { ClassFigures, Evaluation, PrecisionRecall } from '../../../core/api/contract/results.ts'
import { ShareBar } from '../../charts/bars.tsx'
import { PrecisionRecallChart } from '../../charts/precision-recall-chart.tsx'
import { kindAttributes } from '../../kind-colours.ts'
import { averagesOf } from '../../store/figures.ts'
import { count, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { SortHeader, type Order } from '../../ui/sort-header.tsx'
import { mostCurves, usePrecisionRecall } from './precision-recall.ts'

type Column = 'name' | 'support' | 'recall' | 'precision' | 'f1' | 'averagePrecision'
const shares = ['recall', 'precision', 'f1'] as const

const headers: Readonly<Record<Column, { readonly name: string; readonly hint?: string }>> = {
  name: { name: text.results.class },
  support: { name: text.results.support },
  recall: { name: text.results.recall, hint: text.results.recallHint },
  precision: { name: text.results.precision, hint: text.results.precisionHint },
  f1: { name: text.results.f1, hint: text.results.f1Hint },
  averagePrecision: { name: text.results.averagePrecision, hint: text.results.averagePrecisionHint },
}

interface Props {
  readonly run: string
  readonly evaluation: Evaluation
}

/** A class as a row: its index is that of its colour. */
interface Row extends ClassFigures {
  readonly label: number
  /** Null where the curve is not drawn. */
  readonly averagePrecision: number | null
}

/** Figures sort worst first: those are the ones to look at. Pointing at a row lifts its curve out. */
export function PerClass({ run, evaluation }: Props): JSX.Element {
  const [order, setOrder] = useState<Order<Column>>({ column: 'name', ascending: true })
  const [chosen, setChosen] = useState<number | null>(null)
  const curves = usePrecisionRecall(run, evaluation)
  const rows = rowsOf(evaluation, curves ?? [])
  return (
    <section className="card stack" aria-labelledby="per-class">
      <div className="stack tight">
        <h2 id="per-class">{text.results.perClass}</h2>
        <p className="soft">{text.results.curvesHint}</p>
      </div>
      <div className="beside">
        <figure className="diagram">
          <PrecisionRecallChart curves={curves ?? []} chosen={chosen} summary={summaryOf(rows)} />
          {curves !== null && curves.length === mostCurves && rows.length > mostCurves ? (
            <figcaption className="soft">{text.results.curvesHardest(mostCurves)}</figcaption>
          ) : null}
        </figure>
        <div className="stack">
          <div className="table-frame figures" tabIndex={0} role="group" aria-labelledby="per-class">
            <table>
              <thead>
                <tr>
                  {(Object.keys(headers) as Column[]).map((column) => (
                    <SortHeader
                      key={column}
                      column={column}
                      {...headers[column]}
                      isNumber={column !== 'name'}
                      order={order}
                      onOrder={setOrder}
                    />
                  ))}
                </tr>
              </thead>
              <tbody onPointerLeave={() => setChosen(null)}>
                {sorted(rows, order).map((row) => (
                  <FiguresRow key={row.label} row={row} onPoint={() => setChosen(row.label)} />
                ))}
              </tbody>
              <Averages perClass={evaluation.perClass} curves={curves} />
            </table>
          </div>
          <p className="soft">{text.results.figuresHint}</p>
        </div>
      </div>
    </section>
  )
}

function rowsOf({ perClass }: Evaluation, curves: readonly PrecisionRecall[]): Row[] {
  return perClass.map((figures, label) => ({
    ...figures,
    label,
    averagePrecision: curves.find((curve) => curve.label === label)?.averagePrecision ?? null,
  }))
}

function summaryOf(rows: readonly Row[]): string {
  const values = rows.flatMap(({ name, averagePrecision }) =>
    averagePrecision === null ? [] : [`${name} ${percent(averagePrecision)}`],
  )
  return `${text.results.averagePrecision}: ${values.join(', ')}`
}

function FiguresRow({ row, onPoint }: { readonly row: Row; readonly onPoint: () => void }): JSX.Element {
  return (
    <tr onPointerEnter={onPoint} {...kindAttributes(row.label)}>
      <th scope="row">
        <KindName kind={row.label} name={row.name} />
      </th>
      <td className="number">{count(row.support)}</td>
      {shares.map((name) => (
        <td key={name} className="number">
          <Share value={row[name]} />
        </td>
      ))}
      <td className="number">{row.averagePrecision === null ? '–' : percent(row.averagePrecision)}</td>
    </tr>
  )
}

interface AveragesProps {
  readonly perClass: readonly ClassFigures[]
  readonly curves: readonly PrecisionRecall[] | null
}

function Averages({ perClass, curves }: AveragesProps): JSX.Element {
  const averages = averagesOf(perClass)
  const isComplete = curves !== null && curves.length === perClass.length
  const sum = (curves ?? []).reduce((total, { averagePrecision }) => total + averagePrecision, 0)
  return (
    <tfoot>
      <tr>
        <th scope="row">{text.results.average}</th>
        <td />
        {shares.map((name) => (
          <td key={name} className="number">
            <Share value={averages[name]} />
          </td>
        ))}
        <td className="number">{isComplete ? percent(sum / perClass.length) : ''}</td>
      </tr>
    </tfoot>
  )
}

function Share({ value }: { readonly value: number | null }): JSX.Element {
  if (value === null) return <>–</>
  return (
    <span className="share">
      {percent(value)}
      <ShareBar share={value} />
    </span>
  )
}

const collator = new Intl.Collator(undefined, { numeric: true })

function sorted(rows: readonly Row[], { column, ascending }: Order<Column>): Row[] {
  const sign = ascending ? 1 : -1
  return rows.toSorted((a, b) => {
    if (column === 'name') return sign * collator.compare(a.name, b.name)
    return sign * ((a[column] ?? -1) - (b[column] ?? -1)) || collator.compare(a.name, b.name)
  })
}
