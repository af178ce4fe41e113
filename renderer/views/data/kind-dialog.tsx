/** @file Asks for the name of a new kind, another name for one, or which kind it becomes a part of. */
import { useEffect, useId, useRef, useState, type FormEvent, type JSX } from 'react'

import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

export type KindQuestion =
  | { readonly kind: 'make' }
  | { readonly kind: 'rename' | 'merge'; readonly name: string }

interface Props {
  readonly question: KindQuestion
  readonly kinds: readonly string[]
  readonly onEnd: () => void
}

/** Open as long as it is rendered. A name that another kind has makes one of the two, after saying so. */
export function KindDialog({ question, kinds, onEnd }: Props): JSX.Element {
  const { makeKind, renameKind, mergeKinds } = useSubject('labels', 'makeKind', 'renameKind', 'mergeKinds')
  const form = useId()
  const own = question.kind === 'make' ? null : question.name
  const others = kinds.filter((name) => name !== own)
  const [typed, setTyped] = useState(question.kind === 'merge' ? (others[0] ?? '') : (own ?? ''))
  const name = typed.trim()
  const merges = own !== null && others.includes(name)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name === '') return
    onEnd()
    if (own === null) void makeKind(name)
    else if (merges) void mergeKinds([own, name], name)
    else if (name !== own) void renameKind(own, name)
  }
  return (
    <Dialog
      title={titleOf(question)}
      onClose={onEnd}
      foot={
        <>
          <span />
          <div className="row">
            <Button onClick={onEnd}>{text.common.cancel}</Button>
            <Button look="primary" type="submit" form={form} disabled={name === ''}>
              {merges ? text.wall.mergeNow : text.wall.nameNow}
            </Button>
          </div>
        </>
      }
    >
      <form id={form} className="dialog-body stack tight" onSubmit={submit}>
        {question.kind === 'merge' ? (
          <OtherKind others={others} chosen={typed} onChoose={setTyped} />
        ) : (
          <NameField name={typed} onType={setTyped} />
        )}
        <p className="small soft" role="status">
          {merges ? text.wall.mergeHint(own, name) : text.wall.nameHint}
        </p>
      </form>
    </Dialog>
  )
}

function titleOf(question: KindQuestion): string {
  if (question.kind === 'make') return text.wall.newKind
  return question.kind === 'rename'
    ? text.wall.renameTitle(question.name)
    : text.wall.mergeTitle(question.name)
}

function NameField({
  name,
  onType,
}: {
  readonly name: string
  readonly onType: (name: string) => void
}): JSX.Element {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <label className="field">
      <span className="label">{text.wall.kindName}</span>
      <input
        ref={field}
        className="input"
        value={name}
        maxLength={100}
        autoComplete="off"
        onChange={({ target }) => onType(target.value)}
      />
    </label>
  )
}

interface OtherProps {
  readonly others: readonly string[]
  readonly chosen: string
  readonly onChoose: (name: string) => void
}

function OtherKind({ others, chosen, onChoose }: OtherProps): JSX.Element {
  return (
    <label className="field">
      <span className="label">{text.wall.mergeInto}</span>
      <select className="input" value={chosen} onChange={({ target }) => onChoose(target.value)}>
        {others.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
