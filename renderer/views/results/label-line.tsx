/** @file Says that a label is wrong, or what it was corrected to; nothing more is asked here. */
import type { JSX } from 'react'

import { correctedLabel } from '../../store/corrections.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

interface Props {
  readonly root: string
  readonly path: string
  /** What the image shows, for the name of the button. */
  readonly what: string
  readonly onCorrect: () => void
}

/** In runs that belong to a project. */
export function LabelLine({ root, path, what, onCorrect }: Props): JSX.Element {
  const { corrections: store } = useStudio()
  const { corrections } = useSubject('corrections', 'corrections')
  const corrected = correctedLabel(corrections, root, path)
  if (corrected === null) {
    return (
      <Button
        look="quiet"
        className="flush slim"
        aria-label={`${text.results.wrong}: ${what}`}
        onClick={onCorrect}
      >
        {text.results.wrong}
      </Button>
    )
  }
  return (
    <span className="row corrected">
      <span className="tag accent">{text.results.corrected(corrected)}</span>
      <Button
        look="quiet"
        className="flush slim"
        onClick={() => void store.getState().correct(root, path, null)}
      >
        {text.results.undo}
      </Button>
    </span>
  )
}
