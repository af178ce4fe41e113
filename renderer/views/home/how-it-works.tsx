/** @file What the studio does, in three drawings: photos in piles, a model that looks at them, an answer about a new one. */
import type { JSX } from 'react'

import { text } from '../../text/text.ts'

/** Drawn in the colours of the theme; the words say the same. */
export function HowItWorks(): JSX.Element {
  return (
    <ol className="how">
      {([Piles, Learning, Answer] as const).map((Drawing, place) => (
        <li key={text.home.how[place]?.title}>
          <svg viewBox="0 0 320 200" aria-hidden="true">
            <Drawing />
          </svg>
          <h2>{text.home.how[place]?.title}</h2>
          <p className="soft">{text.home.how[place]?.words}</p>
        </li>
      ))}
    </ol>
  )
}

/** A photo of a round fruit (kind 0), a leaf (3) or a flower (2), drawn in a square of 64. */
function Photo({ x, y, turn, kind }: { x: number; y: number; turn: number; kind: 0 | 2 | 3 }): JSX.Element {
  return (
    <g transform={`translate(${x} ${y}) rotate(${turn})`}>
      <rect className="how-paper" x="-38" y="-38" width="76" height="76" rx="8" />
      <rect className="how-sky" x="-32" y="-32" width="64" height="64" rx="4" />
      <g className={`how-kind-${kind}`}>{shapes[kind]}</g>
    </g>
  )
}

const petals = [0, 72, 144, 216, 288]
const shapes = {
  0: (
    <>
      <circle cx="0" cy="5" r="19" />
      <path className="how-stem" d="M0 -14 q2 -8 8 -10" />
    </>
  ),
  2: (
    <>
      {petals.map((turn) => (
        <ellipse key={turn} cx="0" cy="-13" rx="8.5" ry="12" transform={`rotate(${turn})`} />
      ))}
      <circle className="how-middle" cx="0" cy="0" r="7" />
    </>
  ),
  3: (
    <>
      <path d="M-20 20 C-24 -8 0 -24 22 -22 C24 2 8 24 -20 20Z" />
      <path className="how-stem" d="M-24 24 L12 -12" />
    </>
  ),
} as const

function Piles(): JSX.Element {
  const piles = [
    { kind: 0, x: 62 },
    { kind: 2, x: 160 },
    { kind: 3, x: 258 },
  ] as const
  return (
    <>
      {piles.map(({ kind, x }) => (
        <g key={kind}>
          <Photo kind={kind} x={x - 5} y={84} turn={-9} />
          <Photo kind={kind} x={x + 6} y={90} turn={7} />
          <Photo kind={kind} x={x} y={96} turn={-1} />
          <rect className={`how-kind-${kind}`} x={x - 30} y="160" width="60" height="12" rx="6" />
        </g>
      ))}
    </>
  )
}

const cells = [0, 1, 2, 3]

function Learning(): JSX.Element {
  return (
    <>
      <g transform="translate(88 100) scale(1.75)">
        <Photo kind={2} x={0} y={0} turn={0} />
        {cells.map((row) =>
          cells.map((column) => (
            <rect
              key={`${row} ${column}`}
              className="how-cell"
              x={-32 + 16 * column}
              y={-32 + 16 * row}
              width="16"
              height="16"
            />
          )),
        )}
      </g>
      <path className="how-curve" d="M178 152 C206 150 208 70 240 62 S286 52 300 50" />
      <path className="how-axis" d="M178 40 V160 H304" />
      <circle className="how-point" cx="300" cy="50" r="6" />
    </>
  )
}

function Answer(): JSX.Element {
  const bars = [
    { kind: 3, width: 124 },
    { kind: 0, width: 30 },
    { kind: 2, width: 14 },
  ] as const
  return (
    <>
      <g transform="translate(84 100) scale(1.6)">
        <Photo kind={3} x={0} y={0} turn={-4} />
      </g>
      {bars.map(({ kind, width }, place) => (
        <g key={kind} transform={`translate(166 ${70 + 28 * place})`}>
          <rect className="how-track" width="136" height="14" rx="7" />
          <rect className={`how-kind-${kind}`} width={width} height="14" rx="7" />
        </g>
      ))}
    </>
  )
}
