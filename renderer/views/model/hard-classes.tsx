/** @file Which classes a model finds hard, and what it mistakes them for. */
import { useLayoutEffect, useRef, type JSX } from 'react'

import type { FewShotResult } from '../../../core/api/contract/few-shot.ts'
import { Bars } from '../../charts/bars.tsx'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'

/** Accuracy of the hardest classes, and the confusion among them. */
export function HardClasses({ result }: { readonly result: FewShotResult }): JSX.Element {
  const { perClass, confusion } = result
  const { classes, counts } = confusion
  if (classes.length === 0) return <p className="small soft">{text.model.allRight}</p>
  const bars = classes.map((name) => {
    const share = perClass.find((one) => one.name === name)?.accuracy ?? 0
    return { id: name, name, share, value: percent(share) }
  })
  return (
    <div className="halves">
      <div className="stack tight">
        <h3 className="small">{text.model.hardAccuracy}</h3>
        <Bars bars={bars} />
      </div>
      {classes.length < 2 ? null : (
        <div className="stack tight">
          <h3 className="small">{text.model.confusion}</h3>
          <div className="table-frame" tabIndex={0} role="group" aria-label={text.model.confusion}>
            <table className="few-confusion small">
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
                    {row.map((count, guess) => (
                      <Cell
                        key={classes[guess]}
                        count={count}
                        share={count / Math.max(1, sum(row))}
                        isRight={truth === guess}
                      />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <p className="small soft">{text.model.confusionHint}</p>
        </div>
      )}
    </div>
  )
}

interface CellProps {
  readonly count: number
  readonly share: number
  readonly isRight: boolean
}

/** The shade is the share of the row; the number is in it as well. */
function Cell({ count, share, isRight }: CellProps): JSX.Element {
  const cell = useRef<HTMLTableCellElement>(null)
  useLayoutEffect(() => cell.current?.style.setProperty('--share', String(share)), [share])
  return (
    <td ref={cell} className={isRight ? 'right number' : 'wrong number'}>
      {count}
    </td>
  )
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
