/**
 * @file The confusion matrix: a grid whose filled cells are buttons that open their images. It is as wide as its card where
 * there are few classes. Only the visible cells exist, so that hundreds of classes scroll smoothly; the arrow keys go
 * from one filled cell to the next.
 */
import { defaultRangeExtractor, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react'

import { text } from '../text/text.ts'
import { KindName } from '../ui/kind-name.tsx'
import { headHeight, headWidth, useCellSize } from './cell-size.ts'
import { isGridKey, nextFilled, type CellPosition } from './filled-cells.ts'

interface Props {
  readonly classes: readonly string[]
  /** Rows are true classes, columns guesses. */
  readonly counts: readonly (readonly number[])[]
  /** The cell whose images are shown beside it; null for none. */
  readonly shown: CellPosition | null
  /** Called when a filled cell is pointed at or focused. */
  readonly onPoint: (truth: number, guess: number) => void
  readonly onOpen: (truth: number, guess: number) => void
}

/** The shade of a cell is its share of its row; the numbers are in it as well. */
export function ConfusionMatrix({ classes, counts, shown, onPoint, onOpen }: Props): JSX.Element {
  const frame = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState<CellPosition>(() => firstFilled(counts))
  const cell = useCellSize(frame, classes.length)
  const rows = useAxis(frame, classes.length, active.truth, { size: cell.height, horizontal: false })
  const columns = useAxis(frame, classes.length, active.guess, { size: cell.width, horizontal: true })
  const focusSoon = useFocusOnActive(frame, active)
  const byKey = (event: KeyboardEvent): void => {
    if (!isGridKey(event.key)) return
    // At the edge too: the page must not scroll away under the cell.
    event.preventDefault()
    const next = nextFilled(counts, active, event.key)
    if (next === null) return
    rows.scrollToIndex(next.truth)
    columns.scrollToIndex(next.guess)
    focusSoon()
    setActive(next)
  }
  const width = headWidth + columns.getTotalSize()
  return (
    <div ref={frame} className="confusion">
      <div
        role="grid"
        tabIndex={-1}
        aria-label={text.results.confusion}
        aria-rowcount={classes.length + 1}
        aria-colcount={classes.length + 1}
        style={{ width, height: headHeight + rows.getTotalSize() }}
        onKeyDown={byKey}
      >
        <Head classes={classes} columns={columns} width={width} />
        {rows.getVirtualItems().map(({ index: truth, start }) => (
          <Row
            key={truth}
            truth={truth}
            top={start}
            width={width}
            classes={classes}
            row={counts[truth] ?? []}
            columns={columns}
            active={active}
            shown={shown?.truth === truth ? shown.guess : null}
            onPoint={(guess) => onPoint(truth, guess)}
            onOpen={(guess) => {
              setActive({ truth, guess })
              onOpen(truth, guess)
            }}
          />
        ))}
      </div>
    </div>
  )
}

/** What is returned makes the next active cell take the focus. */
function useFocusOnActive(
  frame: { readonly current: HTMLDivElement | null },
  active: CellPosition,
): () => void {
  const moves = useRef(false)
  useEffect(() => {
    if (!moves.current) return
    moves.current = false
    frame.current?.querySelector<HTMLElement>('button.cell[tabindex="0"]')?.focus()
  }, [frame, active])
  return () => {
    moves.current = true
  }
}

type Axis = Virtualizer<HTMLDivElement, Element>

interface AxisOptions {
  /** Pixels of one cell. */
  readonly size: number
  readonly horizontal: boolean
}

/** The row or column of the active cell always exists, because the tab key leads to it. */
function useAxis(
  frame: { readonly current: HTMLDivElement | null },
  count: number,
  active: number,
  { size, horizontal }: AxisOptions,
): Axis {
  const head = horizontal ? headWidth : headHeight
  const axis = useVirtualizer<HTMLDivElement, Element>({
    count,
    horizontal,
    getScrollElement: () => frame.current,
    estimateSize: () => size,
    overscan: 4,
    // The headers stay visible and cover what is below them.
    scrollPaddingStart: head,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      if (active < 0 || active >= count || shown.includes(active)) return shown
      return [...shown, active].toSorted((a, b) => a - b)
    },
  })
  useLayoutEffect(() => axis.measure(), [axis, size])
  return axis
}

