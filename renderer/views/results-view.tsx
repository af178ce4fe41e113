/** @file How well the model does: accuracy, each kind, what was taken for what, and the mistakes as pictures. */
import { useEffect, useState, type JSX } from 'react'

import type { ClassFigures, Evaluation } from '../../core/api/contract/results.ts'
import { ConfusionMatrix } from '../charts/confusion-matrix.tsx'
import { mistakesOf, type ResultsState } from '../store/results.ts'
import { useStudio, useSubject } from '../studio.ts'
import { count, percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { Progress } from '../ui/progress.tsx'
import { Gallery } from './results-gallery.tsx'
import { Screen } from './screen.tsx'

/** The fourth step; it evaluates the run by itself. */
export function ResultsView(): JSX.Element {
  const { navigation } = useStudio()
  const { state: training } = useSubject((studio) => studio.training)
  const { state, evaluate } = useSubject((studio) => studio.results)
  const run = training.phase === 'run' ? training.run.id : null
  useEffect(() => {
    if (run !== null) void evaluate(run)
  }, [run, evaluate])
  return (
    <Screen
      title={text.results.title}
      lead={text.results.lead}
      foot={
        <>
          <span className="path">{training.phase === 'run' ? training.run.name : ''}</span>
          <Button look="primary" disabled={run === null} onClick={() => navigation.getState().go('use')}>
            {text.results.next}
          </Button>
        </>
      }
    >
      <Content state={state} />
    </Screen>
  )
}

function Content({ state }: { readonly state: ResultsState }): JSX.Element | null {
  const { results } = useStudio()
  switch (state.phase) {
    case 'none':
      return null
    case 'evaluating':
      return (
        <div className="card stack">
          <div className="row apart">
            <h2>{text.results.evaluating}</h2>
            <span className="soft number">
              {state.total === 0 ? '' : text.data.checked(state.done, state.total)}
            </span>
          </div>
          <Progress
            label={text.results.evaluating}
            share={state.total === 0 ? undefined : state.done / state.total}
          />
        </div>
      )
    case 'failed':
      return (
        <Notice
          kind="error"
          action={
            <Button onClick={() => void results.getState().evaluate(state.run)}>{text.common.retry}</Button>
          }
        >
          {state.message}
        </Notice>
      )
    case 'ready':
      return <Report evaluation={state.evaluation} />
    default:
      return state
  }
}

function Report({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element {
  const [cell, setCell] = useState<{ readonly truth: number; readonly guess: number } | null>(null)
  const { perClass, confusion } = evaluation
  const names = perClass.map(({ name }) => name)
  return (
    <>
      <div className="halves">
        <Headline evaluation={evaluation} />
        <PerClass perClass={perClass} />
      </div>
      <section className="card stack" aria-labelledby="confusion">
        <div className="stack tight">
          <h2 id="confusion">{text.results.confusion}</h2>
          <p className="small soft">{text.results.confusionHint}</p>
        </div>
        <ConfusionMatrix
          classes={names}
          counts={confusion}
          onOpen={(truth, guess) => setCell({ truth, guess })}
        />
      </section>
      <Mistakes evaluation={evaluation} />
      {cell === null ? null : <CellDialog evaluation={evaluation} {...cell} onClose={() => setCell(null)} />}
    </>
  )
}

function Headline({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element {
  const { accuracy, accuracyInterval, images } = evaluation
  return (
    <section className="card stack" aria-labelledby="accuracy">
      <h2 id="accuracy">{text.results.accuracy}</h2>
      <p className="figure number">{accuracy === null ? '–' : percent(accuracy)}</p>
      {accuracyInterval === null ? (
        <p className="soft">{text.results.nothingHeld}</p>
      ) : (
        <p className="soft">
          {text.results.interval(
            percent(accuracyInterval.low),
            percent(accuracyInterval.high),
            images.length,
          )}
        </p>
      )}
    </section>
  )
}

function share(value: number | null): string {
  return value === null ? '–' : percent(value)
}

function PerClass({ perClass }: { readonly perClass: readonly ClassFigures[] }): JSX.Element {
  return (
    <section className="card stack" aria-labelledby="per-class">
      <h2 id="per-class">{text.results.perClass}</h2>
      <div className="table-frame figures" tabIndex={0} role="group" aria-labelledby="per-class">
        <table>
          <thead>
            <tr>
              <th scope="col">{text.results.kind}</th>
              <th scope="col" className="number">
                {text.results.support}
              </th>
              <th scope="col" className="number" title={text.results.recallHint}>
                {text.results.recall}
              </th>
              <th scope="col" className="number" title={text.results.precisionHint}>
                {text.results.precision}
              </th>
            </tr>
          </thead>
          <tbody>
            {perClass.map(({ name, support, recall, precision }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="number">{count(support)}</td>
                <td className="number">{share(recall)}</td>
                <td className="number">{share(precision)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small soft">{text.results.figuresHint}</p>
    </section>
  )
}

const firstShown = 60

function Mistakes({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element {
  const [shown, setShown] = useState(firstShown)
  const mistakes = mistakesOf(evaluation)
  return (
    <section className="stack" aria-labelledby="mistakes">
      <div className="stack tight">
        <h2 id="mistakes">{text.results.mistakes}</h2>
        <p className="small soft">
          {mistakes.length === 0 ? text.results.noMistakes : text.results.mistakesHint}
        </p>
      </div>
      <Gallery evaluation={evaluation} images={mistakes.slice(0, shown)} />
      {mistakes.length > shown ? (
        <div>
          <Button onClick={() => setShown(shown + firstShown)}>
            {text.results.more(mistakes.length - shown)}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

interface CellProps {
  readonly evaluation: Evaluation
  readonly truth: number
  readonly guess: number
  readonly onClose: () => void
}

function CellDialog({ evaluation, truth, guess, onClose }: CellProps): JSX.Element {
  const images = evaluation.images.filter(({ label, predicted }) => label === truth && predicted === guess)
  const nameOf = (label: number): string => evaluation.perClass[label]?.name ?? ''
  const title =
    truth === guess
      ? text.results.cellRight(nameOf(truth), images.length)
      : text.results.cell(nameOf(truth), nameOf(guess), images.length)
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body" tabIndex={0} role="group" aria-label={title}>
        <Gallery evaluation={evaluation} images={images.slice(0, 4 * firstShown)} />
      </div>
    </Dialog>
  )
}
