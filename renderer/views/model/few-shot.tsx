/**
 * @file Which model suits the photos: asked by itself where that takes only seconds, otherwise on request. One strip of the
 * same height, whatever it says; the figures are on the models' cards.
 */
import { Gauge } from 'lucide-react'
import { useEffect, type JSX } from 'react'

import type { FewShotRequest } from '../../../core/api/contract/few-shot.ts'
import type { Outcome, Work } from '../../store/few-shot.ts'
import type { Offer } from '../../store/offers.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { nameOfOffer, useFewShotRequest, useReadableOffers, useSecondsNeeded } from './few-shot-question.ts'

/** What takes no longer than this is done without being asked for. */
const quickSeconds = 20

/** A question, and its answer in a sentence. */
export function FewShotStrip(): JSX.Element {
  const { fewShot } = useStudio()
  const { work, outcome, problem } = useSubject('fewShot', 'work', 'outcome', 'problem')
  const offers = useReadableOffers()
  const request = useFewShotRequest(offers)
  const seconds = useSecondsNeeded(offers, request)
  const question = JSON.stringify(request)
  // An answer belongs to its photos: for other photos another one is shown, or none.
  useEffect(
    () => fewShot.getState().recall(JSON.parse(question) as FewShotRequest | null),
    [fewShot, question],
  )
  useAskedByItself(question, seconds)
  return (
    <section className="few-strip" aria-labelledby="few-shot">
      <h3 id="few-shot">{text.model.few}</h3>
      {work === null ? (
        <>
          <p className="soft">
            {request === null ? text.model.fewNeedsData : <Said outcome={outcome} seconds={seconds} />}
          </p>
          <Button
            look={outcome === null ? 'plain' : 'quiet'}
            disabled={request === null}
            onClick={() => request !== null && void fewShot.getState().ask(request)}
          >
            <Gauge size={17} aria-hidden="true" />
            {outcome === null ? text.model.fewAsk : text.model.fewAgain}
          </Button>
        </>
      ) : (
        <Working work={work} offers={offers} />
      )}
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
    </section>
  )
}

/** While a training computes, its time is not taken; and what was cancelled is not begun again. */
function useAskedByItself(question: string, seconds: number | null): void {
  const { fewShot } = useStudio()
  const isTraining = useSelected(
    'training',
    ({ state }) => state.phase === 'preparing' || (state.phase === 'run' && state.status === 'training'),
  )
  const isQuick = seconds !== null && seconds > 0 && seconds <= quickSeconds
  useEffect(() => {
    const request = JSON.parse(question) as FewShotRequest | null
    if (request !== null && isQuick && !isTraining) fewShot.getState().askByItself(request)
  }, [fewShot, question, isQuick, isTraining])
}

interface SaidProps {
  readonly outcome: Outcome | null
  readonly seconds: number | null
}

/** What was found out, or how long that takes. */
function Said({ outcome, seconds }: SaidProps): JSX.Element {
  const [first] = outcome?.results ?? []
  if (outcome === null || outcome.tests === null || first === undefined)
    return <>{seconds === null ? text.model.fewHint : text.model.fewTime(Math.max(1, seconds))}</>
  return <>{text.model.fewSaid(outcome.tests, first.shots.at(-1)?.shots ?? 0)}</>
}

interface WorkingProps {
  readonly work: Work
  readonly offers: readonly Offer[]
}

function Working({ work, offers }: WorkingProps): JSX.Element {
  const { fewShot } = useStudio()
  const { path, done, total } = work
  const label = path === null ? text.model.fewChecking : text.model.fewLooking(nameOfOffer(offers, path))
  return (
    <>
      <div className="few-working">
        <span className="soft" role="status">
          {label}
        </span>
        <span className="soft number">{total === 0 ? '' : text.model.fewProgress(done, total)}</span>
        <Progress label={label} share={total === 0 ? undefined : done / total} />
      </div>
      <Button onClick={() => fewShot.getState().cancel()}>{text.common.cancel}</Button>
    </>
  )
}
