/** @file The drawing itself: axes, grid and curves on a canvas, in the colours of the theme. */
import UPlot, { type AlignedData, type Options } from 'uplot'

import type { Series } from './curves.ts'
import { createRowReader } from './pixel-rows.ts'

/** How a curve looks: `faint` is drawn behind, `points` marks occasional values and joins them. */
export type Look = 'line' | 'faint' | 'points'

export const tones = { first: '--accent', second: '--second', third: '--good', fourth: '--danger' } as const

/** One curve of a chart. */
export interface Curve extends Series {
  readonly name: string
  readonly tone: keyof typeof tones
  readonly look: Look
}

export interface PlotOptions {
  readonly curves: readonly Curve[]
  /** Steps of the whole run: the axis has its full length from the start, so that nothing jumps. */
  readonly totalSteps: number
  readonly format: (value: number) => string
  /** Fixed range of values; otherwise it follows them, from 0. */
  readonly range?: readonly [number, number] | undefined
  readonly height: number
}

/** Space for the labels of the values, and beside the last step, in pixels. */
export const plotMargins = { left: 52, right: 12 } as const

/** A chart on the screen. */
export interface Plot {
  readonly draw: (curves: readonly Series[]) => void
  readonly destroy: () => void
}

/** Draws into an element, as wide as that is now. */
export function createPlot(element: HTMLElement, options: PlotOptions): Plot {
  const width = element.clientWidth
  const rowsOf = createRowReader(options.totalSteps, width - plotMargins.left - plotMargins.right)
  const aligned = (curves: readonly Series[]): AlignedData => rowsOf(curves) as unknown as AlignedData
  const plot = new UPlot(toUPlot(element, width, options), aligned(options.curves), element)
  return {
    draw: (curves) => plot.setData(aligned(curves)),
    destroy: () => plot.destroy(),
  }
}

function toUPlot(element: HTMLElement, width: number, options: PlotOptions): Options {
  const { curves, totalSteps, format, range, height } = options
  const axis = {
    stroke: colour(element, '--text-soft'),
    grid: { stroke: colour(element, '--line'), width: 1 },
    ticks: { show: false },
    font: `14px ${getComputedStyle(element).fontFamily}`,
  }
  const perValues = (_: UPlot, ticks: number[]): string[] => ticks.map((tick) => format(tick))
  return {
    width,
    height,
    legend: { show: false },
    padding: [10, plotMargins.right, 0, 0],
    cursor: { show: false },
    scales: {
      x: { time: false, range: [0, totalSteps] },
      y: { range: (_, __, most) => (range === undefined ? [0, most > 0 ? most * 1.05 : 1] : [...range]) },
    },
    axes: [
      { ...axis, size: 28 },
      { ...axis, size: plotMargins.left, values: perValues },
    ],
    series: [{}, ...curves.map((curve) => toSeries(curve, colour(element, tones[curve.tone])))],
  }
}

function toSeries({ name, look }: Curve, stroke: string): UPlot.Series {
  return {
    label: name,
    stroke,
    alpha: look === 'faint' ? 0.3 : 1,
    width: look === 'points' ? 2.5 : look === 'faint' ? 1 : 1.75,
    // Columns of pixels without a step of their own are not gaps.
    spanGaps: true,
    points: { show: look === 'points', size: 7, fill: stroke },
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

/** Reports every change of the theme, until the returned function is called. */
export function watchTheme(onChange: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)')
  const observer = new MutationObserver(onChange)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  media.addEventListener('change', onChange)
  return () => {
    observer.disconnect()
    media.removeEventListener('change', onChange)
  }
}
