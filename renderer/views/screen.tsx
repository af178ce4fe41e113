/** @file The frame of every screen: heading, content, and a foot with the one next thing. */
import { useEffect, useRef, type JSX, type ReactNode } from 'react'

interface Props {
  readonly title: string
  readonly lead: string
  readonly children: ReactNode
  /** What stands left in the foot, and the button that leads on. */
  readonly foot?: ReactNode
}

/** Moves the focus to its heading, so that a reader hears which screen has opened. */
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
