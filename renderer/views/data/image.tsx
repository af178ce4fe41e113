/**
 * @file One photo in close-up, with what is known about it; the arrow keys move on in the order of the wall, and its kind
 * can be put right.
 */
import { useEffect, useRef, type JSX } from 'react'

import { noKind, type Photo, type Photos } from '../../store/photos.ts'
import { correctedLabel } from '../../store/corrections.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ImageSteps, stepsByKey } from '../image-steps.tsx'
import { Thumbnail } from './thumbnail.tsx'

interface Props {
  readonly photos: Photos
  readonly order: Uint32Array
  readonly photo: number
  readonly onGo: (photo: number) => void
  readonly onClose: () => void
}

/** Open as long as it is rendered. */
export function PhotoDialog({ photos, order, photo, onGo, onClose }: Props): JSX.Element | null {
  const body = useRef<HTMLDivElement>(null)
  // The arrow keys work from the start.
  useEffect(() => body.current?.focus(), [])
  const shown = photos.at(photo)
  if (shown === undefined) return null
  const place = Math.max(0, order.indexOf(photo))
  const at = { place, total: order.length, onGo: (next: number) => onGo(order[next] ?? photo) }
  const kind = photos.kindOf[photo] ?? noKind
  const label = kind === noKind ? text.wall.traits.unlabelled : (photos.kinds[kind] ?? '')
  const name = text.data.picture(label, shown.path)
  return (
    <Dialog title={label} size="wide" onClose={onClose} foot={<ImageSteps {...at} words={text.data.image} />}>
      <div
        ref={body}
        className="dialog-body data-image"
        tabIndex={0}
        role="group"
        aria-label={name}
        onKeyDown={stepsByKey(at)}
      >
        <Thumbnail
          folder={shown.root}
          path={shown.path}
          size={1024}
          alt={name}
          className="data-image-picture"
        />
        <Facts photos={photos} shown={shown} label={label} />
      </div>
    </Dialog>
  )
}

interface FactsProps {
  readonly photos: Photos
  readonly shown: Photo
  readonly label: string
}

function Facts({ photos: { kinds: names }, shown, label }: FactsProps): JSX.Element {
  const { corrections, correct, problem } = useSubject('corrections', 'corrections', 'correct', 'problem')
  const { root, path, width, height } = shown
  // Classes are folders: the first part of a path says what its folder says.
  const asFolder = path.slice(0, path.indexOf('/'))
  const chosen = correctedLabel(corrections, root, path) ?? asFolder
  const choices = names.includes(asFolder) ? names : [asFolder, ...names]
  return (
    <div className="stack">
      <dl className="image-facts">
        <dt>{text.data.image.class}</dt>
        <dd>{label}</dd>
        <dt>{text.data.image.file}</dt>
        <dd className="path">{path}</dd>
        <dt>{text.data.image.size}</dt>
        <dd className="number">{text.data.image.pixels(width, height)}</dd>
      </dl>
      <label className="field">
        <span className="label">{text.data.image.wrong}</span>
        <select
          className="input"
          value={chosen}
          onChange={({ target }) => void correct(root, path, target.value === asFolder ? null : target.value)}
        >
          {choices.map((name) => (
            <option key={name} value={name}>
              {name === asFolder ? text.data.image.asFolder(name) : name}
            </option>
          ))}
        </select>
      </label>
      <p className="small soft">{text.data.image.wrongHint}</p>
      {problem === null ? null : (
        <p className="small" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
