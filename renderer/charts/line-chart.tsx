/** @file Curves over steps with a legend that reads them, at the newest step or at the one pointed at. */
import { useEffect, useRef, type JSX, type PointerEvent } from 'react'

import { valueAt } from './curves.ts'
import { createPlot, plotMargins, watchTheme, type Curve, type Plot } from './plot.ts'

interface Props {
  readonly title: string
  /** What the curves say, in a sentence, for people who cannot see them. */
  readonly summary: string
  readonly curves: readonly Curve[]
  readonly totalSteps: number
  readonly format: (value: number) => string
  readonly range?: readonly [number, number]
  readonly height?: number
  /** The step that is read; null for the newest. */
  readonly at?: number | null
  /** Called with the step that is pointed at, and null when none is. */
  readonly onPoint?: (step: number | null) => void
}

const usualHeight = 220

/** A figure with title, legend and values; redrawn only when numbers, width or theme change. */
export function LineChart(props: Props): JSX.Element {
  const { title, summary, curves, format, totalSteps, at = null, onPoint, height = usualHeight } = props
  const frame = usePlot({ ...props, height })
  const point = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - left - plotMargins.left) / (width - plotMargins.left - plotMargins.right)
    onPoint?.(Math.max(0, Math.min(totalSteps, Math.round(share * totalSteps))))
  }
  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <ul className="legend">
          {curves.map((curve) => (
            <li key={curve.name}>
              <span className={`swatch ${curve.tone} ${curve.look}`} />
              {curve.name}
              <strong className="number">{shown(valueAt(curve, at ?? Infinity), format)}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div
        className="chart-frame"
        style={{ height }}
        onPointerMove={onPoint === undefined ? undefined : point}
        onPointerLeave={() => onPoint?.(null)}
      >
        <div ref={frame} role="img" aria-label={summary} />
        {at === null ? null : <div className="chart-mark" style={markAt(at / totalSteps)} />}
      </div>
    </figure>
  )
}

function shown(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value)
}

function markAt(share: number): { readonly left: string } {
  const { left, right } = plotMargins
  return { left: `calc(${left}px + (100% - ${left + right}px) * ${share})` }
}

/** Keeps a plot in the element it returns. */
function usePlot(props: Props & { readonly height: number }): React.RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(null)
  const latest = useRef(props)
  latest.current = props
  const { curves, totalSteps } = props

  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const build = (): void => {
      plot.current?.destroy()
      plot.current = element.clientWidth === 0 ? null : createPlot(element, latest.current)
    }
    // In a separate task for each chart: all charts of a page at once would block it.
    let timer: ReturnType<typeof setTimeout> | undefined
    const buildSoon = (): void => {
      clearTimeout(timer)
      timer = setTimeout(build)
    }
    const resize = new ResizeObserver(buildSoon)
    const stopWatching = watchTheme(buildSoon)
    void document.fonts.ready.then(() => resize.observe(element))
    return () => {
      clearTimeout(timer)
      stopWatching()
      resize.disconnect()
      plot.current?.destroy()
      plot.current = null
    }
  }, [totalSteps])

  useEffect(() => plot.current?.draw(curves), [curves])
  return frame
}
