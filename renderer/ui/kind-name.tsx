/** @file The name of a kind behind its colour. */
import type { JSX } from 'react'

import { kindAttributes } from '../kind-colours.ts'

/** The colour alone, for where the name is beside it anyway. */
function KindMark({ kind }: { readonly kind: number }): JSX.Element {
  return <span className="kind-mark" aria-hidden="true" {...kindAttributes(kind)} />
}

interface Props {
  /** Index in the sorted labels; -1 for a name that is no kind. */
  readonly kind: number
  readonly name: string
}

/** A long name is cut, and complete when it is pointed at. */
export function KindName({ kind, name }: Props): JSX.Element {
  return (
    <span className="kind-name">
      <KindMark kind={kind} />
      <span className="clip" title={name}>
        {name}
      </span>
    </span>
  )
}
