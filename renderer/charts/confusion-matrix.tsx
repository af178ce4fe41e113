/** @file What was taken for what: a table whose filled fields are buttons that open their images. */
import { useLayoutEffect, useRef, type JSX, type ReactNode } from 'react'

import { text } from '../text/text.ts'

interface Props {
  readonly classes: readonly string[]
  /** Rows are true classes, columns guesses. */
  readonly counts: readonly (readonly number[])[]
  readonly onOpen: (truth: number, guess: number) => void
}

/** The shade of a field is its share of its row; the numbers are in it as well. */
export function ConfusionMatrix({ classes, counts, onOpen }: Props): JSX.Element {
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={text.results.confusion}>
      <table className="confusion">
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col" title={name}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => (
            <tr key={classes[truth]}>
              <th scope="row" title={classes[truth]}>
                {classes[truth]}
              </th>
              {row.map((n, guess) => (
                <td key={classes[guess]}>
                  <Cell
                    n={n}
                    share={n / Math.max(1, sum(row))}
                    isRight={truth === guess}
                    label={labelOf(classes, truth, guess, n)}
                    onOpen={() => onOpen(truth, guess)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface CellProps {
  readonly n: number
  readonly share: number
  readonly isRight: boolean
  readonly label: string
  readonly onOpen: () => void
}

function Cell({ n, share, isRight, label, onOpen }: CellProps): JSX.Element {
  const cell = useRef<HTMLElement | null>(null)
  useLayoutEffect(() => cell.current?.style.setProperty('--share', String(share)), [share])
  const className = `cell ${isRight ? 'right' : 'wrong'}`
  const hold = (element: HTMLElement | null): void => {
    cell.current = element
  }
  const content: ReactNode = n === 0 ? null : n
  return n === 0 ? (
    <span ref={hold} className={className} />
  ) : (
    <button ref={hold} type="button" className={className} aria-label={label} title={label} onClick={onOpen}>
      {content}
    </button>
  )
}

function labelOf(classes: readonly string[], truth: number, guess: number, n: number): string {
  const name = classes[truth] ?? ''
  return truth === guess ? text.results.cellRight(name, n) : text.results.cell(name, classes[guess] ?? '', n)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
