/** @file The frame of every screen: heading, content, and a footer with the one next thing. */
import { useEffect, useRef, type JSX, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly lead?: string
  /** Controls beside the heading. */
  readonly tools?: ReactNode
  /** Whether the content fills the window and scrolls by itself. */
  readonly fills?: boolean
  readonly children: ReactNode
  /** The left side of the footer, and the button that leads on. */
  readonly foot?: ReactNode
}

/** Moves the focus to its heading, so that a screen reader announces which screen has opened. */
export function Screen({ title, lead, tools, fills = false, children, foot }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main id="content" className={fills ? 'screen fills' : 'screen'} tabIndex={-1}>
      <div className="screen-body">
        <div className="screen-inner">
          <header className="screen-head">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            {lead === undefined ? null : <p>{lead}</p>}
            {tools}
          </header>
          {children}
        </div>
      </div>
      {foot === undefined ? null : <footer className="foot">{foot}</footer>}
    </main>
  )
}
