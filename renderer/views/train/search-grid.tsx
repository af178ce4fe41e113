/** @file The search for the best setting as a picture: rates × crops, how good each was, which of them are still in. */
import { Check } from 'lucide-react'
import { useId, useLayoutEffect, useRef, type JSX } from 'react'

import type { TrialEvent } from '../../../core/train/events.ts'
import { trialsOf, type Search } from '../../../core/train/search/search-record.ts'
import { useSelected } from '../../studio.ts'
import { cellsOf, judgedTrials, type GridCell } from '../../store/search-cells.ts'
import { augmentationNames } from '../../text/augmentations.ts'
import { duration, percent, twoFigures } from '../../text/format.ts'
import { text } from '../../text/text.ts'

/** Nothing where there was no search. */
export function SearchCard(): JSX.Element | null {
  const search = useSelected('training', (training) => training.search)
  const trial = useSelected('training', (training) => training.trial)
  const id = useId()
  if (search === null) return null
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{text.train.search.title}</h2>
      <SearchNews search={search} trial={trial} />
      <SearchGrid search={search} trial={trial} labelledBy={id} />
      <p className="small soft">
        {text.train.search.judging(search.training, search.development)} {text.train.search.decides}{' '}
        {search.sparseClasses === 0 ? '' : text.train.search.sparse(search.sparseClasses)}
      </p>
    </section>
  )
}

interface Props {
  readonly search: Search
  /** The newest step of the trial in progress. */
  readonly trial: TrialEvent | null
}

/** One line, whatever it says, so that the grid stays where it is. */
function SearchNews({ search, trial }: Props): JSX.Element {
  const { chosen, seconds, development } = search
  if (chosen === null) {
    const time = trial === null ? '' : text.train.search.left(duration(trial.secondsLeft))
    return (
      <p className="search-news">
        <strong className="number">{trialText(search, trial)}</strong>{' '}
        <span className="soft number">{time}</span>
      </p>
    )
  }
  const [rate, crop] = [twoFigures(chosen.learningRate), augmentationNames[chosen.augment]]
  return (
    <p className="search-news">
      {development === 0
        ? text.train.search.notPossible
        : text.train.search.found(rate, crop, duration(seconds))}
    </p>
  )
}

/** Which trial a search is at. */
export function trialText(search: Search, trial: TrialEvent | null): string {
  const total = trialsOf(search)
  const at = trial?.trial ?? judgedTrials(search)
  return text.train.search.trial(Math.min(total, at + 1), total)
}

function SearchGrid({ search, trial, labelledBy }: Props & { readonly labelledBy: string }): JSX.Element {
  const { learningRates, augments } = search
  const cells = cellsOf(search, trial)
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-labelledby={labelledBy}>
      <table className="search-grid" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col">{text.train.learningRate}</th>
            {augments.map((augment) => (
              <th key={augment} scope="col">
                {augmentationNames[augment]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {learningRates.map((rate, row) => (
            <tr key={rate}>
              <th scope="row">{twoFigures(rate)}</th>
              {augments.map((augment, column) => (
                <Cell key={augment} cell={cells[row * augments.length + column]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell }: { readonly cell: GridCell | undefined }): JSX.Element {
  const field = useRef<HTMLTableCellElement>(null)
  const tone = cell?.tone ?? 0
  useLayoutEffect(() => field.current?.style.setProperty('--share', String(tone)), [tone])
  if (cell === undefined) return <td />
  const { state, accuracy, loss, rounds, progress } = cell
  return (
    <td ref={field} data-state={state}>
      <strong className="number">
        {accuracy === null ? '–' : percent(accuracy)}
        {state === 'chosen' ? <Check size={15} aria-hidden="true" /> : null}
      </strong>
      <span className="small number">
        {progress !== null
          ? text.train.running(progress.step, progress.steps)
          : loss === null
            ? text.train.search.states[state]
            : text.train.search.loss(loss.toFixed(2), rounds)}
      </span>
      {loss === null ? null : <span className="visually-hidden">{text.train.search.states[state]}</span>}
    </td>
  )
}
