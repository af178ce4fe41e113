/** @file The images of one cell of the confusion matrix. */
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { imagesOfCell } from '../../store/figures.ts'
import { text } from '../../text/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Gallery } from './gallery.tsx'
import { MoreButton } from './more.tsx'

/** Images of class `truth` that the model predicted as `guess`. */
export interface Cell {
  readonly truth: number
  readonly guess: number
}

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  readonly cell: Cell
  readonly onClose: () => void
}

/** The most confident first. */
export function CellDialog({ run, evaluation, cell: { truth, guess }, onClose }: Props): JSX.Element {
  const images = imagesOfCell(evaluation, { truth, guess })
  const [shown, setShown] = useState(60)
  const nameOf = (label: number): string => evaluation.perClass[label]?.name ?? ''
  const title =
    truth === guess
      ? text.results.cellRight(nameOf(truth), images.length)
      : text.results.cell(nameOf(truth), nameOf(guess), images.length)
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      <div className="dialog-body stack" tabIndex={0} role="group" aria-label={title}>
        <Gallery run={run} evaluation={evaluation} images={images.slice(0, shown)} />
        <MoreButton shown={shown} total={images.length} onMore={setShown} />
      </div>
    </Dialog>
  )
}
