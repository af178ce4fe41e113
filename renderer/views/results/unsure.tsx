/** @file From which probability on an answer counts: suggested from the held-out images, chosen by the person. */
import { useId, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import { usualThreshold } from '../../../core/train/evaluation/answering.ts'
import { suggestedThresholds } from '../../store/figures.ts'
import { useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'

interface Choice {
  readonly unsureBelow: number | null
  readonly name: string
}

/** Nothing if no image was judged. */
export function Unsure({ evaluation }: { readonly evaluation: Evaluation }): JSX.Element | null {
  const { answers, choose } = useSubject('answers', 'answers', 'choose')
  const id = useId()
  if (evaluation.images.length === 0) return null
  const { unsureBelow } = answers
  const choices = choicesOf(evaluation, unsureBelow)
  return (
    <section className="stack tight" aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{text.results.unsure.title}</h3>
      <p className="soft">{text.results.unsure.hint}</p>
      <fieldset className="options" aria-labelledby={`${id}-title`}>
        {choices.map((choice) => (
          <label key={String(choice.unsureBelow)}>
            <input
              type="radio"
              name={id}
              checked={choice.unsureBelow === unsureBelow}
              onChange={() => choose({ unsureBelow: choice.unsureBelow })}
            />
            <span>
              {choice.name}{' '}
              <span className="small soft number">
                {text.results.unsure.below(percent(choice.unsureBelow ?? usualThreshold))}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
    </section>
  )
}

function choicesOf(evaluation: Evaluation, chosen: number | null): Choice[] {
  const suggested = suggestedThresholds(evaluation).map(({ precision, probability, answered }) => ({
    unsureBelow: probability,
    name: text.results.unsure.suggestion(percent(precision), Math.round(100 * (1 - answered))),
  }))
  const isOwn = chosen !== null && suggested.every(({ unsureBelow }) => unsureBelow !== chosen)
  return [
    { unsureBelow: null, name: text.results.unsure.usual },
    ...suggested,
    ...(isOwn ? [{ unsureBelow: chosen, name: text.results.unsure.own }] : []),
  ]
}
