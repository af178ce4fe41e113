/** @file Curves over steps, on a canvas that is drawn anew only when numbers, width or theme change. */
import { useEffect, useRef, type JSX } from 'react'
import UPlot, { type AlignedData, type Options } from 'uplot'
import 'uplot/dist/uPlot.min.css'

/** One curve; null where a step has no value. */
export interface Curve {
  readonly name: string
  readonly tone: 'first' | 'second'
  readonly values: readonly (number | null)[]
  /** Marks single points and joins them over the gaps: for values that come now and then. */
  readonly sparse?: boolean
}

interface Props {
  readonly title: string
  /** What the curves say, in a sentence, for those who do not see them. */
  readonly summary: string
  readonly steps: readonly number[]
  readonly curves: readonly Curve[]
  /** Steps of the whole run: the axis has its full length from the start, so that nothing jumps. */
  readonly totalSteps: number
  readonly format: (value: number) => string
  /** Fixed range of values; otherwise it follows them, from 0. */
  readonly range?: readonly [number, number]
}

const height = 220
const tones = { first: '--accent', second: '--second' } as const

/** A figure with title, legend and latest values. */
export function LineChart(props: Props): JSX.Element {
  const { title, summary, steps, curves, format } = props
  const frame = useRef<HTMLDivElement>(null)
  const chart = useRef<UPlot>(null)
  const latest = useRef(props)
  latest.current = props

  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    const build = (): void => {
      chart.current?.destroy()
      const { steps: x, curves: ys } = latest.current
      chart.current = new UPlot(optionsFor(element, latest.current), aligned(x, ys), element)
    }
    const resize = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }))
    const stopWatching = watchTheme(build)
    void document.fonts.ready.then(build)
    resize.observe(element)
    return () => {
      stopWatching()
      resize.disconnect()
      chart.current?.destroy()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setData(aligned(steps, curves))
  }, [steps, curves])

  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <ul className="legend">
          {curves.map(({ name, tone, values }) => (
            <li key={name}>
              <span className={`swatch ${tone}`} />
              {name}
              <strong className="number">{lastOf(values, format)}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={frame} className="chart-frame" role="img" aria-label={summary} />
    </figure>
  )
}

function lastOf(values: readonly (number | null)[], format: (value: number) => string): string {
  const last = values.findLast((value) => value !== null)
  return last === undefined || last === null ? '–' : format(last)
}

function aligned(steps: readonly number[], curves: readonly Curve[]): AlignedData {
  return [steps as number[], ...curves.map(({ values }) => values as (number | null)[])]
}

function optionsFor(element: HTMLElement, { curves, totalSteps, format, range }: Props): Options {
  const axis = {
    stroke: colour(element, '--text-soft'),
    grid: { stroke: colour(element, '--line'), width: 1 },
    ticks: { show: false },
    font: `12px ${getComputedStyle(element).fontFamily}`,
  }
  const perValues = (_: UPlot, ticks: number[]): string[] => ticks.map((tick) => format(tick))
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    padding: [10, 12, 0, 0],
    cursor: { show: false },
    scales: {
      x: { time: false, range: [0, totalSteps] },
      y: { range: (_, __, most) => (range === undefined ? [0, Math.max(most, 0.1) * 1.05] : [...range]) },
    },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: 52, values: perValues },
    ],
    series: [
      {},
      ...curves.map(({ name, tone, sparse = false }) => {
        const stroke = colour(element, tones[tone])
        return {
          label: name,
          stroke,
          width: sparse ? 2.5 : 1.75,
          spanGaps: sparse,
          points: { show: sparse, size: 7, fill: stroke },
        }
      }),
    ],
  }
}

/** A token of the style sheet as a colour that a canvas understands. */
function colour(element: HTMLElement, token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  element.append(probe)
  const value = getComputedStyle(probe).color
  probe.remove()
  return value
}

function watchTheme(onChange: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  media.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', onChange)
  }
}
