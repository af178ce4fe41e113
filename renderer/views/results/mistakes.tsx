/** @file Every mistake, folded away below the pairs. */
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { mistakesOf } from '../../store/figures.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Gallery } from './gallery.tsx'
import { MoreButton } from './more.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
}

/** Sorted by how sure the model was; nothing where there are none. */
export function Mistakes({ run, evaluation }: Props): JSX.Element | null {
  const [shown, setShown] = useState(60)
  const [isOpen, setOpen] = useState(false)
  const mistakes = mistakesOf(evaluation)
  if (mistakes.length === 0) return null
  return (
    <Fold title={text.results.mistakes(mistakes.length)} onToggle={setOpen}>
      {isOpen ? (
        <div className="stack">
          <p className="soft">{text.results.mistakesHint}</p>
          <Gallery run={run} evaluation={evaluation} images={mistakes.slice(0, shown)} />
          <MoreButton shown={shown} total={mistakes.length} onMore={setShown} />
        </div>
      ) : null}
    </Fold>
  )
}
