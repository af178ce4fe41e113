/** @file One of the person's images under the grid of patches that the model sees. */
import type { JSX } from 'react'

import { text } from '../../text/text.ts'
import { Thumbnail } from '../data/thumbnail.tsx'
import type { Picture } from '../data/thumbnail.tsx'

interface Props {
  /** The image, or null if there is none yet. */
  readonly picture: Picture | null
  /** Patches on a side. */
  readonly patches: number
}

/** The grid is drawn in units of patches and stretched over the image, as the model's view of the image is. */
export function PatchGrid({ picture, patches }: Props): JSX.Element {
  const lines = Array.from({ length: patches - 1 }, (_, i) => `M${i + 1} 0V${patches}M0 ${i + 1}H${patches}`)
  return (
    <div className="patches">
      {picture === null ? (
        <p className="patches-empty small soft">{text.model.noPhoto}</p>
      ) : (
        <Thumbnail
          key={picture.path}
          {...picture}
          size={512}
          alt={text.model.gridAlt(patches)}
          className="patches-image"
        />
      )}
      <svg viewBox={`0 0 ${patches} ${patches}`} preserveAspectRatio="none" aria-hidden="true">
        <path className="patches-shade" d={lines.join('')} />
        <path d={lines.join('')} />
      </svg>
    </div>
  )
}
