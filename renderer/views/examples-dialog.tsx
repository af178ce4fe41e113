/** @file The images that a warning is about: in pairs side by side, or one by one. */
import type { JSX } from 'react'

import type { Finding } from '../../core/data/finding.ts'
import { text } from '../text/text.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Thumbnail } from './data/thumbnail.tsx'

type Pairs = Extract<Finding, { pairs: unknown }>['pairs']
type Places = Extract<Finding, { examples: unknown }>['examples']

/** The first few of `total`; of leaked pairs, one is trained on and the other held back. */
export type Examples =
  | { readonly kind: 'pairs'; readonly pairs: Pairs; readonly total: number; readonly isLeak: boolean }
  | { readonly kind: 'some'; readonly places: Places; readonly total: number }

interface Props {
  readonly examples: Examples
  readonly sentence: string
  readonly onClose: () => void
}

/** Open as long as it is rendered. */
export function ExamplesDialog({ examples, sentence, onClose }: Props): JSX.Element {
  const shown = examples.kind === 'pairs' ? examples.pairs.length : examples.places.length
  const title = examples.kind === 'pairs' ? text.data.alikeTitle : text.data.someTitle
  return (
    <Dialog title={title} size="wide" onClose={onClose}>
      <div className="dialog-body stack" tabIndex={0} role="group" aria-label={title}>
        <p>{sentence}</p>
        {shown < examples.total ? (
          <p className="small soft">{text.data.shownOf(shown, examples.total)}</p>
        ) : null}
        {examples.kind === 'pairs' ? <PairList {...examples} /> : <PlaceList places={examples.places} />}
      </div>
    </Dialog>
  )
}

function PairList({ pairs, isLeak }: Extract<Examples, { kind: 'pairs' }>): JSX.Element {
  return (
    <ul className="pairs">
      {pairs.map(({ first, second }) => (
        <li key={`${first.path}//${second.path}`}>
          <Example place={first} note={isLeak ? text.data.learnedFrom : null} />
          <Example place={second} note={isLeak ? text.data.heldBack : null} />
        </li>
      ))}
    </ul>
  )
}

function PlaceList({ places }: { readonly places: Places }): JSX.Element {
  return (
    <ul className="concerned-list">
      {places.map((place) => (
        <li key={place.path}>
          <Example place={place} note={null} />
        </li>
      ))}
    </ul>
  )
}

interface ExampleProps {
  readonly place: Places[number]
  readonly note: string | null
}

function Example({ place: { root, path, label }, note }: ExampleProps): JSX.Element {
  return (
    <figure className="concerned">
      <Thumbnail
        folder={root}
        path={path}
        size={320}
        alt={text.data.picture(label, path)}
        className="concerned-image"
      />
      <figcaption className="small">
        <strong className="clip">{label}</strong>
        {note === null ? null : <span className="tag">{note}</span>}
        <span className="path">{path}</span>
      </figcaption>
    </figure>
  )
}
