/** @file How many images of a table were given each answer, as bars that are its filter as well. */
import type { JSX } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import { kindAttributes } from '../../kind-colours.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'

/** Images that were given one label. */
export interface AnswerCount {
  readonly label: string
  readonly images: number
  /** Those below the threshold, drawn lighter. */
  readonly unsure: number
}

interface Props {
  readonly counts: readonly AnswerCount[]
  /** Labels of the model, whose colours the bars have. */
  readonly classes: readonly string[]
  /** The one label that is shown; null for all. */
  readonly chosen: string | null
  readonly onChoose: (label: string | null) => void
}

/** More answers than these are a list to choose from. */
export const mostBars = 16

/** Pressing the chosen one again shows all. */
export function AnswerKinds({ counts, classes, chosen, onChoose }: Props): JSX.Element {
  const most = counts.reduce((largest, { images }) => Math.max(largest, images), 1)
  return (
    <ul
      className={classes.length > mostBars ? 'answer-kinds many' : 'answer-kinds'}
      aria-label={text.use.table.filter}
    >
      {counts.map(({ label, images, unsure }) => (
        <li key={label} {...kindAttributes(classes.indexOf(label))}>
          <button
            type="button"
            aria-pressed={chosen === label}
            title={text.use.table.kind(label, images, unsure)}
            onClick={() => onChoose(chosen === label ? null : label)}
          >
            <KindName kind={classes.indexOf(label)} name={label} />
            <ShareBar share={images / most} tail={unsure / most} />
            <span className="number">{count(images)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
