/**
 * @file A wall of pictures in sections, of which only the visible rows exist, so that any number of them scrolls
 * smoothly. The arrow keys move from picture to picture; the position of each row is computed, not measured.
 */
import { defaultRangeExtractor, useVirtualizer, type Range, type Virtualizer } from '@tanstack/react-virtual'
import {
  memo,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type JSX,
  type KeyboardEvent,
  type Ref,
  type RefObject,
} from 'react'

import { Thumbnail } from './thumbnail.tsx'
import { createWallPlan, type WallPlan, type WallSection } from './wall-plan.ts'

/** A picture: the folder and the path in it, and what it is called. */
export interface Picture {
  readonly folder: string
  readonly path: string
  readonly name: string
}

/** A picture of the wall, with a word over it. */
export interface WallPicture extends Picture {
  readonly mark: string | null
}

/** How others move the wall. */
export interface WallHandle {
  /** Brings a section to the top. */
  readonly showSection: (section: number) => void
  /** Scrolls to a picture and gives it the focus. */
  readonly focus: (picture: number) => void
}

const leastSide = 104
const gap = 8
const headingHeight = 40

interface Props {
  readonly label: string
  /** Consecutive runs of pictures, in order. */
  readonly sections: readonly WallSection[]
  readonly pictureAt: (index: number) => WallPicture | undefined
  readonly onOpen: (index: number) => void
  readonly handle: Ref<WallHandle>
}

/** Scrolls by itself. The picture that was reached last keeps the place in the order of the Tab key. */
export function ThumbnailWall({ label, sections, pictureAt, onOpen, handle }: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const { columns, side } = useGrid(frame)
  const plan = useMemo(() => createWallPlan(sections, columns), [sections, columns])
  const [active, setActive] = useState(0)
  const current = Math.min(active, plan.pictures - 1)
  const currentRow = plan.rowOf(current)
  const rows = useRows(frame, plan, side, currentRow)
  const move = (next: number): void => {
    setActive(next)
    rows.scrollToIndex(plan.rowOf(next))
    requestAnimationFrame(() => focusPicture(frame.current, next))
  }
  useImperativeHandle(handle, () => ({
    focus: move,
    showSection: (section) => {
      rows.scrollToIndex(plan.headingOf(section), { align: 'start' })
      setActive(sections[section]?.start ?? 0)
    },
  }))
  const byKey = (event: KeyboardEvent): void => {
    const next = targetOf(event, plan, current, rows.range)
    if (next === null) return
    event.preventDefault()
    move(next)
  }
  const space = { height: rows.getTotalSize(), '--wall-side': `${side}px` } as CSSProperties
  return (
    <div
      ref={frame}
      className="wall"
      role="grid"
      aria-label={label}
      aria-rowcount={plan.rows}
      aria-colcount={columns}
      onKeyDown={byKey}
    >
      <div className="wall-space" style={space}>
        {rows.getVirtualItems().map(({ index, start }) => (
          <div
            key={index}
            role="row"
            aria-rowindex={index + 1}
            className="wall-row"
            style={{ transform: `translateY(${start}px)` }}
          >
            <Row
              plan={plan}
              row={index}
              current={index === currentRow ? current : null}
              {...{ sections, pictureAt, onOpen, setActive }}
            />
          </div>
        ))}
      </div>
    </div>
  )
}

/** The visible rows and a few around; `keptRow` is always among them, because its picture may have the focus. */
function useRows(
  frame: RefObject<HTMLDivElement | null>,
  plan: WallPlan,
  side: number,
  keptRow: number,
): Virtualizer<HTMLDivElement, Element> {
  const rows = useVirtualizer<HTMLDivElement, Element>({
    count: side === 0 ? 0 : plan.rows,
    getScrollElement: () => frame.current,
    estimateSize: (row) => (plan.row(row).kind === 'heading' ? headingHeight : side + gap),
    overscan: 4,
    rangeExtractor: useCallback(
      (range: Range) => [...new Set([keptRow, ...defaultRangeExtractor(range)])].sort((a, b) => a - b),
      [keptRow],
    ),
  })
  // Recreates all rows, which with ten thousand of them is worth avoiding the first time.
  const measured = useRef({ plan, side })
  useEffect(() => {
    if (measured.current.plan !== plan || measured.current.side !== side) rows.measure()
    measured.current = { plan, side }
  }, [rows, plan, side])
  return rows
}

