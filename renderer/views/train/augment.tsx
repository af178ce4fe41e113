/** @file Some of the person's images as the model will see them, drawn by the training code itself. */
import { Shuffle } from 'lucide-react'
import { useEffect, useMemo, useState, type JSX } from 'react'

import type { Augment } from '../../../core/data/augmentation.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

const rows = 2
const variations = 5

interface Picked {
  readonly folder: string
  readonly path: string
  readonly seed: number
}

/** Two images with variations beside each; nothing while images or model are missing. */
export function AugmentPreview({ augment }: { readonly augment: Augment }): JSX.Element | null {
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
          <VariationRow key={row} {...one} augment={augment} resolution={model.resolution} />
        ))}
      </div>
    </section>
  )
}

interface RowProps extends Picked {
  readonly augment: Augment
  readonly resolution: number
}

function VariationRow({ folder, path, ...rest }: RowProps): JSX.Element {
  const urls = useVariations({ folder, path, ...rest })
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

/** Addresses of the pictures; the previous ones stay until the new ones arrive. */
function useVariations({ folder, path, augment, resolution, seed }: RowProps): readonly string[] {
  const { api } = useStudio()
  const [urls, setUrls] = useState<readonly string[]>([])
  useEffect(() => {
    const interest = new AbortController()
    const input = { folder, path, augment, resolution, seed, count: variations }
    const show = (images: readonly Uint8Array[]): void => {
      if (interest.signal.aborted) return
      const blobs = images.map((bytes) => new Blob([new Uint8Array(bytes)], { type: 'image/png' }))
      setUrls(blobs.map((blob) => URL.createObjectURL(blob)))
    }
    // A picture that cannot be read is listed among the files left out; here its places stay empty.
    const leaveEmpty = (): void => setUrls([])
    void api.runs.augmented(input, { signal: interest.signal }).then(show, leaveEmpty)
    return () => interest.abort()
  }, [api, folder, path, augment, resolution, seed])
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls])
  return urls
}
