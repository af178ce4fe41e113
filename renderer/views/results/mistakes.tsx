/** @file The wall of mistakes. */
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { mistakesOf } from '../../store/figures.ts'
import { text } from '../../text/text.ts'
import { Gallery } from './gallery.tsx'
import { MoreButton } from './more.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Sorted by how sure the model was. */
export function Mistakes({ run, evaluation }: Props): JSX.Element {
  const [shown, setShown] = useState(60)
  const mistakes = mistakesOf(evaluation)
  return (
    <section className="stack" aria-labelledby="mistakes">
      <div className="stack tight">
        <h2 id="mistakes">{text.results.mistakes}</h2>
        <p className="small soft">
          {mistakes.length === 0 ? text.results.noMistakes : text.results.mistakesHint}
        </p>
      </div>
      <Gallery run={run} evaluation={evaluation} images={mistakes.slice(0, shown)} />
      <MoreButton shown={shown} total={mistakes.length} onMore={setShown} />
    </section>
  )
}
