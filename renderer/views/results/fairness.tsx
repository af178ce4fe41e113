/** @file How fair the model is to rare classes: chosen after training, with its effect on the held-out images. */
import { useEffect, useId, useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { maxFairness } from '../../../core/train/evaluation/answering.ts'
import { isUneven } from '../../store/figures.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Only where it makes a difference: classes that are uneven, and were drawn as they are. */
export function Fairness({ run, evaluation }: Props): JSX.Element | null {
  const { answers, choose } = useSubject('answers', 'answers', 'choose')
  const id = useId()
  const isOf = run.settings.balance !== 'full' && isUneven(evaluation.perClass)
  if (!isOf && answers.fairness === 0) return null
  return (
    <section className="card stack" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{text.results.fairness.title}</h2>
      <p className="soft">{text.results.fairness.hint}</p>
      <div className="fairness">
        <span className="small soft" aria-hidden="true">
          {text.results.fairness.asLearned}
        </span>
        <input
          type="range"
          min={0}
          max={maxFairness}
          step={0.05}
          value={answers.fairness}
          aria-labelledby={`${id}-title`}
          aria-describedby={`${id}-effect`}
          aria-valuetext={percent(answers.fairness)}
          onChange={({ target }) => choose({ fairness: Number(target.value) })}
        />
        <span className="small soft" aria-hidden="true">
          {text.results.fairness.allAlike}
        </span>
      </div>
      <Effect key={run.id} id={`${id}-effect`} run={run.id} evaluation={evaluation} />
    </section>
  )
}

type Figures = Pick<Evaluation, 'accuracy' | 'balancedAccuracy'>

interface EffectProps {
  readonly id: string
  readonly run: string
  readonly evaluation: Evaluation
}

/** The same weights with and without: two rows, so that nothing moves while the slider does. */
function Effect({ id, run, evaluation }: EffectProps): JSX.Element {
  const { api } = useStudio()
  const [plain, setPlain] = useState<Figures | null>(null)
  const { model } = evaluation.answers
  useEffect(() => {
    const interest = new AbortController()
    api.results.stored({ run, fairness: 0 }, { signal: interest.signal }).then(
      (found) => setPlain(found),
      // Without it the figures of the slider stand alone.
      () => setPlain(null),
    )
    return () => interest.abort()
  }, [api, run, model])
  const { accuracy, balanced, now, without } = text.results.fairness
  const rows = [
    { name: now, figures: evaluation },
    { name: without, figures: plain },
  ]
  return (
    <table id={id} className="effect" aria-live="polite">
      <thead>
        <tr>
          <td />
          <th scope="col" className="number">
            {accuracy}
          </th>
          <th scope="col" className="number">
            {balanced}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, figures }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{shown(figures?.accuracy)}</td>
            <td className="number">{shown(figures?.balancedAccuracy)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function shown(share: number | null | undefined): string {
  return share === null || share === undefined ? '–' : percent(share)
}
