/** @file The results of several runs, and in which settings they differ. */
import type { JSX } from 'react'

import type { EvaluationEvent } from '../../../core/train/events.ts'
import { differingSettings, type Compared } from '../../store/compare.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { namesOf } from './compare-names.ts'

/** Settings that are the same are left out. */
export function CompareSettings({ chosen }: { readonly chosen: readonly Compared[] }): JSX.Element {
  const names = namesOf(chosen)
  const best = chosen.map(({ evaluations }) => bestOf(evaluations))
  const settings = differingSettings(chosen.map(({ run }) => run))
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
              {best.map((one, index) => (
                <td key={chosen[index]?.run.id}>
                  <Best evaluation={one} />
                </td>
              ))}
            </tr>
            {settings.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{text.results.settings[name] ?? name}</th>
                {values.map((value, index) => (
                  <td key={chosen[index]?.run.id} className="path">
                    {value === null ? '–' : String(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {settings.length === 0 ? <p className="soft">{text.results.compareSame}</p> : null}
      {overlap(best) ? <p className="soft">{text.results.compareOverlap}</p> : null}
    </section>
  )
}

function Best({ evaluation }: { readonly evaluation: EvaluationEvent | null }): JSX.Element {
  if (evaluation?.accuracy === null || evaluation === null) return <>–</>
  const { accuracy, accuracyInterval } = evaluation
  return (
    <>
      <strong className="number">{percent(accuracy)}</strong>
      {accuracyInterval === null ? null : (
        <span className="soft small number">
          {' '}
          ({text.results.compareRange(percent(accuracyInterval.low), percent(accuracyInterval.high))})
        </span>
      )}
    </>
  )
}

function bestOf(evaluations: readonly EvaluationEvent[]): EvaluationEvent | null {
  return evaluations.reduce<EvaluationEvent | null>(
    (best, one) => (best === null || (one.accuracy ?? -1) > (best.accuracy ?? -1) ? one : best),
    null,
  )
}

/** Whether the ranges of all have a value in common. */
function overlap(best: readonly (EvaluationEvent | null)[]): boolean {
  const intervals = best.flatMap((one) => one?.accuracyInterval ?? [])
  const low = Math.max(...intervals.map((one) => one.low))
  const high = Math.min(...intervals.map((one) => one.high))
  return intervals.length > 1 && low <= high
}
