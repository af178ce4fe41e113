/** @file A dialog on the browser's own element: it keeps the focus, closes with Escape and gives the focus back. */
import { X } from 'lucide-react'
import { createContext, use, useId, useLayoutEffect, useRef, type JSX, type ReactNode } from 'react'

import { text } from '../text/text.ts'
import { Button } from './button.tsx'

interface Props {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
  readonly size?: 'normal' | 'wide'
}

/** What every dialog shows besides its own: under an open one nothing else of the window can be reached. */
export const InDialogs = createContext<ReactNode>(null)

/** Open as long as it is rendered. */
export function Dialog({ title, onClose, children, foot, size = 'normal' }: Props): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const everywhere = use(InDialogs)
  // Before the element is removed: only an element in the page can give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={element}
      className={`dialog ${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={titleId}>{title}</h2>
        <Button look="quiet" aria-label={text.common.close} onClick={onClose}>
          <X size={18} aria-hidden="true" />
        </Button>
      </header>
      {children}
      {foot === undefined ? null : <footer>{foot}</footer>}
      {everywhere}
    </dialog>
  )
}
