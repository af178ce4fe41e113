/** @file The command palette: every action that is possible now, found by a few letters and done with the keyboard alone. */
import { Search } from 'lucide-react'
import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type JSX,
  type KeyboardEvent,
  type RefObject,
} from 'react'

import { actionGroups, type Action } from '../../store/actions.ts'
import { isPressOf, shownKeys } from '../../shortcuts.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { usePossibleActions } from './all-actions.ts'
import { fitting } from './fuzzy.ts'

/** Opens with its keys, wherever the focus is, unless another dialog asks something. */
export function CommandPalette(): JSX.Element | null {
  const { palette } = useStudio()
  const { isOpen } = useSubject('palette', 'isOpen')
  useEffect(() => {
    const byKey = (event: globalThis.KeyboardEvent): void => {
      if (!isPressOf('palette', event)) return
      event.preventDefault()
      if (palette.getState().isOpen) palette.getState().close()
      else if (document.querySelector('dialog[open]') === null) palette.getState().open()
    }
    addEventListener('keydown', byKey)
    return () => removeEventListener('keydown', byKey)
  }, [palette])
  return isOpen ? <Palette /> : null
}

function Palette(): JSX.Element {
  const { palette, project } = useStudio()
  const dialog = useModal()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const found = fitting(usePossibleActions(), typed)
  const id = useId()
  useEffect(() => void project.getState().load(), [project])
  const close = (): void => palette.getState().close()
  const perform = (action: Action | undefined): void => {
    if (action === undefined) return
    close()
    action.run()
  }
  const active = found[Math.min(at, found.length - 1)]
  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label={text.palette.title}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      <Field
        listId={id}
        count={found.length}
        at={at}
        activeId={active === undefined ? undefined : optionId(id, active)}
        typed={typed}
        onType={(letters) => {
          setTyped(letters)
          setAt(0)
        }}
        onGo={setAt}
        onEnter={() => perform(active)}
      />
      <Options
        id={id}
        actions={found}
        active={active ?? null}
        isGrouped={typed.trim() === ''}
        onChoose={perform}
      />
      <p className="palette-hint small soft">
        {found.length === 0 ? text.palette.nothing : text.palette.hint}
      </p>
    </dialog>
  )
}

interface FieldProps {
  readonly listId: string
  /** Actions in the list. */
  readonly count: number
  /** Place of the one that Enter does. */
  readonly at: number
  readonly activeId: string | undefined
  readonly typed: string
  readonly onType: (letters: string) => void
  readonly onGo: (at: number) => void
  readonly onEnter: () => void
}

function Field({ listId, count, at, activeId, typed, onType, onGo, onEnter }: FieldProps): JSX.Element {
  const byKey = (event: KeyboardEvent): void => {
    // An Enter that ends the composing of a Korean or Japanese word is no choice.
    if (event.nativeEvent.isComposing) return
    const next = placeAfter(event.key, at, count)
    if (next === null && event.key !== 'Enter') return
    event.preventDefault()
    if (next === null) onEnter()
    else onGo(next)
  }
  return (
    <div className="palette-field">
      <Search size={20} aria-hidden="true" />
      <input
        role="combobox"
        aria-label={text.palette.title}
        aria-autocomplete="list"
        aria-expanded={count > 0}
        aria-controls={listId}
        aria-activedescendant={activeId}
        placeholder={text.palette.placeholder}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={({ target }) => onType(target.value)}
        onKeyDown={byKey}
      />
    </div>
  )
}

function useModal(): RefObject<HTMLDialogElement | null> {
  const element = useRef<HTMLDialogElement>(null)
  // Before the element is removed: only an element in the page can give the focus back.
  useLayoutEffect(() => {
    const dialog = element.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return element
}

function placeAfter(key: string, at: number, count: number): number | null {
  if (count === 0) return null
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count
    case 'ArrowUp':
      return (at + count - 1) % count
    default:
      return null
  }
}

function optionId(listId: string, { id }: Action): string {
  return `${listId}-${id}`
}

interface OptionsProps {
  readonly id: string
  readonly actions: readonly Action[]
  readonly active: Action | null
  /** In groups with their names; otherwise best first. */
  readonly isGrouped: boolean
  readonly onChoose: (action: Action) => void
}

function Options({ id, actions, active, isGrouped, onChoose }: OptionsProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const option = (action: Action): JSX.Element => (
    <div
      key={action.id}
      id={optionId(id, action)}
      role="option"
      aria-selected={action === active}
      className="palette-option"
      onClick={() => onChoose(action)}
    >
      <span className="clip">{action.name}</span>
      <span className="palette-aside small soft">
        {action.shortcut === undefined ? null : <kbd>{shownKeys(action.shortcut)}</kbd>}
        {isGrouped ? null : text.palette.groups[action.group]}
      </span>
    </div>
  )
  return (
    <div ref={list} id={id} role="listbox" aria-label={text.palette.title} className="palette-list">
      {isGrouped
        ? actionGroups.map((group) => {
            const own = actions.filter((action) => action.group === group)
            return own.length === 0 ? null : (
              <div key={group} role="group" aria-label={text.palette.groups[group]}>
                <p className="palette-group small soft" aria-hidden="true">
                  {text.palette.groups[group]}
                </p>
                {own.map(option)}
              </div>
            )
          })
        : actions.map(option)}
    </div>
  )
}
