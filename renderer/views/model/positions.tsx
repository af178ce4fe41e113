/** @file The position embeddings before and after they are resized to another grid, seen from a chosen position. */
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'

import type { ModelDescription, SimilarityMap } from '../../../core/api/contract/models.ts'
import { correctionsOf } from '../../store/model.ts'
import { useStudio } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { wordsOfError } from '../../text/sentences.ts'

interface Props {
  readonly model: ModelDescription
  readonly resolution: number
}

/** A position as a fraction of the height and of the width. */
interface Place {
  readonly row: number
  readonly column: number
}

interface Maps {
  readonly before: SimilarityMap
  readonly after: SimilarityMap
}

/** Two pictures beside one another, which follow the pointer and the arrow keys. */
export function ModelPositions(props: Props): JSX.Element {
  const id = useId()
  return (
    <section className="card stack" aria-labelledby={id}>
      <h2 id={id}>{text.model.positions}</h2>
      <Pictures {...props} />
    </section>
  )
}

function Pictures({ model, resolution }: Props): JSX.Element {
  const [place, setPlace] = useState<Place>({ row: 0.3, column: 0.3 })
  const { maps, problem } = useMaps(model, resolution, place)
  return (
    <div className="stack">
      <p className="small soft">{text.model.positionsHint}</p>
      {problem === null ? null : <Notice kind="warning">{problem}</Notice>}
      {maps === null && problem === null ? <Waiting /> : null}
      {maps === null ? null : (
        <div className="position-maps">
          <Map map={maps.before} title={text.model.before} place={place} onPlace={setPlace} />
          <Map map={maps.after} title={text.model.after} place={place} onPlace={setPlace} />
        </div>
      )}
      {maps === null ? null : (
        <p className="position-scale small soft" aria-hidden="true">
          {text.model.unlike} <span /> {text.model.alike}
        </p>
      )}
    </div>
  )
}

/** Places for the pictures, so that nothing moves when they come. */
function Waiting(): JSX.Element {
  return (
    <div className="position-maps" aria-hidden="true">
      <span className="position-waiting" />
      <span className="position-waiting" />
    </div>
  )
}

const waitMs = 60

/** While the slider or the pointer moves, the last pictures stay until the next have arrived. */
function useMaps(
  model: ModelDescription,
  resolution: number,
  { row, column }: Place,
): { readonly maps: Maps | null; readonly problem: string | null } {
  const { api } = useStudio()
  const [maps, setMaps] = useState<Maps | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const interest = new AbortController()
    const { signal } = interest
    const ask = async (): Promise<void> => {
      const input = { path: model.path, ...correctionsOf(model), resolution, row, column }
      try {
        setMaps(await api.models.positions(input, { signal }))
        setProblem(null)
      } catch (error) {
        if (!signal.aborted) setProblem(wordsOfError(error))
      }
    }
    const timer = setTimeout(() => void ask(), waitMs)
    return () => {
      clearTimeout(timer)
      interest.abort()
    }
  }, [api, model, resolution, row, column])
  return { maps, problem }
}

interface MapProps {
  readonly map: SimilarityMap
  readonly title: (rows: number, columns: number) => string
  readonly place: Place
  readonly onPlace: (place: Place) => void
}

/** A click, a drag or the arrow keys select a position. */
function Map({ map, title, place, onPlace }: MapProps): JSX.Element {
  const { rows, columns } = map
  const [row, column] = [indexOf(place.row, rows), indexOf(place.column, columns)]
  const name = title(rows, columns)
  return (
    <figure className="position-map">
      <button
        type="button"
        aria-label={text.model.placeLabel(name, row + 1, column + 1)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          onPlace(placeUnder(event))
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) onPlace(placeUnder(event))
        }}
        onKeyDown={(event) => {
          const moved = movedBy(event, row, column)
          if (moved === null) return
          event.preventDefault()
          onPlace({ row: centreOf(moved.row, rows), column: centreOf(moved.column, columns) })
        }}
      >
        <Picture map={map} />
        <svg viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
          <rect x={column} y={row} width={1} height={1} />
        </svg>
      </button>
      <figcaption className="small">{name}</figcaption>
    </figure>
  )
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function movedBy(
  { key }: KeyboardEvent,
  row: number,
  column: number,
): { readonly row: number; readonly column: number } | null {
  const step = steps[key]
  return step === undefined ? null : { row: row + step[0], column: column + step[1] }
}

function placeUnder({ currentTarget, clientX, clientY }: PointerEvent<HTMLElement>): Place {
  const { left, top, width, height } = currentTarget.getBoundingClientRect()
  return { row: inside((clientY - top) / height), column: inside((clientX - left) / width) }
}

function centreOf(index: number, count: number): number {
  return inside((index + 0.5) / count)
}

function indexOf(share: number, count: number): number {
  return Math.min(count - 1, Math.floor(share * count))
}

function inside(share: number): number {
  return Math.min(1, Math.max(0, share))
}

/** One pixel per position, enlarged by the browser. */
function Picture({ map: { rows, columns, values } }: { readonly map: SimilarityMap }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === null || context === undefined) return
    const image = context.createImageData(columns, rows)
    const least = Math.min(...values)
    for (const [place, value] of values.entries())
      image.data.set([...colourOf((value - least) / Math.max(1e-6, 1 - least)), 255], 4 * place)
    context.putImageData(image, 0, 0)
  }, [rows, columns, values])
  return <canvas ref={canvas} width={columns} height={rows} aria-hidden="true" />
}

type Colour = readonly [red: number, green: number, blue: number]

// From dark to bright, so that it reads without colour as well; the same in both themes.
const ramp: readonly Colour[] = [
  [16, 24, 40],
  [18, 74, 92],
  [29, 138, 122],
  [140, 196, 110],
  [250, 240, 150],
]

function colourOf(share: number): Colour {
  const position = inside(share) * (ramp.length - 1)
  const below = Math.min(ramp.length - 2, Math.floor(position))
  const [from, to] = [ramp[below], ramp[below + 1]]
  if (from === undefined || to === undefined) return [0, 0, 0]
  const mix = (channel: 0 | 1 | 2): number =>
    from[channel] + (position - below) * (to[channel] - from[channel])
  return [mix(0), mix(1), mix(2)]
}
