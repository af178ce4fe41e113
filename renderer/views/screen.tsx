/** @file The frame of every screen: heading, content, and a footer with the one next thing. */
import { useEffect, useRef, type JSX, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
  /** The left side of the footer, and the button that leads on. */
  readonly foot?: ReactNode
}

/** Moves the focus to its heading, so that a screen reader announces which screen has opened. */
export function Screen({ title, lead, children, foot }: Props): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  return (
    <main id="content" className="screen" tabIndex={-1}>
      <div className="screen-body">
        <div className="screen-inner">
          <header className="screen-head">
            <h1 ref={heading} tabIndex={-1}>
              {title}
            </h1>
            <p>{lead}</p>
          </header>
          {children}
        </div>
      </div>
      {foot === undefined ? null : <footer className="foot">{foot}</footer>}
    </main>
  )
}
