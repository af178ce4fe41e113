/** @file Copies the images of a table into a folder for each answer, the unsure ones into one of their own. */
import { FolderOutput } from 'lucide-react'
import { useRef, useState, type JSX } from 'react'

import type { CopiedImages } from '../../../core/api/contract/values.ts'
import { thresholdOf } from '../../store/answers.ts'
import type { Table } from '../../store/table.ts'
import { groupsToCopy } from '../../store/table-rows.ts'
import { useSelected, useStudio } from '../../studio.ts'
import { wordsOfError } from '../../text/sentences.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFolderChoice } from '../choose-folder.tsx'

type State =
  | { readonly phase: 'none' }
  | { readonly phase: 'copying'; readonly done: number; readonly total: number }
  | { readonly phase: 'copied'; readonly result: CopiedImages }
  | { readonly phase: 'failed'; readonly message: string }

/** A button, and what becomes of it; nothing where the images were dropped in a browser, which gives no paths. */
export function CopyAnswers({ table }: { readonly table: Table }): JSX.Element | null {
  const { api } = useStudio()
  const threshold = useSelected('answers', thresholdOf)
  const [state, setState] = useState<State>({ phase: 'none' })
  const copying = useRef<AbortController>(null)
  const from = table.rows[0]?.source
  const folder = from !== undefined && 'folder' in from ? from.folder : null
  const copyTo = async (chosen: string): Promise<void> => {
    if (folder === null) return
    const own = new AbortController()
    copying.current = own
    setState({ phase: 'copying', done: 0, total: table.rows.length })
    try {
      const groups = groupsToCopy(table.rows, threshold, text.use.byAnswer.unsure)
      const to = `${chosen}/${text.use.byAnswer.folder}`
      for await (const item of api.predict.copyAnswers({ folder, to, groups }, { signal: own.signal })) {
        if (item.type === 'progress') setState({ phase: 'copying', done: item.done, total: item.total })
        else setState({ phase: 'copied', result: item.result })
      }
    } catch (error) {
      setState(own.signal.aborted ? { phase: 'none' } : { phase: 'failed', message: wordsOfError(error) })
    }
  }
  const target = useFolderChoice(text.use.byAnswer.choose, (chosen) => void copyTo(chosen))
  if (folder === null || table.status === 'working') return null
  return (
    <div className="stack tight">
      <div className="row">
        <Button disabled={state.phase === 'copying'} onClick={target.choose}>
          <FolderOutput size={16} aria-hidden="true" />
          {text.use.byAnswer.start}
        </Button>
        <span className="soft">{text.use.byAnswer.hint}</span>
      </div>
      <Outcome state={state} onCancel={() => copying.current?.abort()} />
      {target.dialog}
    </div>
  )
}

function Outcome({
  state,
  onCancel,
}: {
  readonly state: State
  readonly onCancel: () => void
}): JSX.Element | null {
  switch (state.phase) {
    case 'none':
      return null
    case 'copying':
      return (
        <div className="row">
          <Progress
            label={text.use.byAnswer.copying}
            share={state.total === 0 ? undefined : state.done / state.total}
          />
          <Button onClick={onCancel}>{text.common.cancel}</Button>
        </div>
      )
    case 'copied':
      return (
        <Notice kind="done">
          {text.use.byAnswer.copied(state.result.copied, state.result.folder, state.result.failed.length)}
        </Notice>
      )
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    default:
      return state
  }
}
