/** @file Held-out images with what they show and what the model took them for; each opens in close-up. */
import { useState, type JSX } from 'react'

import type { Evaluation, JudgedImage } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { JudgedDialog } from './image.tsx'
import { LabelLine } from './label-line.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  readonly images: readonly JudgedImage[]
}

/** Pictures in the order given. */
export function Gallery({ run, evaluation, images }: Props): JSX.Element {
  const [open, setOpen] = useState<{ readonly place: number; readonly corrects: boolean } | null>(null)
  return (
    <>
      <ul className="gallery">
        {images.map((image, place) => (
          <li key={image.path}>
            <Judged
              run={run}
              evaluation={evaluation}
              image={image}
              onOpen={(corrects) => setOpen({ place, corrects })}
            />
          </li>
        ))}
      </ul>
      {open === null ? null : (
        <JudgedDialog
          run={run}
          evaluation={evaluation}
          images={images}
          place={open.place}
          corrects={open.corrects}
          onGo={(place) => setOpen({ place, corrects: false })}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  )
}

interface JudgedProps {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  readonly image: JudgedImage
  readonly onOpen: (corrects: boolean) => void
}

function Judged({ run, evaluation, image, onOpen }: JudgedProps): JSX.Element {
  const { root, perClass } = evaluation
  const { path, label, predicted, probability } = image
  const nameOf = (one: number): string => perClass[one]?.name ?? ''
  const isMistake = label !== predicted
  const what = describe(evaluation, image)
  return (
    <figure className="judged">
      <button type="button" aria-label={text.results.openImage(what)} onClick={() => onOpen(false)}>
        <Thumbnail folder={root} path={path} size={320} alt={what} className="gallery-image" />
      </button>
      <figcaption>
        <span className="clip" aria-hidden="true">
          <strong>{nameOf(label)}</strong>
        </span>
        {isMistake ? (
          <span className="clip" aria-hidden="true" title={nameOf(predicted)}>
            <span className="soft">{text.results.takenFor}</span> {nameOf(predicted)}
          </span>
        ) : null}
        <span className="soft number" aria-hidden="true">
          {percent(probability)}
        </span>
        {isMistake && run.project !== null ? (
          <LabelLine root={root} path={path} what={what} onCorrect={() => onOpen(true)} />
        ) : null}
      </figcaption>
    </figure>
  )
}

/** What an image shows and what the model made of it, in a sentence. */
function describe({ perClass }: Evaluation, { label, predicted, probability }: JudgedImage): string {
  const nameOf = (one: number): string => perClass[one]?.name ?? ''
  return label === predicted
    ? text.results.recognised(nameOf(label), percent(probability))
    : text.results.mistake(nameOf(label), nameOf(predicted), percent(probability))
}
