/** @file The probability from which an answer counts, and what that would have meant for the held-back images. */
import { useId, type JSX } from 'react'

import { thresholdOf } from '../../store/answers.ts'
import { effectOf } from '../../store/figures.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'

/** The effect is shown if the run was evaluated. */
export function Threshold({ run }: { readonly run: string }): JSX.Element {
  const threshold = useSelected('answers', thresholdOf)
  const { choose, problem } = useSubject('answers', 'choose', 'problem')
  const { state } = useSubject('results', 'state')
  const id = useId()
  const effect = state.phase === 'ready' && state.run === run ? effectOf(state.evaluation, threshold) : null
  return (
    <div className="threshold">
      <label htmlFor={id}>{text.use.unsureHint}</label>
      <input
        id={id}
        className="short-range"
        type="range"
        min={0}
        max={100}
        step={1}
        value={Math.round(100 * threshold)}
        onChange={({ target }) => choose({ unsureBelow: Number(target.value) / 100 })}
      />
      <strong className="number">{percent(threshold)}</strong>
      <p className="soft">
        {text.use.unsureExplained} {effect === null ? '' : effectText(effect.unsure, effect.right)}
      </p>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
    </div>
  )
}

function effectText(unsure: number, right: number | null): string {
  return right === null ? text.use.unsureAll : text.use.unsureEffect(percent(unsure), percent(right))
}
