/** @file “Wrong, it is …”: adds an image with its right label to the photos that the next training learns from. */
import { useId, useState, type JSX } from 'react'

import type { RunDetails } from '../../../core/api/contract/runs.ts'
import { imageToPredict, type ImageSource } from '../../store/image-source.ts'
import { useSelected, useStudio } from '../../studio.ts'
import { wordsOfError } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

interface Props {
  readonly run: RunDetails
  readonly source: ImageSource
  /** What the model says. */
  readonly said: string
}

type State =
  | { readonly phase: 'asked' }
  | { readonly phase: 'adding' }
  | { readonly phase: 'added'; readonly label: string; readonly path: string }
  | { readonly phase: 'failed'; readonly message: string }

/** Only in runs that belong to a project. */
export function PutRight({ run, source, said }: Props): JSX.Element | null {
  const { data, labels } = useStudio()
  const [label, setLabel] = useState('')
  const [state, setState] = useState<State>({ phase: 'asked' })
  const [id, list] = [useId(), useId()]
  // Undone, it is asked again.
  const hasLabel = useSelected(
    'labels',
    ({ said: known }) =>
      state.phase === 'added' &&
      ![...known.values()].some(({ path, label: own }) => path === state.path && own === null),
  )
  const { project } = run
  if (project === null) return null
  const add = async (): Promise<void> => {
    setState({ phase: 'adding' })
    try {
      const image = await imageToPredict(source)
      const path = await labels.getState().addPhoto(project, image, label.trim())
      setState({ phase: 'added', label: label.trim(), path })
      await data.getState().checkAgain()
    } catch (error) {
      setState({ phase: 'failed', message: wordsOfError(error) })
    }
  }
  if (state.phase === 'added' && hasLabel)
    return <Notice kind="done">{text.use.right.added(state.label)}</Notice>
  return (
    <form
      className="stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <div className="row">
        <label htmlFor={id}>{text.use.right.ask}</label>
        <input
          id={id}
          className="input put-right"
          list={list}
          value={label}
          maxLength={200}
          onChange={({ target }) => setLabel(target.value)}
        />
        <datalist id={list}>
          {run.classes
            .filter((name) => name !== said)
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
        <Button type="submit" disabled={label.trim() === '' || state.phase === 'adding'}>
          {text.use.right.add}
        </Button>
      </div>
      {state.phase === 'failed' ? <Notice kind="error">{state.message}</Notice> : null}
    </form>
  )
}
