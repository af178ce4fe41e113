/** @file The results of several runs, and in which settings they differ. */
import type { JSX } from 'react'

import type { RunSummary } from '../../../core/api/contract/runs.ts'
import type { Compared } from '../../store/compare.ts'
import { differingSettings } from '../../store/differing-settings.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { namesOf } from './compare-names.ts'
import { nameOfSetting, valueOfSetting } from './setting-words.ts'

/** Settings that are the same are left out. */
export function CompareSettings({ chosen }: { readonly chosen: readonly Compared[] }): JSX.Element {
  const names = namesOf(chosen)
  const runs = chosen.map(({ run }) => run)
  const settings = differingSettings(runs)
  return (
    <section className="card stack" aria-labelledby="compare-settings">
      <h2 id="compare-settings">{text.results.compareSettings}</h2>
      <div className="table-frame" tabIndex={0} role="group" aria-labelledby="compare-settings">
        <table className="compare-table">
          <thead>
            <tr>
              <th scope="col">{text.results.compareSetting}</th>
              {names.map((name, index) => (
                <th key={chosen[index]?.run.id} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{text.results.compareAccuracy}</th>
              {runs.map((run) => (
                <td key={run.id}>
                  <Best run={run} />
                </td>
              ))}
            </tr>
            {settings.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{nameOfSetting(name)}</th>
                {values.map((value, index) => (
                  <td key={chosen[index]?.run.id} className="path">
                    {valueOfSetting(name, value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {settings.length === 0 ? <p className="soft">{text.results.compareSame}</p> : null}
      {overlap(runs) ? <p className="soft">{text.results.compareOverlap}</p> : null}
    </section>
  )
}

function Best({ run: { bestAccuracy, accuracyInterval } }: { readonly run: RunSummary }): JSX.Element {
  if (bestAccuracy === null) return <>–</>
  return (
    <>
      <strong className="number">{percent(bestAccuracy)}</strong>
      {accuracyInterval === null ? null : (
        <span className="soft small number">
          {' '}
          ({text.results.compareRange(percent(accuracyInterval.low), percent(accuracyInterval.high))})
        </span>
      )}
    </>
  )
}

/** Whether the ranges of all have a value in common, which says something only where all held out the same images. */
function overlap(runs: readonly RunSummary[]): boolean {
  const intervals = runs.flatMap(({ accuracyInterval }) => accuracyInterval ?? [])
  const low = Math.max(...intervals.map((one) => one.low))
  const high = Math.min(...intervals.map((one) => one.high))
  return new Set(runs.map(({ heldOut }) => heldOut.sum)).size === 1 && intervals.length > 1 && low <= high
}
