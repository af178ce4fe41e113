/** @file Details folded away under one line. */
import { ChevronRight } from 'lucide-react'
import type { JSX, ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly children: ReactNode
  /** Called when it is opened or closed. */
  readonly onToggle?: (isOpen: boolean) => void
}

/** The browser's own element: keyboards and screen readers know it. */
export function Fold({ title, children, onToggle }: Props): JSX.Element {
  return (
    <details className="details" onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}>
      <summary>
        <ChevronRight size={16} aria-hidden="true" />
        {title}
      </summary>
      <div>{children}</div>
    </details>
  )
}
