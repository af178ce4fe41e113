/** @file The report's diagrams as SVG: they print sharply and need no program. */
import type { Evaluation, PrecisionRecall } from '../../api/contract/results.ts'
import type { EvaluationEvent } from '../../train/events.ts'
import { html, type Markup } from './html.ts'
import type { Writing } from './language.ts'

const width = 330
const height = 250
const margins = { left: 50, right: 10, top: 8, bottom: 40 }
const ticks = [0, 0.25, 0.5, 0.75, 1]

/** Where shares of both axes lie. */
const x = (share: number): number =>
  Math.round(10 * (margins.left + (width - margins.left - margins.right) * share)) / 10
const y = (share: number): number =>
  Math.round(10 * (margins.top + (height - margins.top - margins.bottom) * (1 - share))) / 10

interface Axes {
  readonly title: string
  /** What the lines are, below the title. */
  readonly legend?: string
  readonly across: string
  readonly up: string
  /** Names of the ticks from left to right. */
  readonly ticksAcross: readonly string[]
}

function diagram(
  { title, legend = '', across, up, ticksAcross }: Axes,
  writing: Writing,
  lines: readonly Markup[],
): Markup {
  const grid = ticks.map(
    (tick, place) =>
      html`<path class="grid" d="M${x(0)} ${y(tick)}H${x(1)}" />
        <text x="${x(0) - 6}" y="${y(tick) + 4}" text-anchor="end">${writing.percent(tick)}</text>
        <text x="${x(tick)}" y="${y(0) + 15}" text-anchor="middle">${ticksAcross[place] ?? ''}</text>`,
  )
  return html`<figure>
    <figcaption>${title} <span class="soft">${legend}</span></figcaption>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
      ${grid}
      <text x="${x(0.5)}" y="${height - 6}" text-anchor="middle">${across}</text>
      <text transform="translate(11 ${y(0.5)}) rotate(-90)" text-anchor="middle">${up}</text>
      ${lines}
    </svg>
  </figure>`
}

/** Held-out accuracy over the rounds. */
export function accuracyCurve(history: readonly EvaluationEvent[], steps: number, writing: Writing): Markup {
  const { words, count } = writing
  const points = history.flatMap(({ step, accuracy }) =>
    accuracy === null ? [] : [`${x(step / Math.max(1, steps))} ${y(accuracy)}`],
  )
  return diagram(
    {
      title: words.accuracyCurve,
      across: words.round,
      up: words.accuracy,
      ticksAcross: ticks.map((tick) => count(tick * steps)),
    },
    writing,
    points.length === 0 ? [] : [html`<path class="line" d="M${points.join('L')}" />`],
  )
}

/** What the model says beside how often it is right, with 95 % intervals. */
export function reliabilityDiagram({ before, after }: Evaluation['reliability'], writing: Writing): Markup {
  const { words, percent } = writing
  const path = (bins: typeof after): string =>
    `M${bins.map(({ confidence, accuracy }) => `${x(confidence)} ${y(accuracy)}`).join('L')}`
  const drawn =
    after.length === 0
      ? []
      : [
          html`<path class="faint" d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" />`,
          html`<path class="before" d="${path(before)}" />`,
          ...after.map(
            ({ confidence, accuracy, interval }) =>
              html`<path class="whisker" d="M${x(confidence)} ${y(interval.low)}V${y(interval.high)}" />
                <circle cx="${x(confidence)}" cy="${y(accuracy)}" r="3.5" />`,
          ),
          html`<path class="line" d="${path(after)}" />`,
        ]
  return diagram(
    {
      title: words.reliability,
      legend: `—— ${words.now}   - - - ${words.before}`,
      across: words.confidence,
      up: words.right,
      ticksAcross: ticks.map(percent),
    },
    writing,
    drawn,
  )
}

// Eight colours that colour-blind people tell apart, as in the window's light theme; further kinds repeat them, dashed.
const colours = [
  '#3a5ede',
  '#bf851d',
  '#a84273',
  '#18a480',
  '#59216d',
  '#7c1506',
  '#9986cb',
  '#6f6a10',
] as const

/** The colour of the kind of this index. */
export function colourOf(label: number): string {
  return colours[label % colours.length] ?? colours[0]
}

/** Precision against recall as steps, for some kinds. */
export function precisionRecallDiagram(curves: readonly PrecisionRecall[], writing: Writing): Markup {
  const { words, percent } = writing
  const lines = curves.map(({ label, points }) => {
    const steps = points.map(({ recall, precision }) => `V${y(precision)}H${x(recall)}`)
    const path = `M${x(0)} ${y(points[0]?.precision ?? 0)}${steps.join('')}`
    const dashes = label < colours.length ? 'none' : '4 2'
    return html`<path style="stroke:${colourOf(label)};stroke-dasharray:${dashes}" d="${path}" />`
  })
  return diagram(
    {
      title: words.precisionRecall,
      across: words.recall,
      up: words.precision,
      ticksAcross: ticks.map(percent),
    },
    writing,
    lines,
  )
}
