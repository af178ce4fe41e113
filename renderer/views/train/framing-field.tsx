/** @file How a whole image meets the square, shown on the person's own image that differs most from one. */
import { useMemo, type JSX } from 'react'

import { FramingChoice } from '../../../core/data/framing-choice.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { useDrawn } from './use-drawn.ts'

interface Props {
  readonly value: FramingChoice
  readonly onChange: (framing: FramingChoice) => void
}

interface Shown {
  readonly folder: string
  readonly path: string
  readonly resolution: number
}

/** One choice among three, each with its picture as soon as there are images and a model. */
export function FramingField({ value, onChange }: Props): JSX.Element {
  const shown = useLeastSquare()
  return (
    <fieldset className="field wide framings">
      <legend className="label">{text.train.framing}</legend>
      <div className="framing-choices">
        {FramingChoice.options.map((framing) => (
          <label key={framing} className="choice framing">
            <input
              type="radio"
              name="framing"
              checked={framing === value}
              onChange={() => onChange(framing)}
            />
            {shown === null ? null : <FramedPicture framing={framing} {...shown} />}
            <strong>{text.train.framings[framing].name}</strong>
            <span className="small soft">{text.train.framings[framing].hint}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

function FramedPicture({ framing, ...image }: Shown & { readonly framing: FramingChoice }): JSX.Element {
  const [url] = useDrawn({ ...image, framing, augment: 'none', seed: 0, count: 1 })
  // The words beside it say what it shows.
  return url === undefined ? <div className="variation" /> : <img className="variation" src={url} alt="" />
}

// Enough to find a wide or a tall one, few enough for a folder of any size.
const mostLookedAt = 2000

function useLeastSquare(): Shown | null {
  const { state: data } = useSubject('data', 'state')
  const { state: model } = useSubject('model', 'state')
  const checked = data.phase === 'ready' ? data.checked : null
  const resolution = model.phase === 'ready' ? model.resolution : null
  return useMemo(() => {
    if (checked === null || resolution === null) return null
    const { images, root: folder } = checked
    const places = Array.from({ length: Math.min(images.length, mostLookedAt) }, (_, place) => place)
    const [first] = places.flatMap((place) => images.at(place) ?? []).sort((a, b) => shapeOf(b) - shapeOf(a))
    return first === undefined ? null : { folder, path: first.path, resolution }
  }, [checked, resolution])
}

/** Longer over shorter side. */
function shapeOf({ width, height }: { readonly width: number; readonly height: number }): number {
  return Math.max(width / height, height / width)
}
