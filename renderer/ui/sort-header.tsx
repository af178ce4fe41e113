/** @file The head of a column by which a table can be sorted. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { JSX } from 'react'

/** By which column, and whether ascending. */
export interface Order<Column extends string> {
  readonly column: Column
  readonly ascending: boolean
}

interface Props<Column extends string> {
  readonly column: Column
  readonly name: string
  readonly hint?: string
  readonly isNumber: boolean
  readonly order: Order<Column>
  readonly onOrder: (order: Order<Column>) => void
}

/** Sorts by its column, and reverses the order if it already does. */
export function SortHeader<Column extends string>(props: Props<Column>): JSX.Element {
  const { column, name, hint, isNumber, order, onOrder } = props
  const isSorted = order.column === column
  const Arrow = order.ascending ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      className={isNumber ? 'number' : undefined}
      aria-sort={isSorted ? (order.ascending ? 'ascending' : 'descending') : 'none'}
    >
      <button
        type="button"
        className="sort"
        title={hint}
        onClick={() => onOrder({ column, ascending: isSorted ? !order.ascending : true })}
      >
        {name}
        {isSorted ? <Arrow size={13} aria-hidden="true" /> : null}
      </button>
    </th>
  )
}
