/** @file A field that finds a kind by the first letters of its name, or makes a new one. */
import { Plus } from 'lucide-react'
import { useId, useState, type JSX, type KeyboardEvent, type Ref } from 'react'

import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'

interface Props {
  readonly label: string
  readonly kinds: readonly string[]
  readonly inputRef?: Ref<HTMLInputElement>
  readonly onChoose: (kind: string) => void
  /** Escape with nothing typed. */
  readonly onLeave: () => void
}

const mostShown = 8

/** One line of the list; `kind` is −1 for a name that is no kind yet. */
interface Option {
  readonly kind: number
  readonly name: string
}

/** A combobox: the list opens over the field while it has the focus. */
export function LabelBox({ label, kinds, inputRef, onChoose, onLeave }: Props): JSX.Element {
  const id = useId()
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const options = optionsFor(kinds, typed)
  const current = Math.min(active, options.length - 1)
  const choose = ({ name }: Option): void => {
    setTyped('')
    setOpen(false)
    onChoose(name)
  }
  const byKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const option = options[current]
    if (event.key === 'Enter' && option !== undefined) choose(option)
    else if (event.key === 'ArrowDown') setActive((current + 1) % Math.max(1, options.length))
    else if (event.key === 'ArrowUp') setActive((current + options.length - 1) % Math.max(1, options.length))
    else if (event.key === 'Escape') {
      if (typed === '') onLeave()
      setTyped('')
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="label-box">
      <input
        ref={inputRef}
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen && options.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && options.length > 0 ? `${id}-${current}` : undefined}
        placeholder={text.wall.labelHint}
        autoComplete="off"
        value={typed}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onChange={({ target }) => {
          setTyped(target.value)
          setActive(0)
          setOpen(true)
        }}
        onKeyDown={byKey}
      />
      <OptionList id={id} options={options} current={current} isOpen={isOpen} onChoose={choose} />
    </div>
  )
}

interface ListProps {
  readonly id: string
  readonly options: readonly Option[]
  readonly current: number
  readonly isOpen: boolean
  readonly onChoose: (option: Option) => void
}

/** Always there, because the field names it. */
function OptionList({ id, options, current, isOpen, onChoose }: ListProps): JSX.Element {
  return (
    <ul
      id={`${id}-list`}
      role="listbox"
      className="label-list"
      aria-label={text.wall.kinds}
      hidden={!isOpen || options.length === 0}
    >
      {options.map((option, index) => (
        <li
          key={`${option.kind} ${option.name}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === current}
          // Before the field loses the focus and the list closes.
          onPointerDown={(event) => {
            event.preventDefault()
            onChoose(option)
          }}
        >
          <OptionName {...option} />
        </li>
      ))}
    </ul>
  )
}

function OptionName({ kind, name }: Option): JSX.Element {
  if (kind >= 0) return <KindName kind={kind} name={name} />
  return (
    <span className="new-kind">
      <Plus size={16} aria-hidden="true" /> {text.wall.makeNamed(name)}
    </span>
  )
}

/** Kinds that begin with what was typed, then those that contain it, then a new one of that name. */
function optionsFor(kinds: readonly string[], typed: string): readonly Option[] {
  const wanted = typed.trim().toLowerCase()
  const all = kinds.map((name, kind) => ({ kind, name }))
  const places = all.map(({ name }) => name.toLowerCase().indexOf(wanted))
  const found = [
    ...all.filter((_, kind) => places[kind] === 0),
    ...all.filter((_, kind) => (places[kind] ?? -1) > 0),
  ].slice(0, mostShown)
  const isKnown = all.some(({ name }) => name.toLowerCase() === wanted)
  return wanted === '' || isKnown ? found : [...found, { kind: -1, name: typed.trim() }]
}
