/** @file The results of one run, from the main figure to the pictures it is based on. */
import { Download } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { ConfusionMatrix } from '../../charts/confusion-matrix.tsx'
import { confusionsOf, isUneven } from '../../store/figures.ts'
import { useSubject } from '../../studio.ts'
import { saveCsv } from '../../text/csv.ts'
import { count, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CellDialog, type Cell } from './cell.tsx'
import { Certainty } from './certainty.tsx'
import { Corrections } from './corrections.tsx'
import { PerClass } from './classes.tsx'
import { Fairness } from './fairness.tsx'
import { Mistakes } from './mistakes.tsx'
import { ProbeChoice } from './probe-choice.tsx'
import { Unsure } from './unsure.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Everything about a run's held-out images. */
export function Report({ run, evaluation }: Props): JSX.Element {
  const [cell, setCell] = useState<Cell | null>(null)
  return (
    <>
      <Corrections run={run} />
      <ProbeChoice run={run} evaluation={evaluation} />
      <AnswersProblem />
      <div className="halves">
        <Headline run={run} evaluation={evaluation} />
        <Certainty evaluation={evaluation} />
      </div>
      <div className="halves">
        <Unsure evaluation={evaluation} />
        <Fairness run={run} evaluation={evaluation} />
      </div>
      <PerClass perClass={evaluation.perClass} />
      <Confused evaluation={evaluation} onOpen={setCell} />
      <Mistakes run={run} evaluation={evaluation} />
      {cell === null ? null : (
        <CellDialog run={run} evaluation={evaluation} cell={cell} onClose={() => setCell(null)} />
      )}
    </>
  )
}

/** Why a choice could not be stored. */
function AnswersProblem(): JSX.Element | null {
  const { problem } = useSubject('answers', 'problem')
  return problem === null ? null : <Notice kind="error">{problem}</Notice>
}

function Headline({ run, evaluation }: Props): JSX.Element {
  const { skipped, probe } = evaluation
  const fiveFold = probe?.fiveFold ?? null
  return (
    <section className="card stack" aria-labelledby="accuracy">
      <MainFigures evaluation={evaluation} />
      {fiveFold === null ? null : (
        <p className="small soft">
          {text.results.fiveFold(
            percent(fiveFold.accuracy),
            percent(fiveFold.accuracyInterval.low),
            percent(fiveFold.accuracyInterval.high),
            fiveFold.images,
          )}
        </p>
      )}
      <div>
        <Button look="quiet" className="flush" onClick={() => savePredictions(run, evaluation)}>
          <Download size={16} aria-hidden="true" />
          {text.results.save}
        </Button>
      </div>
      {skipped.length === 0 ? null : (
        <Fold title={text.results.leftOut(skipped.length)}>
          <ul className="small">
            {skipped.map(({ path, reason }) => (
              <li key={path}>
                <span className="path">{path}</span> {reason}
              </li>
            ))}
          </ul>
        </Fold>
      )}
    </section>
  )
}

/** Accuracy, beside which the balanced one stands where they may differ much. */
function MainFigures({ evaluation }: Pick<Props, 'evaluation'>): JSX.Element {
  const { accuracy, accuracyInterval, balancedAccuracy, perClass, images } = evaluation
  return (
    <div className="main-figures">
      <div className="stack tight">
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
            )}{' '}
            {text.results.intervalHint}
          </p>
        )}
      </div>
      {balancedAccuracy === null || !isUneven(perClass) ? null : (
        <div className="stack tight">
          <h2>{text.results.balancedAccuracy}</h2>
          <p className="figure number">{percent(balancedAccuracy)}</p>
          <p className="soft">{text.results.balancedHint}</p>
        </div>
      )}
    </div>
  )
}

function savePredictions({ name }: RunDetails, { images, perClass }: Evaluation): void {
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  const rows = images.map(({ path, label, predicted, probability }) => [
    path,
    nameOf(label),
    nameOf(predicted),
    probability.toFixed(6),
  ])
  const { csv } = text.results
  saveCsv(`${name} ${csv.name}`, [csv.columns, ...rows])
}

const mostListed = 10

interface ConfusedProps {
  readonly evaluation: Evaluation
  readonly onOpen: (cell: Cell) => void
}

function Confused({ evaluation, onOpen }: ConfusedProps): JSX.Element {
  const names = evaluation.perClass.map(({ name }) => name)
  const pairs = confusionsOf(evaluation)
  return (
    <section className="card stack" aria-labelledby="confusion">
      <div className="stack tight">
        <h2 id="confusion">{text.results.confusion}</h2>
        <p className="small soft">{text.results.confusionHint}</p>
      </div>
      <div className="confused">
        <ConfusionMatrix
          classes={names}
          counts={evaluation.confusion}
          onOpen={(truth, guess) => onOpen({ truth, guess })}
        />
        {pairs.length === 0 ? null : (
          <div className="stack tight">
            <h3>{text.results.confusionTop}</h3>
            <ol className="mixups">
              {pairs.slice(0, mostListed).map(({ truth, guess, images }) => (
                <li key={`${truth} ${guess}`}>
                  <button type="button" className="mixup" onClick={() => onOpen({ truth, guess })}>
                    <span>{text.results.pair(names[truth] ?? '', names[guess] ?? '')}</span>
                    <strong className="number">{count(images)}</strong>
                  </button>
                </li>
              ))}
            </ol>
            {pairs.length > mostListed ? (
              <p className="small soft">{text.results.confusionMore(pairs.length - mostListed)}</p>
            ) : null}
          </div>
        )}
      </div>
    </section>
  )
}
