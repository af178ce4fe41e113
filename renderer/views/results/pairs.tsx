/** @file What is mixed up, as pairs of photos: a mistaken one beside a typical one of the kind it was taken for. */
import { useState, type JSX } from 'react'

import type { Evaluation, JudgedImage } from '../../../core/api/contract/results.ts'
import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { confusionsOf, imagesOfCell, type Confusion } from '../../store/figures.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'
import type { Cell } from './cell.tsx'
import { JudgedDialog } from './image.tsx'
import { LabelLine } from './label-line.tsx'
import { useTypical, type Typical } from './typical.ts'

interface Props {
  readonly run: RunDetails
  readonly evaluation: Evaluation
  /** Opens all images of a pair of kinds. */
  readonly onOpen: (cell: Cell) => void
}

const firstShown = 6

/** The most frequent mix-ups first, of each the most confident mistake; nothing where there are none. */
export function MixUps({ run, evaluation, onOpen }: Props): JSX.Element | null {
  const [shown, setShown] = useState(firstShown)
  const typical = useTypical(run.id, evaluation)
  const pairs = confusionsOf(evaluation)
  if (pairs.length === 0) return null
  return (
    <section className="stack" aria-labelledby="pairs">
      <div className="stack tight">
        <h2 id="pairs">{text.results.pairs.title}</h2>
        <p className="soft">{typical.problem ?? text.results.pairs.lead}</p>
      </div>
      <ul className="mix-ups">
        {pairs.slice(0, shown).map((pair) => (
          <li key={`${pair.truth} ${pair.guess}`}>
            <MixUp run={run} evaluation={evaluation} pair={pair} typical={typical} onOpen={onOpen} />
          </li>
        ))}
      </ul>
      {pairs.length > shown ? (
        <div>
          <Button onClick={() => setShown(pairs.length)}>
            {text.results.pairs.more(pairs.length - shown)}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

interface MixUpProps extends Props {
  readonly pair: Confusion
  readonly typical: Typical
}

function MixUp({ run, evaluation, pair, typical, onOpen }: MixUpProps): JSX.Element | null {
  const [open, setOpen] = useState<{ readonly place: number; readonly corrects: boolean } | null>(null)
  const images = imagesOfCell(evaluation, pair)
  const [first] = images
  const nameOf = (label: number): string => evaluation.perClass[label]?.name ?? ''
  const [truth, guess] = [nameOf(pair.truth), nameOf(pair.guess)]
  if (first === undefined) return null
  const what = text.results.mistake(truth, guess, percent(first.probability))
  return (
    <article className="mix-up" aria-label={text.results.cell(truth, guess, images.length)}>
      <Mistaken
        evaluation={evaluation}
        image={first}
        what={what}
        onOpen={() => setOpen({ place: 0, corrects: false })}
      />
      <TypicalOf label={pair.guess} name={guess} typical={typical} />
      <span className="mix-up-name">
        <KindName kind={pair.truth} name={truth} />
      </span>
      <span className="mix-up-name">
        <span className="soft">{text.results.takenFor}</span> <KindName kind={pair.guess} name={guess} />
      </span>
      <div className="mix-up-foot">
        <span className="soft number">{text.results.pairs.sure(percent(first.probability))}</span>
        {images.length > 1 ? (
          <Button look="quiet" className="slim" onClick={() => onOpen(pair)}>
            {text.results.pairs.all(images.length)}
          </Button>
        ) : null}
        {run.project === null ? null : (
          <LabelLine
            root={evaluation.root}
            path={first.path}
            what={what}
            onCorrect={() => setOpen({ place: 0, corrects: true })}
          />
        )}
      </div>
      {open === null ? null : (
        <JudgedDialog
          run={run}
          evaluation={evaluation}
          images={images}
          {...open}
          onGo={(place) => setOpen({ place, corrects: false })}
          onClose={() => setOpen(null)}
        />
      )}
    </article>
  )
}

interface MistakenProps {
  readonly evaluation: Evaluation
  readonly image: JudgedImage
  readonly what: string
  readonly onOpen: () => void
}

function Mistaken({ evaluation, image, what, onOpen }: MistakenProps): JSX.Element {
  return (
    <button
      type="button"
      className="mix-up-picture"
      aria-label={text.results.openImage(what)}
      onClick={onOpen}
    >
      <Thumbnail folder={evaluation.root} path={image.path} size={480} alt="" className="gallery-image" />
    </button>
  )
}

interface TypicalOfProps {
  readonly label: number
  readonly name: string
  readonly typical: Typical
}

/** Its place is kept while it is looked for, and where there is none. */
function TypicalOf({ label, name, typical: { images } }: TypicalOfProps): JSX.Element {
  const path = images?.images.find((one) => one.label === label)?.path
  return (
    <div className="mix-up-picture">
      {images === null || path === undefined ? (
        <div className="gallery-image" />
      ) : (
        <Thumbnail
          folder={images.root}
          path={path}
          size={480}
          alt={text.results.pairs.typical(name)}
          className="gallery-image"
        />
      )}
      <span className="mix-up-badge">{text.results.pairs.typicalBadge}</span>
    </div>
  )
}