interface RowProps extends Pick<Props, 'sections' | 'pictureAt' | 'onOpen'> {
  readonly plan: WallPlan
  readonly row: number
  /** The picture that has the focus or would get it, if it is in this row. */
  readonly current: number | null
  readonly setActive: (index: number) => void
}

/** Drawn once as long as the wall only scrolls. */
const Row = memo(function Row(props: RowProps): JSX.Element {
  const { plan, row, sections, pictureAt, onOpen, current, setActive } = props
  const place = plan.row(row)
  if (place.kind === 'heading') {
    const { name, note } = sections[place.section] ?? { name: '', note: '' }
    return (
      <div role="rowheader" className="wall-heading">
        <strong className="clip">{name}</strong> <span className="soft small number">{note}</span>
      </div>
    )
  }
  const indices = Array.from({ length: place.count }, (_, column) => place.first + column)
  return (
    <>
      {indices.map((index) => (
        <div key={index} role="gridcell">
          <Cell
            index={index}
            picture={pictureAt(index)}
            isCurrent={index === current}
            onOpen={() => {
              setActive(index)
              onOpen(index)
            }}
          />
        </div>
      ))}
    </>
  )
})

interface CellProps {
  readonly index: number
  readonly picture: WallPicture | undefined
  readonly isCurrent: boolean
  readonly onOpen: () => void
}

function Cell({ index, picture, isCurrent, onOpen }: CellProps): JSX.Element | null {
  if (picture === undefined) return null
  const { folder, path, name, mark } = picture
  return (
    <button
      type="button"
      className="wall-picture"
      data-index={index}
      tabIndex={isCurrent ? 0 : -1}
      aria-label={mark === null ? name : `${name}, ${mark}`}
      onClick={onOpen}
    >
      <Thumbnail folder={folder} path={path} size={2 * leastSide} alt="" className="thumb" />
      {mark === null ? null : <span className="wall-mark">{mark}</span>}
    </button>
  )
}

function focusPicture(frame: HTMLElement | null, index: number): void {
  frame?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true })
}

/** Where a key leads; null for keys without a meaning here. */
function targetOf(
  { key, ctrlKey, metaKey }: KeyboardEvent,
  plan: WallPlan,
  current: number,
  shown: { readonly startIndex: number; readonly endIndex: number } | null,
): number | null {
  const last = plan.pictures - 1
  const clamp = (index: number): number => Math.max(0, Math.min(last, index))
  const page = shown === null ? 1 : Math.max(1, shown.endIndex - shown.startIndex - 1)
  const isWhole = ctrlKey || metaKey
  switch (key) {
    case 'ArrowLeft':
      return clamp(current - 1)
    case 'ArrowRight':
      return clamp(current + 1)
    case 'ArrowUp':
      return plan.vertically(current, -1)
    case 'ArrowDown':
      return plan.vertically(current, 1)
    case 'PageUp':
      return plan.vertically(current, -page)
    case 'PageDown':
      return plan.vertically(current, page)
    case 'Home':
      return isWhole ? 0 : plan.rowEnds(current).first
    case 'End':
      return isWhole ? last : plan.rowEnds(current).last
    default:
      return null
  }
}

interface Grid {
  readonly columns: number
  /** Of a picture, in pixels: as large as fills the width; 0 until that is known. */
  readonly side: number
}

function useGrid(frame: RefObject<HTMLDivElement | null>): Grid {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
  if (width === null) return { columns: 1, side: 0 }
  const columns = Math.max(1, Math.floor((width - gap) / (leastSide + gap)))
  return { columns, side: Math.floor((width - gap) / columns) - gap }
}
