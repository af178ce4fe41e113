/** @file The progress of something; without a share it only says that work is in progress. */
import { useLayoutEffect, useRef, type JSX } from 'react'

interface Props {
  readonly label: string
  /** From 0 to 1; undefined if unknown. */
  readonly share?: number | undefined
}

/** A thin bar with a name for screen readers. */
export function Progress({ label, share }: Props): JSX.Element {
  const bar = useRef<HTMLDivElement>(null)
  const percent = share === undefined ? undefined : Math.round(100 * Math.min(1, Math.max(0, share)))
  useLayoutEffect(() => {
    bar.current?.style.setProperty('width', percent === undefined ? '' : `${percent}%`)
  }, [percent])
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={percent === undefined ? 'track moving' : 'track'}
    >
      <div ref={bar} />
    </div>
  )
}
