/** @file The answer about one image, large, and the others as a strip to choose from. */
import { X } from 'lucide-react'
import type { JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { GuessBars } from '../../charts/guesses.tsx'
import { thresholdOf } from '../../store/answers.ts'
import type { Asked } from '../../store/use.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { AttentionChoice, AttentionPicture } from '../attention-picture.tsx'
import { SourcePicture } from '../source-picture.tsx'
import { PutRight } from './put-right.tsx'
import { SimilarPhotos } from './similar.tsx'
import { worded } from '../../text/sentences.ts'

interface Props {
  readonly run: RunDetails
  /** The newest first; at least one. */
  readonly asked: readonly Asked[]
  readonly shown: Asked
}

/** The chosen image; the strip is there from the second one on. */
export function Answers({ run, asked, shown }: Props): JSX.Element {
  const { use } = useStudio()
  return (
    <section className="stack" aria-label={text.use.answers}>
      <div className="answer-stage">
        <div className="answer-picture">
          <AttentionPicture model={run.folder} source={shown.source} alt={shown.name} size={1280} />
          <div className="row apart">
            <AttentionChoice />
            <span className="clip soft" title={shown.name}>
              {shown.name}
            </span>
          </div>
        </div>
        <div className="stack wide">
          <div className="answer" aria-live="polite">
            <Answer run={run} asked={shown} />
          </div>
          {shown.truth === null && shown.prediction?.reason === null ? (
            <PutRight
              key={shown.key}
              run={run}
              source={shown.source}
              said={shown.prediction.top[0]?.label ?? ''}
            />
          ) : null}
          {shown.prediction?.reason === null ? <SimilarPhotos run={run} source={shown.source} /> : null}
        </div>
      </div>
      {asked.length < 2 ? null : (
        <div className="row strip-head">
          <h2>{text.use.others}</h2>
          <Button look="quiet" onClick={() => use.getState().clearAnswers()}>
            <X size={16} aria-hidden="true" />
            {text.use.clear}
          </Button>
        </div>
      )}
      {asked.length < 2 ? null : <Strip run={run} asked={asked} shown={shown} />}
    </section>
  )
}

/** The first guess large, whether it counts, the best three as bars; or why there is no answer. */
function Answer({
  run,
  asked: { prediction, truth },
}: {
  readonly run: RunDetails
  readonly asked: Asked
}): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  if (prediction === null) return <Progress label={text.use.asking} />
  const [best] = prediction.top
  if (best === undefined)
    return <Notice kind="error">{prediction.reason === null ? '' : worded(prediction.reason)}</Notice>
  return (
    <>
      <p className="answer-name">
        <KindName kind={run.classes.indexOf(best.label)} name={best.label} />
      </p>
      <p className="row answer-sure-line">
        <span className="number">{text.use.sure(percent(best.probability))}</span>
        {best.probability < threshold ? <span className="tag warning">{text.use.unsure}</span> : null}
        {truth === null ? null : <Truth truth={truth} said={best.label} />}
      </p>
      <GuessBars top={prediction.top.slice(0, 3)} classes={run.classes} />
    </>
  )
}

/** Of a held-back image it is known what it shows. */
function Truth({ truth, said }: { readonly truth: string; readonly said: string }): JSX.Element {
  return truth === said ? (
    <span className="tag accent">{text.use.isRight}</span>
  ) : (
    <span className="tag warning">{text.use.isWrong(truth)}</span>
  )
}

function Strip({ run, asked, shown }: Props): JSX.Element {
  const { show } = useSubject('use', 'show')
  return (
    <ul className="strip">
      {asked.map((one) => {
        const best = one.prediction?.top[0]
        return (
          <li key={one.key}>
            <button
              type="button"
              aria-label={text.use.openAnswer(one.name)}
              aria-pressed={one.key === shown.key}
              onClick={() => show(one.key)}
            >
              <SourcePicture source={one.source} size={240} alt="" className="gallery-image" />
            </button>
            <span className="strip-name" aria-hidden="true">
              {best === undefined ? (
                ''
              ) : (
                <KindName kind={run.classes.indexOf(best.label)} name={best.label} />
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
