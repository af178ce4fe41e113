/** @file Copies the labelled photos into class folders of a new folder; the photos themselves stay where they are. */
import { useRef, useState, type JSX } from 'react'

import type { CopiedImages } from '../../../core/api/contract/values.ts'
import { useStudio, useSelected } from '../../studio.ts'
import { wordsOfError, worded } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFolderChoice } from '../choose-folder.tsx'

interface Props {
  readonly project: string
  readonly onEnd: () => void
}

type State =
  | { readonly phase: 'asking'; readonly problem: string | null }
  | { readonly phase: 'copying'; readonly done: number; readonly total: number }
  | { readonly phase: 'copied'; readonly result: CopiedImages }

/** Open as long as it is rendered; closing it ends the copying. */
export function CopyDialog({ project, onEnd }: Props): JSX.Element {
  const { state, copy, cancel } = useCopying(project)
  const name = useSelected('project', ({ current }) => current?.name ?? '')
  const [parent, setParent] = useState<string | null>(null)
  const [isApart, setApart] = useState(false)
  const folder = useFolderChoice(text.copy.choose, setParent)
  const to = parent === null ? null : `${parent}/${text.copy.folderName(name)}`
  const close = (): void => {
    cancel()
    onEnd()
  }
  const isAsking = state.phase === 'asking'
  return (
    <Dialog
      title={text.copy.title}
      onClose={close}
      foot={
        <>
          <span />
          <div className="row">
            <Button onClick={close}>
              {state.phase === 'copied' ? text.common.close : text.common.cancel}
            </Button>
            {isAsking ? (
              <Button
                look="primary"
                disabled={to === null}
                onClick={() => to !== null && void copy(to, isApart)}
              >
                {text.copy.now}
              </Button>
            ) : null}
          </div>
        </>
      }
    >
      <div className="dialog-body stack">
        <p>{text.copy.lead}</p>
        {isAsking ? (
          <>
            <div className="row">
              <Button onClick={folder.choose}>{text.copy.choose}</Button>
              {to === null ? null : <span className="path">{to}</span>}
            </div>
            <label className="row">
              <input type="checkbox" checked={isApart} onChange={({ target }) => setApart(target.checked)} />
              {text.copy.apart}
            </label>
          </>
        ) : null}
        <Outcome state={state} />
        {folder.dialog}
      </div>
    </Dialog>
  )
}

function Outcome({ state }: { readonly state: State }): JSX.Element | null {
  if (state.phase === 'asking') {
    return state.problem === null ? null : <Notice kind="error">{state.problem}</Notice>
  }
  if (state.phase === 'copying') {
    const { done, total } = state
    return (
      <>
        <Progress label={text.copy.title} share={total === 0 ? undefined : done / total} />
        <p className="number">{text.copy.progress(done, total)}</p>
      </>
    )
  }
  const { folder, copied, failed } = state.result
  return (
    <Notice kind={failed.length === 0 ? 'done' : 'warning'}>
      <p>{text.copy.done(copied)}</p>
      <p className="path">{folder}</p>
      {failed.slice(0, 20).map(({ path, reason }) => (
        <p key={path} className="path">
          {path}: {worded(reason)}
        </p>
      ))}
    </Notice>
  )
}

interface Copying {
  readonly state: State
  readonly copy: (to: string, heldBackApart: boolean) => Promise<void>
  readonly cancel: () => void
}

function useCopying(project: string): Copying {
  const { api } = useStudio()
  const [state, setState] = useState<State>({ phase: 'asking', problem: null })
  const interest = useRef<AbortController | null>(null)
  const copy = async (to: string, heldBackApart: boolean): Promise<void> => {
    const own = new AbortController()
    interest.current = own
    try {
      setState({ phase: 'copying', done: 0, total: 0 })
      for await (const item of api.labels.copyImages(
        { project, to, heldBackApart },
        { signal: own.signal },
      )) {
        if (item.type === 'progress') setState({ phase: 'copying', done: item.done, total: item.total })
        else setState({ phase: 'copied', result: item.result })
      }
    } catch (error) {
      if (!own.signal.aborted) setState({ phase: 'asking', problem: wordsOfError(error) })
    }
  }
  return { state, copy, cancel: () => interest.current?.abort() }
}
