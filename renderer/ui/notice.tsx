/** @file A sentence that needs attention, with what can be done about it. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { JSX, ReactNode } from 'react'

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert, done: CircleCheck }

interface Props {
  readonly kind: keyof typeof icons
  readonly children: ReactNode
  /** Buttons beside the text. */
  readonly action?: ReactNode
}

/** Errors are read out at once, the others when the reader is free. */
export function Notice({ kind, children, action }: Props): JSX.Element {
  const Icon = icons[kind]
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden="true" />
      <div>{children}</div>
      {action}
    </div>
  )
}
