/** @file How well the models on this computer would do on the person's photos, before anything is trained. */
import { Gauge } from 'lucide-react'
import { useEffect, type JSX } from 'react'

import type { FewShotRequest, FewShotResult } from '../../../core/api/contract/few-shot.ts'
import type { CheckedData } from '../../store/data.ts'
import { resultsThatHold, type Outcome, type Work } from '../../store/few-shot.ts'
import { correctionsOf } from '../../store/model.ts'
import { offersOf, paceOf, type Offer } from '../../store/offers.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { HardClasses } from './hard-classes.tsx'
import { ShotsChart } from './shots-chart.tsx'

/** A question, and its answer as it comes in. */
export function ModelFewShot(): JSX.Element {
  const { fewShot } = useStudio()
  const { state: data } = useSubject('data', 'state')
  const { work, outcome, problem } = useSubject('fewShot', 'work', 'outcome', 'problem')
  const offers = useOffers()
  const request = useRequest(offers)
  const question = JSON.stringify(request)
  // An answer belongs to its photos: for other photos another one is shown, or none.
  useEffect(
    () => fewShot.getState().recall(JSON.parse(question) as FewShotRequest | null),
    [fewShot, question],
  )
  return (
    <section className="card stack" aria-labelledby="few-shot">
      <h2 id="few-shot">{text.model.few}</h2>
      <p className="small soft">{text.model.fewHint}</p>
      {work === null ? (
        <div className="row">
          <Button
            disabled={request === null}
            onClick={() => request !== null && void fewShot.getState().ask(request)}
          >
            <Gauge size={17} aria-hidden="true" />
            {outcome === null ? text.model.fewAsk : text.model.fewAgain}
          </Button>
          {outcome === null ? (
            <Before offers={offers} data={data.phase === 'ready' ? data.checked : null} />
          ) : null}
        </div>
      ) : (
        <Working work={work} offers={offers} />
      )}
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {outcome === null || request === null || isEmpty(outcome) ? null : (
        <Answer outcome={outcome} results={resultsThatHold(outcome, request)} offers={offers} />
      )}
    </section>
  )
}

function useOffers(): readonly Offer[] {
  const { cards } = useSubject('model', 'cards')
  const { cards: catalogue } = useSubject('catalogue', 'cards')
  return offersOf(cards, catalogue).filter(({ problem }) => problem === null)
}

/** Null if there is nothing to ask about. */
function useRequest(offers: readonly Offer[]): FewShotRequest | null {
  const { state, validationSplit } = useSubject('data', 'state', 'validationSplit')
  const { current } = useSubject('project', 'current')
  if (state.phase !== 'ready' || offers.length === 0) return null
  const models = offers.map(({ path, model }) => ({ path, ...(model === null ? {} : correctionsOf(model)) }))
  return {
    models,
    data: state.folder,
    ...(state.validation === null ? {} : { validation: state.validation }),
    ...(current === null ? {} : { project: current.id }),
    validationSplit: Math.max(0.05, validationSplit),
  }
}

interface BeforeProps {
  readonly offers: readonly Offer[]
  readonly data: CheckedData | null
}

/** How long it will take, or what is missing. */
function Before({ offers, data }: BeforeProps): JSX.Element {
  const { speed } = useSubject('model', 'speed')
  if (data === null) return <span className="small soft">{text.model.fewNeedsData}</span>
  const images = imagesLookedAt(data)
  // A third of a training step is its forward pass, which is all that is computed here.
  const seconds = offers.reduce((sum, offer) => sum + images / (3 * (paceOf(offer, speed) ?? Infinity)), 0)
  return <span className="small soft">{speed === null ? '' : text.model.fewTime(Math.max(1, seconds))}</span>
}

const [mostShots, draws, mostTests] = [25, 3, 400]

/** Approximate: the draws overlap. */
function imagesLookedAt({ classes, validation, images }: CheckedData): number {
  const drawn = classes.reduce((sum, one) => sum + Math.min(one.images, draws * mostShots), 0)
  const held = validation === null ? 0 : validation.images.length
  return Math.min(images.length, drawn) + Math.min(mostTests, held)
}

interface WorkingProps {
  readonly work: Work
  readonly offers: readonly Offer[]
}

function Working({ work, offers }: WorkingProps): JSX.Element {
  const { fewShot } = useStudio()
  const { path, done, total } = work
  const label = path === null ? text.model.fewChecking : text.model.fewLooking(nameOf(offers, path))
  return (
    <div className="stack tight">
      <div className="row apart">
        <span className="small" role="status">
          {label}
        </span>
        <span className="small soft number">{total === 0 ? '' : text.model.fewProgress(done, total)}</span>
      </div>
      <Progress label={label} share={total === 0 ? undefined : done / total} />
      <div>
        <Button onClick={() => fewShot.getState().cancel()}>{text.common.cancel}</Button>
      </div>
    </div>
  )
}

/** There is nothing to say yet. */
function isEmpty({ results, failed }: Outcome): boolean {
  return results.length === 0 && failed.length === 0
}

function nameOf(offers: readonly Offer[], path: string): string {
  const offer = offers.find((one) => one.path === path)
  return offer?.source === 'starter' ? text.model.starter : (offer?.name ?? path)
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
          <Result key={result.path} result={result} outcome={outcome} name={nameOf(offers, result.path)} />
        ))}
      </ul>
      {failed.map(({ path, problem }) => (
        <Notice key={path} kind="warning">
          {text.model.fewFailed(nameOf(offers, path), problem)}
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
