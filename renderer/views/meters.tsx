/** @file A row of figures with their names; the layout stays, only the figures change. */
import type { JSX } from 'react'

/** One figure. */
export interface Meter {
  readonly name: string
  readonly value: string
}

/** Figures of the same width, so that nothing moves as they change. */
export function Meters({ meters }: { readonly meters: readonly Meter[] }): JSX.Element {
  return (
    <dl className="meters">
      {meters.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="number">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
