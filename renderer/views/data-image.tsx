/** @file One image of the data in large, with what is known of it; the arrow keys go on, and its kind can be put right. */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect, useRef, type JSX, type KeyboardEvent } from 'react'

import type { DataImage } from '../../core/api/contract/data.ts'
import { correctedLabel } from '../store/corrections.ts'
import type { CheckedData } from '../store/data.ts'
import { useSubject } from '../studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
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
  const go = (next: number): void => {
    if (next >= 0 && next < images.length) onGo(next)
  }
  const byKey = ({ key, target }: KeyboardEvent<HTMLElement>): void => {
    if (target instanceof HTMLSelectElement) return
    if (key === 'ArrowLeft') go(index - 1)
    if (key === 'ArrowRight') go(index + 1)
  }
  const label = classes[image.label]?.name ?? ''
  const name = text.data.picture(label, image.path)
  return (
    <Dialog
      title={label}
      size="wide"
      onClose={onClose}
      foot={
        <>
          <span className="soft small number" role="status">
            {text.data.image.position(index + 1, images.length)}
          </span>
          <div className="row" onKeyDown={byKey}>
            <Button disabled={index === 0} onClick={() => go(index - 1)}>
              <ChevronLeft size={16} aria-hidden="true" />
              {text.data.image.previous}
            </Button>
            <Button disabled={index + 1 >= images.length} onClick={() => go(index + 1)}>
              {text.data.image.next}
              <ChevronRight size={16} aria-hidden="true" />
            </Button>
          </div>
        </>
      }
    >
      <div
        ref={body}
        className="dialog-body data-image"
        tabIndex={0}
        role="group"
        aria-label={name}
        onKeyDown={byKey}
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
  const { corrections, correct, problem } = useSubject((studio) => studio.corrections)
  const { path, width, height, label } = image
  // Classes are folders: the first part of a path says what its folder says.
  const asFolder = path.slice(0, path.indexOf('/'))
  const chosen = correctedLabel(corrections, root, path) ?? asFolder
  const names = classes.map(({ name }) => name)
  const choices = names.includes(asFolder) ? names : [asFolder, ...names]
  return (
    <div className="stack">
      <dl className="image-facts">
        <dt>{text.data.image.kind}</dt>
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
