/** @file The figures for every class, in whatever order a person wants. */
import { useState, type JSX } from 'react'

import type { ClassFigures } from '../../../core/api/contract/results.ts'
import { averagesOf } from '../../store/figures.ts'
import { count, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { SortHeader, type Order } from '../../ui/sort-header.tsx'
import { ShareBar } from '../../charts/bars.tsx'

type Column = 'name' | 'support' | 'recall' | 'precision' | 'f1'
const shares = ['recall', 'precision', 'f1'] as const

const headers: Readonly<Record<Column, { readonly name: string; readonly hint?: string }>> = {
  name: { name: text.results.class },
  support: { name: text.results.support },
  recall: { name: text.results.recall, hint: text.results.recallHint },
  precision: { name: text.results.precision, hint: text.results.precisionHint },
  f1: { name: text.results.f1, hint: text.results.f1Hint },
}

/** Figures sort worst first: those are the ones to look at. */
export function PerClass({ perClass }: { readonly perClass: readonly ClassFigures[] }): JSX.Element {
  const [order, setOrder] = useState<Order<Column>>({ column: 'name', ascending: true })
  const averages = averagesOf(perClass)
  return (
    <section className="card stack" aria-labelledby="per-class">
      <h2 id="per-class">{text.results.perClass}</h2>
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
          <tbody>
            {sorted(perClass, order).map((figures) => (
              <tr key={figures.name}>
                <th scope="row">{figures.name}</th>
                <td className="number">{count(figures.support)}</td>
                {shares.map((name) => (
                  <td key={name} className="number">
                    <Share value={figures[name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{text.results.average}</th>
              <td />
              {shares.map((name) => (
                <td key={name} className="number">
                  <Share value={averages[name]} />
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="small soft">{text.results.figuresHint}</p>
    </section>
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

function sorted(perClass: readonly ClassFigures[], { column, ascending }: Order<Column>): ClassFigures[] {
  const sign = ascending ? 1 : -1
  return perClass.toSorted((a, b) => {
    if (column === 'name') return sign * collator.compare(a.name, b.name)
    return sign * ((a[column] ?? -1) - (b[column] ?? -1)) || collator.compare(a.name, b.name)
  })
}
