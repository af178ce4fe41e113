/** @file A menu behind an icon, of choices of which one is in force, or of actions: the browser's own popover, which Escape and a click elsewhere close. */
import { Check } from 'lucide-react'
import { useId, useRef, type JSX, type KeyboardEvent, type ReactNode } from 'react'

/** One line of the menu. */
export interface MenuChoice {
  readonly id: string
  readonly name: string
  /** The language of the name, if it is not that of the window. */
  readonly lang?: string
  /** Whether it is in force; an action leaves this out. */
  readonly isChosen?: boolean
  /** Before the name of an action. */
  readonly icon?: ReactNode
  readonly isPossible?: boolean
  /** The keys that do the same, as shown. */
  readonly keys?: string
  readonly choose: () => void
}

interface Props {
  readonly label: string
  readonly icon: ReactNode
  readonly choices: readonly MenuChoice[]
  readonly className?: string
}

/** The arrow keys go from line to line; the focus starts at the one in force, or at the first. */
export function ChoiceMenu({ label, icon, choices, className = 'button quiet icon' }: Props): JSX.Element {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const prepare = (): void => {
    if (menu.current !== null && opener.current !== null)
      place(menu.current, opener.current.getBoundingClientRect())
  }
  const open = (): void => {
    const lines = linesOf(menu.current)
    ;(lines.find((line) => line.ariaChecked === 'true') ?? lines[0])?.focus()
  }
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
        {icon}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        onBeforeToggle={({ newState }) => newState === 'open' && prepare()}
        onToggle={({ newState }) => newState === 'open' && open()}
        onKeyDown={goByKey}
      >
        {choices.map(({ id: key, name, lang, isChosen, icon: own, isPossible = true, keys, choose }) => (
          <button
            key={key}
            type="button"
            role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={isChosen}
            disabled={!isPossible}
            tabIndex={-1}
            lang={lang}
            onClick={() => {
              menu.current?.hidePopover()
              choose()
            }}
          >
            {isChosen === undefined ? own : <Check size={16} aria-hidden="true" />}
            {name}
            {keys === undefined ? null : <kbd>{keys}</kbd>}
          </button>
        ))}
      </div>
    </>
  )
}

const gap = 6

/**
 * Below its button or above, whichever has more room, and towards the middle. Set before it is shown: the browser counts
 * what moves afterwards as a jump.
 */
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
  return [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]:enabled') ?? [])]
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
