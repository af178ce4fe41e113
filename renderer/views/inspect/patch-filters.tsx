/** @file The principal components of a model's patch filters as small colour pictures. */
import { useLayoutEffect, useRef, type JSX } from 'react'

import type { ModelFigures } from '../../../core/api/contract/inspect.ts'
import { text } from '../../text/text.ts'

type Filters = NonNullable<ModelFigures['filters']>

interface Props {
  readonly filters: Filters
}

const columns = 7
const gap = 1

/** One canvas, a pixel of it for each of a filter's. */
export function PatchFilters({ filters }: Props): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { count, side } = filters
  const rows = Math.ceil(count / columns)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context === null || context === undefined) return
    for (let filter = 0; filter < filters.count; filter++) {
      const x = (filter % columns) * (filters.side + gap)
      const y = Math.floor(filter / columns) * (filters.side + gap)
      context.putImageData(tileOf(filters, filter), x, y)
    }
  }, [filters])
  return (
    <canvas
      ref={canvas}
      className="inside-picture"
      width={Math.min(count, columns) * (side + gap) - gap}
      height={Math.max(1, rows * (side + gap) - gap)}
      role="img"
      aria-label={text.inspect.filtersAlt(count)}
    />
  )
}

function tileOf({ side, pixels }: Filters, filter: number): ImageData {
  const size = side * side
  const data = new Uint8ClampedArray(4 * size).fill(255)
  for (let i = 0; i < size; i++)
    data.set(pixels.subarray(3 * (filter * size + i), 3 * (filter * size + i) + 3), 4 * i)
  return new ImageData(data, side, side)
}
