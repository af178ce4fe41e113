/**
 * @file One image of the data in close-up, with what is known about it; the arrow keys move on, and its class can be
 * corrected.
 */
import { useEffect, useRef, type JSX } from 'react'

import type { DataImage } from '../../../core/api/contract/data.ts'
import { correctedLabel } from '../../store/corrections.ts'
import type { CheckedData } from '../../store/data.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ImageSteps, stepsByKey } from '../image-steps.tsx'
import { Thumbnail } from './thumbnail.tsx'

interface Props {
  readonly checked: CheckedData
  readonly index: number
  readonly onGo: (index: number) => void
  readonly onClose: () => void
}

/** Open as long as it is rendered. */
export function DataImageDialog({ checked, index, onGo, onClose }: Props): JSX.Element | null {
  const { root, images, classes } = checked
  const body = useRef<HTMLDivElement>(null)
  // The arrow keys work from the start.
  useEffect(() => body.current?.focus(), [])
  const image = images.at(index)
  if (image === undefined) return null
  const at = { place: index, total: images.length, onGo }
  const label = classes[image.label]?.name ?? ''
  const name = text.data.picture(label, image.path)
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
        <Thumbnail folder={root} path={image.path} size={1024} alt={name} className="data-image-picture" />
        <Facts checked={checked} image={image} />
      </div>
    </Dialog>
  )
}

interface FactsProps {
  readonly checked: CheckedData
  readonly image: DataImage
}

function Facts({ checked: { root, classes }, image }: FactsProps): JSX.Element {
  const { corrections, correct, problem } = useSubject('corrections', 'corrections', 'correct', 'problem')
  const { path, width, height, label } = image
  // Classes are folders: the first part of a path says what its folder says.
  const asFolder = path.slice(0, path.indexOf('/'))
  const chosen = correctedLabel(corrections, root, path) ?? asFolder
  const names = classes.map(({ name }) => name)
  const choices = names.includes(asFolder) ? names : [asFolder, ...names]
  return (
    <div className="stack">
      <dl className="image-facts">
        <dt>{text.data.image.class}</dt>
        <dd>{classes[label]?.name}</dd>
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
