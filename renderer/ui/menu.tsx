/** @file A menu of actions behind a button: the browser's own popover, which Escape and a click elsewhere close. */
import { useId, useRef, type JSX, type KeyboardEvent, type ReactNode } from 'react'

/** One line of the menu. */
export interface MenuAction {
  readonly id: string
  readonly name: string
  readonly icon?: ReactNode
  readonly isPossible?: boolean
  readonly run: () => void
}

interface Props {
  readonly label: string
  /** What the button shows. */
  readonly children: ReactNode
  readonly className?: string
  readonly actions: readonly MenuAction[]
}

/** The arrow keys go from line to line; the focus starts at the first. */
export function Menu({ label, children, className = 'button quiet icon', actions }: Props): JSX.Element {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  return (
    <>
      <button
        ref={opener}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        popoverTarget={id}
      >
        {children}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="action-menu"
        onBeforeToggle={({ newState }) => {
          if (newState === 'open' && menu.current !== null && opener.current !== null)
            place(menu.current, opener.current.getBoundingClientRect())
        }}
        onToggle={({ newState }) => newState === 'open' && linesOf(menu.current)[0]?.focus()}
        onKeyDown={goByKey}
      >
        {actions.map(({ id: key, name, icon, isPossible = true, run }) => (
          <button
            key={key}
            type="button"
            role="menuitem"
            tabIndex={-1}
            disabled={!isPossible}
            onClick={() => {
              menu.current?.hidePopover()
              run()
            }}
          >
            {icon}
            {name}
          </button>
        ))}
      </div>
    </>
  )
}

const gap = 6

/** Below its button or above, whichever has more room, and towards the middle; set before it is shown, so that nothing jumps. */
function place(menu: HTMLElement, at: DOMRect): void {
  const isAbove = at.top > innerHeight / 2
  const isLeft = at.left > innerWidth / 2
  menu.style.setProperty('inset', 'auto')
  menu.style.setProperty(
    isAbove ? 'bottom' : 'top',
    `${isAbove ? innerHeight - at.top + gap : at.bottom + gap}px`,
  )
  menu.style.setProperty(isLeft ? 'right' : 'left', `${isLeft ? innerWidth - at.right : at.left}px`)
}

function linesOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role="menuitem"]:enabled') ?? [])]
}

function goByKey(event: KeyboardEvent<HTMLElement>): void {
  const lines = linesOf(event.currentTarget)
  const at = lines.findIndex((line) => line === document.activeElement)
  const last = lines.length - 1
  const next = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at <= 0 ? last : at - 1, Home: 0, End: last }[
    event.key
  ]
  if (next === undefined) return
  event.preventDefault()
  lines[next]?.focus()
}
