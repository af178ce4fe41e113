/** @file Images with what they show and what the model took them for. */
import type { JSX } from 'react'

import type { Evaluation, JudgedImage } from '../../core/api/contract/results.ts'
import { percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Thumbnail } from './thumbnail.tsx'

interface Props {
  readonly evaluation: Evaluation
  readonly images: readonly JudgedImage[]
}

/** Pictures in the order given. */
export function Gallery({ evaluation: { root, perClass }, images }: Props): JSX.Element {
  const nameOf = (label: number): string => perClass[label]?.name ?? ''
  return (
    <ul className="gallery">
      {images.map(({ path, label, predicted, probability }) => (
        <li key={path}>
          <figure>
            <Thumbnail
              folder={root}
              path={path}
              size={320}
              alt={text.results.mistake(nameOf(label), nameOf(predicted), percent(probability))}
              className="gallery-image"
            />
            <figcaption aria-hidden="true">
              <strong>{nameOf(label)}</strong>
              <br />
              {label === predicted ? null : (
                <>
                  <span className="soft">{text.results.takenFor}</span> {nameOf(predicted)}
                  <br />
                </>
              )}
              <span className="soft number">{percent(probability)}</span>
            </figcaption>
          </figure>
        </li>
      ))}
    </ul>
  )
}