function Head({
  classes,
  columns,
  width,
}: {
  readonly classes: readonly string[]
  readonly columns: Axis
  readonly width: number
}): JSX.Element {
  return (
    <div className="confusion-head" role="row" aria-rowindex={1} style={{ width }}>
      <span className="confusion-corner" role="columnheader" aria-colindex={1}>
        {text.results.truth}
      </span>
      {columns.getVirtualItems().map(({ index, start }) => (
        <span
          key={index}
          className="confusion-column"
          role="columnheader"
          aria-colindex={index + 2}
          title={classes[index]}
          style={{ left: headWidth + start }}
        >
          <KindName kind={index} name={classes[index] ?? ''} />
        </span>
      ))}
    </div>
  )
}

interface RowProps {
  readonly truth: number
  readonly top: number
  readonly width: number
  readonly classes: readonly string[]
  readonly row: readonly number[]
  readonly columns: Axis
  readonly active: CellPosition
  /** The guess whose images are shown; null if it is none of this row. */
  readonly shown: number | null
  readonly onPoint: (guess: number) => void
  readonly onOpen: (guess: number) => void
}

function Row(props: RowProps): JSX.Element {
  const { truth, top, width, classes, row, columns, active, shown, onPoint, onOpen } = props
  const total = Math.max(
    1,
    row.reduce((sum, n) => sum + n, 0),
  )
  return (
    <div
      className="confusion-row"
      role="row"
      aria-rowindex={truth + 2}
      style={{ width, transform: `translateY(${headHeight + top}px)` }}
    >
      <span className="confusion-name" role="rowheader" aria-colindex={1} title={classes[truth]}>
        <KindName kind={truth} name={classes[truth] ?? ''} />
      </span>
      {columns.getVirtualItems().map(({ index: guess, start }) => {
        const n = row[guess] ?? 0
        return (
          <span
            key={guess}
            className="confusion-field"
            role="gridcell"
            aria-colindex={guess + 2}
            style={{ left: headWidth + start }}
          >
            <Cell
              n={n}
              share={n / total}
              isRight={truth === guess}
              isActive={active.truth === truth && active.guess === guess}
              isShown={shown === guess}
              label={labelOf(classes, truth, guess, n)}
              onPoint={() => onPoint(guess)}
              onOpen={() => onOpen(guess)}
            />
          </span>
        )
      })}
    </div>
  )
}

interface CellProps {
  readonly n: number
  readonly share: number
  readonly isRight: boolean
  /** Whether the tab key comes here. */
  readonly isActive: boolean
  readonly isShown: boolean
  readonly label: string
  readonly onPoint: () => void
  readonly onOpen: () => void
}

function Cell({ n, share, isRight, isActive, isShown, label, onPoint, onOpen }: CellProps): JSX.Element {
  const cell = useRef<HTMLElement | null>(null)
  // A single image in a large class must still be visible.
  const tone = n === 0 ? 0 : 0.18 + 0.82 * share
  useLayoutEffect(() => cell.current?.style.setProperty('--share', String(tone)), [tone])
  const className = `cell ${isRight ? 'right' : 'wrong'}${isShown ? ' shown' : ''}`
  const hold = (element: HTMLElement | null): void => {
    cell.current = element
  }
  return n === 0 ? (
    <span ref={hold} className={className} />
  ) : (
    <button
      ref={hold}
      type="button"
      className={className}
      tabIndex={isActive ? 0 : -1}
      aria-label={label}
      onPointerEnter={onPoint}
      onFocus={onPoint}
      onClick={onOpen}
    >
      {n}
    </button>
  )
}

function labelOf(classes: readonly string[], truth: number, guess: number, n: number): string {
  const name = classes[truth] ?? ''
  return truth === guess ? text.results.cellRight(name, n) : text.results.cell(name, classes[guess] ?? '', n)
}

function firstFilled(counts: readonly (readonly number[])[]): CellPosition {
  const truth = counts.findIndex((row) => row.some((n) => n > 0))
  return { truth, guess: counts[truth]?.findIndex((n) => n > 0) ?? -1 }
}
