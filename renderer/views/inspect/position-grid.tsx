/** @file For every position of the grid a small map of the positions that the model considers similar to it. */
import { useLayoutEffect, useRef, type JSX } from 'react'

import { text } from '../../text/text.ts'
import { heat } from './heat.ts'

interface Props {
  readonly grid: { readonly rows: number; readonly columns: number }
  /** float32 [N, N] */
  readonly similarities: Uint8Array
}

/** The map of each position stands where the position is. */
export function PositionGrid({ grid, similarities }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { rows, columns } = grid
  const [width, height] = [columns * (columns + 1) - 1, rows * (rows + 1) - 1]
  useLayoutEffect(() => {
    const picture = new ImageData(width, height)
    const values = new Float32Array(similarities.slice().buffer)
    const count = rows * columns
    for (const [i, value] of values.entries()) {
      const [from, to] = [Math.floor(i / count), i % count]
      const y = Math.floor(from / columns) * (rows + 1) + Math.floor(to / columns)
      const x = (from % columns) * (columns + 1) + (to % columns)
      picture.data.set([...heat((value + 1) / 2), 255], 4 * (y * width + x))
    }
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0)
  }, [rows, columns, width, height, similarities])
  return (
    <>
      <canvas
        ref={canvas}
        className="inside-picture"
        width={width}
        height={height}
        role="img"
        aria-label={text.inspect.positionsAlt(rows, columns)}
      />
      <HeatLegend little="−1" much="1" />
    </>
  )
}

/** What the ends of the colours mean. */
export function HeatLegend({
  little,
  much,
}: {
  readonly little: string
  readonly much: string
}): JSX.Element {
  return (
    <p className="heat-legend soft" aria-hidden="true">
      {little} <span /> {much}
    </p>
  )
}
