/** @file The answer which model suits the photos in full: accuracy by photos per class, and the classes that are hard. */
import type { JSX } from 'react'

import type { FewShotResult } from '../../../core/api/contract/few-shot.ts'
import { resultsThatHold, type Outcome } from '../../store/few-shot.ts'
import type { Offer } from '../../store/offers.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { worded } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { nameOfOffer, useFewShotRequest, useReadableOffers } from './few-shot-question.ts'
import { HardClasses } from './hard-classes.tsx'
import { ShotsChart } from './shots-chart.tsx'

/** Folded away; nothing before there is an answer. */
export function FewShotDetails(): JSX.Element | null {
  const { outcome } = useSubject('fewShot', 'outcome')
  const offers = useReadableOffers()
  const request = useFewShotRequest(offers)
  if (outcome === null || request === null || isEmpty(outcome)) return null
  return (
    <section className="card">
      <Fold title={text.model.fewDetails}>
        <Answer outcome={outcome} results={resultsThatHold(outcome, request)} offers={offers} />
      </Fold>
    </section>
  )
}

/** There is nothing to say yet. */
function isEmpty({ results, failed }: Outcome): boolean {
  return results.length === 0 && failed.length === 0
}

interface AnswerProps {
  readonly outcome: Outcome
  readonly results: readonly FewShotResult[]
  readonly offers: readonly Offer[]
}

function Answer({ outcome, results, offers }: AnswerProps): JSX.Element {
  const { failed, tests } = outcome
  const best = results.toSorted((a, b) => finalOf(b) - finalOf(a))
  const classes = results[0]?.perClass.length ?? 0
  return (
    <div className="stack">
      {tests === null ? null : (
        <p className="small">
          {text.model.fewTests(tests)} {classes === 0 ? null : text.model.fewChance(1 / classes)}
        </p>
      )}
      <ul className="few-results">
        {best.map((result) => (
          <Result
            key={result.path}
            result={result}
            outcome={outcome}
            name={nameOfOffer(offers, result.path)}
          />
        ))}
      </ul>
      {failed.map(({ path, problem }) => (
        <Notice key={path} kind="warning">
          {text.model.fewFailed(nameOfOffer(offers, path), worded(problem))}
        </Notice>
      ))}
    </div>
  )
}

function finalOf({ shots }: FewShotResult): number {
  return shots.at(-1)?.accuracy ?? 0
}

interface ResultProps {
  readonly result: FewShotResult
  readonly outcome: Outcome
  readonly name: string
}

function Result({ result, outcome, name }: ResultProps): JSX.Element {
  const { model } = useStudio()
  const { state } = useSubject('model', 'state')
  const { path, shots } = result
  const last = shots.at(-1)
  const isChosen = state.phase === 'ready' && state.model.path === path
  return (
    <li>
      <div className="few-result">
        <div className="stack tight">
          <span className="row tight">
            <strong>{name}</strong>
            {outcome.best === path ? <span className="tag accent">{text.model.suitsBest}</span> : null}
            {outcome.alike.includes(path) ? <span className="tag">{text.model.asGood}</span> : null}
          </span>
          {last === undefined ? null : (
            <span>
              <span className="few-figure number">{text.model.expected(last.accuracy, last.spread)}</span>{' '}
              <span className="small soft">{text.model.fewShots(last.shots)}</span>
            </span>
          )}
          {isChosen ? null : (
            <div>
              <Button look="quiet" onClick={() => void model.getState().choose(path)}>
                {text.model.fewTake}
                <span className="visually-hidden">{name}</span>
              </Button>
            </div>
          )}
        </div>
        <ShotsChart name={name} shots={shots} />
      </div>
      <Fold title={text.model.hard(name)}>
        <HardClasses result={result} />
      </Fold>
    </li>
  )
}
