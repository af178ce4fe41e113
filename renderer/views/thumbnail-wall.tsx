/** @file A wall of pictures of which only the rows in sight exist, so that any number of them scrolls smoothly. */
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState, type JSX, type RefObject } from 'react'

import { Thumbnail } from './thumbnail.tsx'

/** A picture: the folder and the path in it, and what it is called. */
export interface Picture {
  readonly folder: string
  readonly path: string
  readonly name: string
}

const side = 104
const gap = 8

interface Props {
  readonly label: string
  readonly pictures: readonly Picture[]
}

/** Scrolls by itself; the arrow keys move it once it has the focus. */
export function ThumbnailWall({ label, pictures }: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const columns = useColumns(frame)
  const rows = useVirtualizer({
    count: Math.ceil(pictures.length / columns),
    getScrollElement: () => frame.current,
    estimateSize: () => side + gap,
    paddingStart: gap,
    overscan: 3,
  })
  return (
    <div ref={frame} className="wall" role="group" aria-label={label} tabIndex={0}>
      <div className="wall-space" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div key={index} className="wall-row" style={{ transform: `translateY(${start}px)` }}>
            {pictures.slice(index * columns, (index + 1) * columns).map(({ folder, path, name }) => (
              <Thumbnail key={path} folder={folder} path={path} size={208} alt={name} className="thumb" />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function useColumns(frame: RefObject<HTMLDivElement | null>): number {
  const [columns, setColumns] = useState(5)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => {
      setColumns(Math.max(1, Math.floor((element.clientWidth - gap) / (side + gap))))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  return columns
}
