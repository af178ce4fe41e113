/** @file Horizontal bars with names and values: class sizes, guesses. */
import { useLayoutEffect, useRef, type JSX } from 'react'

import { kindAttributes } from '../kind-colours.ts'

/** One row. */
export interface Bar {
  readonly id: string
  readonly name: string
  /** Length from 0 to 1. */
  readonly share: number
  /** A part of the length, from 0 to 1, drawn lighter at its end. */
  readonly tail?: number
  readonly value: string
  /** Index of the kind it is about, whose colour it has; none if it is about no kind. */
  readonly kind?: number
}

interface Props {
  readonly bars: readonly Bar[]
  /** Whether the values are words, which need more room than numbers. */
  readonly wideValues?: boolean
}

/** A list; the picture adds nothing to the numbers, so readers get the numbers. */
export function Bars({ bars, wideValues = false }: Props): JSX.Element {
  return (
    <ul className={wideValues ? 'bars wide-values' : 'bars'}>
      {bars.map((bar) => (
        <li key={bar.id} {...kindAttributes(bar.kind ?? -1)}>
          <span className="bar-name" title={bar.name}>
            {bar.name}
          </span>
          <ShareBar {...bar} />
          <span className="number small">{bar.value}</span>
        </li>
      ))}
    </ul>
  )
}

/** A single bar without words, as wide as its container. */
export function ShareBar({ share, tail = 0 }: Pick<Bar, 'share' | 'tail'>): JSX.Element {
  const line = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    line.current?.style.setProperty('--share', String(share))
    line.current?.style.setProperty('--tail', String(tail))
  }, [share, tail])
  return <span ref={line} className="bar-line" aria-hidden="true" />
}
