/** @file Some of the person's images as the model will see them, drawn by the training code itself. */
import { Shuffle } from 'lucide-react'
import { useMemo, useState, type JSX } from 'react'

import type { Augment } from '../../../core/data/augmentation.ts'
import type { FramingChoice } from '../../../core/data/framing-choice.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'
import { useDrawn } from './use-drawn.ts'

const rows = 2
const variations = 5

interface Picked {
  readonly folder: string
  readonly path: string
  readonly seed: number
}

interface PreviewProps {
  readonly augment: Augment
  readonly framing: FramingChoice
}

/** Two images with variations beside each; nothing while images or model are missing. */
export function AugmentPreview({ augment, framing }: PreviewProps): JSX.Element | null {
  const { state: data } = useSubject('data', 'state')
  const { state: model } = useSubject('model', 'state')
  const [turn, setTurn] = useState(0)
  const checked = data.phase === 'ready' ? data.checked : null
  const picked = useMemo(() => {
    if (checked === null) return []
    const { images, root: folder } = checked
    return Array.from({ length: Math.min(rows, images.length) }, (_, row): Picked[] => {
      // Far apart in the list, so that they are of different classes, and different every time.
      const place = (Math.floor(((row + 0.5) * images.length) / rows) + 7 * turn) % images.length
      const image = images.at(place)
      return image === undefined ? [] : [{ folder, path: image.path, seed: rows * turn + row }]
    }).flat()
  }, [checked, turn])
  if (model.phase !== 'ready' || picked.length === 0) return null
  return (
    <section className="stack tight" aria-label={text.train.preview}>
      <div className="row apart">
        <h3>{text.train.preview}</h3>
        <Button look="quiet" onClick={() => setTurn(turn + 1)}>
          <Shuffle size={16} aria-hidden="true" />
          {text.train.shuffle}
        </Button>
      </div>
      <div className="variations">
        {picked.map((one, row) => (
          <VariationRow
            key={row}
            {...one}
            augment={augment}
            framing={framing}
            resolution={model.resolution}
          />
        ))}
      </div>
    </section>
  )
}

interface RowProps extends Picked, PreviewProps {
  readonly resolution: number
}

function VariationRow({ folder, path, ...rest }: RowProps): JSX.Element {
  const urls = useDrawn({ folder, path, ...rest, count: variations })
  return (
    <>
      <Thumbnail
        folder={folder}
        path={path}
        size={208}
        alt={`${text.train.previewOriginal}: ${path}`}
        className="variation original"
      />
      {Array.from({ length: variations }, (_, index) => {
        const url = urls[index]
        const name = text.train.previewVaried(index + 1)
        return url === undefined ? (
          <div key={index} className="variation" role="img" aria-label={name} />
        ) : (
          <img key={index} className="variation" src={url} alt={name} />
        )
      })}
    </>
  )
}
