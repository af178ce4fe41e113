/** @file A sentence that needs attention, with what can be done about it. */
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { JSX, ReactNode } from 'react'

import { text } from '../text/text.ts'
import { Fold } from './fold.tsx'

const icons = { info: Info, warning: TriangleAlert, error: CircleAlert, done: CircleCheck }

interface Props {
  readonly kind: keyof typeof icons
  readonly children: ReactNode
  /** Buttons beside the text. */
  readonly action?: ReactNode
}

/** Errors are read out at once, the others when the reader is free. Of a plain text, the lines below its first are folded. */
export function Notice({ kind, children, action }: Props): JSX.Element {
  const Icon = icons[kind]
  return (
    <div className={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon size={18} aria-hidden="true" />
      <div>{typeof children === 'string' ? <Told text={children} /> : children}</div>
      {action}
    </div>
  )
}

/** What a system or library said stands below our sentence, in its own language. */
function Told({ text: told }: { readonly text: string }): JSX.Element {
  const [sentence, ...details] = told.split('\n')
  return (
    <>
      {sentence}
      {details.length > 0 && <Fold title={text.common.detail}>{details.join('\n')}</Fold>}
    </>
  )
}
