/** @file Where a model looks in a photo, layer by layer, through all heads or one of them, in colour. */
import { useId, useLayoutEffect, useRef, useState, type JSX } from 'react'

import type { AttentionMap } from '../../../core/api/contract/predict.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'
import { heat } from './heat.ts'
import { HeatLegend } from './position-grid.tsx'
import { useBlocks, type InsideModel, type LookedAt } from './use-inspected.ts'

interface Props {
  readonly model: InsideModel
  readonly photos: readonly LookedAt[]
}

const offered = 6

/** One photo of a few, a layer, and all heads together or one. */
export function PhotoAttention({ model, photos }: Props): JSX.Element {
  const few = photos.filter((_, place) => place % Math.ceil(photos.length / offered) === 0)
  const [chosen, choose] = useState(0)
  const photo = few[chosen] ?? few[0]
  return (
    <div className="stack">
      <div className="inside-photos" role="group" aria-label={text.inspect.photo}>
        {few.map((one, place) => (
          <button
            key={one.path}
            type="button"
            className="inside-photo"
            aria-pressed={place === chosen}
            aria-label={text.inspect.photoNamed(one.path)}
            onClick={() => choose(place)}
          >
            <Thumbnail {...one} size={160} alt="" className="inside-thumb" />
          </button>
        ))}
      </div>
      {photo === undefined ? null : <Looked model={model} photo={photo} />}
    </div>
  )
}

interface LookedProps {
  readonly model: InsideModel
  readonly photo: LookedAt
}

function Looked({ model, photo }: LookedProps): JSX.Element {
  const { blocks, problem } = useBlocks(model, photo)
  const [layer, setLayer] = useState<number | null>(null)
  const [head, setHead] = useState<number | null>(null)
  const ids = [useId(), useId()] as const
  if (problem !== null) return <Notice kind="warning">{problem}</Notice>
  if (blocks === null) return <Progress label={text.inspect.working} />
  const place = Math.min(layer ?? blocks.length - 1, blocks.length - 1)
  const block = blocks[place]
  const map = head === null ? block?.through : (block?.heads[head] ?? block?.through)
  return (
    <>
      <div className="inside-settings">
        <label htmlFor={ids[0]}>{text.inspect.layer}</label>
        <input
          id={ids[0]}
          type="range"
          min={1}
          max={blocks.length}
          value={place + 1}
          onChange={({ target }) => setLayer(Number(target.value) - 1)}
        />
        <span className="number">{text.inspect.layerOf(place + 1, blocks.length)}</span>
        <label htmlFor={ids[1]}>{text.inspect.head}</label>
        <select
          id={ids[1]}
          className="input"
          value={head ?? ''}
          onChange={({ target }) => setHead(target.value === '' ? null : Number(target.value))}
        >
          <option value="">{text.inspect.allHeads}</option>
          {block?.heads.map((_, one) => (
            <option key={one} value={one}>
              {text.inspect.headNamed(one + 1)}
            </option>
          ))}
        </select>
      </div>
      <div className="inside-lit">
        <Thumbnail
          {...photo}
          size={800}
          alt={text.inspect.photoAlt(place + 1)}
          className="inside-lit-photo"
        />
        {map === undefined ? null : <Overlay map={map} />}
      </div>
      <HeatLegend little={text.inspect.little} much={text.inspect.much} />
    </>
  )
}

/** A pixel for each patch, which the browser makes as large as the photo and smooth. */
function Overlay({ map }: { readonly map: AttentionMap }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { rows, columns, shares } = map
  useLayoutEffect(() => {
    const picture = new ImageData(columns, rows)
    const most = shares.reduce((largest, share) => Math.max(largest, share), 0) || 1
    const least = shares.reduce((smallest, share) => Math.min(smallest, share), most)
    const range = most - least || 1
    for (const [i, share] of shares.entries()) {
      const strength = (share - least) / range
      picture.data.set([...heat(strength), 90 + 110 * strength], 4 * i)
    }
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0)
  }, [rows, columns, shares])
  return <canvas ref={canvas} className="inside-overlay" width={columns} height={rows} aria-hidden="true" />
}
