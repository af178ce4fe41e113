/** @file The confusion matrix as wide as its card, and beside it the photos of the cell that is pointed at. */
import { useState, type JSX } from 'react'

import type { Evaluation } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { ConfusionMatrix } from '../../charts/confusion-matrix.tsx'
import { confusionsOf, imagesOfCell } from '../../store/figures.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'
import type { Cell } from './cell.tsx'
import { JudgedDialog } from './image.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  readonly onOpen: (cell: Cell) => void
}

/** The most frequent mix-up is shown first, and what was pointed at last stays. */
export function Confused({ run, evaluation, onOpen }: Props): JSX.Element {
  const [pointed, setPointed] = useState<Cell | null>(null)
  const shown = pointed ?? confusionsOf(evaluation)[0] ?? firstRight(evaluation)
  return (
    <section className="card stack" aria-labelledby="confusion">
      <div className="stack tight">
        <h2 id="confusion">{text.results.confusion}</h2>
        <p className="soft">{text.results.confusionHint}</p>
      </div>
      <div className="confused">
        <ConfusionMatrix
          classes={evaluation.perClass.map(({ name }) => name)}
          counts={evaluation.confusion}
          shown={shown}
          onPoint={(truth, guess) => setPointed({ truth, guess })}
          onOpen={(truth, guess) => onOpen({ truth, guess })}
        />
        {shown === null ? null : <Peek run={run} evaluation={evaluation} cell={shown} onOpen={onOpen} />}
      </div>
    </section>
  )
}

function firstRight({ confusion }: Evaluation): Cell | null {
  const label = confusion.findIndex((row, truth) => (row[truth] ?? 0) > 0)
  return label < 0 ? null : { truth: label, guess: label }
}

const mostPeeked = 9

/** The fewer, the larger. */
function columnsFor(photos: number): 1 | 2 | 3 {
  if (photos === 1) return 1
  return photos <= 4 ? 2 : 3
}

/** A few photos of a cell; each opens in close-up. */
function Peek({ run, evaluation, cell, onOpen }: Props & { readonly cell: Cell }): JSX.Element {
  const [open, setOpen] = useState<number | null>(null)
  const images = imagesOfCell(evaluation, cell)
  const nameOf = (label: number): string => evaluation.perClass[label]?.name ?? ''
  const [truth, guess] = [nameOf(cell.truth), nameOf(cell.guess)]
  const title =
    cell.truth === cell.guess
      ? text.results.cellRight(truth, images.length)
      : text.results.cell(truth, guess, images.length)
  return (
    <div className="peek stack tight">
      <h3>{title}</h3>
      <ul className="peek-photos" data-columns={columnsFor(images.length)}>
        {images.slice(0, mostPeeked).map(({ path }, place) => (
          <li key={path}>
            <button type="button" aria-label={text.results.openImage(path)} onClick={() => setOpen(place)}>
              <Thumbnail folder={evaluation.root} path={path} size={320} alt="" className="gallery-image" />
            </button>
          </li>
        ))}
      </ul>
      {images.length > mostPeeked ? (
        <div>
          <Button look="quiet" className="flush" onClick={() => onOpen(cell)}>
            {text.results.pairs.all(images.length)}
          </Button>
        </div>
      ) : null}
      {open === null ? null : (
        <JudgedDialog
          run={run}
          evaluation={evaluation}
          images={images}
          place={open}
          corrects={false}
          onGo={setOpen}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  )
}
