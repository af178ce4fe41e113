/** @file What needs a map: its progress, and then what is made of it. */
import { useEffect, useState, type JSX, type ReactNode } from 'react'

import type { MapRequest, PhotoMap } from '../../../core/api/contract/map.ts'
import { placePhotos, type PlacedPhotos } from '../../store/placed-photos.ts'
import type { PhotoList } from '../../store/photo-list.ts'
import { correctionsOf } from '../../store/model.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'

interface Props {
  readonly list: PhotoList
  /** What is said before there is one. */
  readonly words: { readonly begin: string; readonly needsModel: string }
  /** Shown below the progress as well. */
  readonly meanwhile?: ReactNode
  readonly children: (placed: PlacedPhotos, map: PhotoMap) => ReactNode
}

/** Asks for the map as soon as it is shown, and again when another model is chosen. */
export function Asked({ list, words, meanwhile, children }: Props): JSX.Element {
  const { map: store } = useStudio()
  const { map, work, problem } = useSubject('map', 'map', 'work', 'problem')
  const placed = usePlaced(list, map)
  const request = useRequest()
  const question = JSON.stringify(request)
  useEffect(() => {
    void store.getState().ask(JSON.parse(question) as MapRequest | null)
  }, [store, question])
  const again = (): void => void store.getState().ask(request)
  return (
    <div className="map-frame">
      {map !== null ? (
        placed !== null && children(placed, map)
      ) : (
        <>
          <div className="map-waiting">
            {problem !== null ? (
              <Notice kind="error" action={<Button onClick={again}>{text.map.again}</Button>}>
                {problem}
              </Notice>
            ) : work !== null ? (
              <Working />
            ) : request === null ? (
              <p className="soft">{words.needsModel}</p>
            ) : (
              <Button look="primary" onClick={again}>
                {words.begin}
              </Button>
            )}
          </div>
          {meanwhile}
        </>
      )}
    </div>
  )
}

/** The map as these photos have it; null for a moment. */
function usePlaced(photos: PhotoList, map: PhotoMap | null): PlacedPhotos | null {
  const [placed, setPlaced] = useState<{ readonly map: PhotoMap; readonly of: PlacedPhotos } | null>(null)
  useEffect(() => {
    if (map === null) return undefined
    let isOver = false
    const place = async (): Promise<void> => {
      const found = await placePhotos(photos, map, () => isOver)
      if (found !== null) setPlaced({ map, of: found })
    }
    void place()
    return () => {
      isOver = true
    }
  }, [photos, map])
  const isTheirs = placed !== null && placed.map === map && placed.of.xs.length === photos.length
  return isTheirs ? placed.of : null
}

/** Null as long as there is nothing to see with. */
function useRequest(): MapRequest | null {
  const { state: data } = useSubject('data', 'state')
  const { state: chosen } = useSubject('model', 'state')
  const { eye, eyes } = useSubject('map', 'eye', 'eyes')
  if (data.phase !== 'ready') return null
  const photos = {
    data: data.folder,
    ...(data.validation === null ? {} : { validation: data.validation }),
  }
  const run = eyes.find(({ id }) => id === eye)
  if (run !== undefined) return { ...photos, model: run.folder }
  if (chosen.phase !== 'ready') return null
  return { ...photos, model: chosen.model.path, ...correctionsOf(chosen.model) }
}

function Working(): JSX.Element | null {
  const { map } = useStudio()
  const { work } = useSubject('map', 'work')
  if (work === null) return null
  const { stage, done, total } = work
  const label = text.map.stages[stage]
  const isCounted = total > 0 && stage !== 'layout'
  return (
    <div className="map-working stack">
      <div className="row apart">
        <h2>{label}</h2>
        <span className="soft number">{isCounted ? text.data.checked(done, total) : ''}</span>
      </div>
      <Progress label={label} share={total === 0 ? undefined : done / total} />
      <p className="soft">{text.map.waiting}</p>
      <div>
        <Button onClick={() => map.getState().cancel()}>{text.common.cancel}</Button>
      </div>
    </div>
  )
}
