/** @file The images to learn from: chosen or dropped, checked, then a wall of them. */
import { FolderOpen, Sparkles } from 'lucide-react'
import { useCallback, useEffect, type JSX } from 'react'

import type { DataState } from '../../store/data.ts'
import type { DroppedTree } from '../../store/send-folder.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { useDroppedFolder } from '../drop-files.ts'
import { ProjectProblem } from '../home/project-problem.tsx'
import { Screen } from '../screen.tsx'
import { PhotosView } from './photos-view.tsx'

/** The first step. */
export function DataView(): JSX.Element {
  const { data, model } = useStudio()
  const { state, problem } = useSubject('data', 'state', 'problem')
  const takeFolder = useCallback(
    (path: string | null, tree: DroppedTree) => {
      void (path === null ? data.getState().receive(tree) : data.getState().check(path))
    },
    [data],
  )
  // A few photos never take the place of all that are here.
  const takesLoose = useCallback(() => data.getState().state.phase !== 'ready', [data])
  const isSingle = useDroppedFolder(text.common.dropFolder, takeFolder, takesLoose)
  // What is small depends on the resolution of the model, which is the first available one until another is chosen.
  useEffect(() => {
    if (model.getState().state.phase === 'loading') void model.getState().load()
  }, [model])
  const single = (
    <>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      {isSingle ? <Notice kind="info">{text.data.tooSingle}</Notice> : null}
    </>
  )
  if (state.phase === 'ready') return <PhotosView key={state.folder} ready={state} notice={single} />
  return (
    <Screen title={text.data.title} lead={text.data.lead} foot={<Foot />}>
      <ProjectProblem />
      <Beginning state={state} />
      {single}
      <Content state={state} />
    </Screen>
  )
}

/** There is nothing to go on with yet. */
function Foot(): JSX.Element {
  return (
    <>
      <span />
      <Button look="primary" disabled>
        {text.data.next}
      </Button>
    </>
  )
}

/** Where photos come from, unless they are on their way. */
function Beginning({ state }: { readonly state: DataState }): JSX.Element | null {
  const { check, checkAgain, useSample } = useSubject('data', 'check', 'checkAgain', 'useSample')
  const folder = useFolderChoice(text.picker.folder, (path) => void check(path))
  if (state.phase !== 'empty' && state.phase !== 'failed') return null
  return (
    <div className="row">
      <Button look="primary" onClick={folder.choose}>
        <FolderOpen size={17} aria-hidden="true" />
        {text.data.choose}
      </Button>
      {state.phase === 'empty' ? null : (
        <Button title={text.data.againHint} onClick={() => void checkAgain()}>
          {text.data.again}
        </Button>
      )}
      <Button onClick={() => void useSample()}>
        <Sparkles size={17} aria-hidden="true" />
        {text.data.sample}
      </Button>
      {folder.dialog}
    </div>
  )
}

function Content({ state }: { readonly state: DataState }): JSX.Element | null {
  switch (state.phase) {
    case 'empty':
      return <DropHere />
    case 'copying':
    case 'sampling':
    case 'checking':
      return <Working {...state} />
    case 'failed':
      return (
        <Notice kind="error">
          <p>{state.message}</p>
        </Notice>
      )
    case 'ready':
      return null
    default:
      return state
  }
}

/** Says what the folder has to look like, with a picture of one. */
function DropHere(): JSX.Element {
  const [folder, ...classes] = text.data.dropExample
  return (
    <div className="drop-zone">
      <FolderOpen size={30} aria-hidden="true" />
      <strong>{text.data.dropTitle}</strong>
      <span className="soft">{text.data.dropLead}</span>
      <span className="folder-tree mono" aria-hidden="true">
        <span>{folder}/</span>
        {classes.map((name) => (
          <span key={name}>
            {name}/ <i /> <i /> <i />
          </span>
        ))}
      </span>
    </div>
  )
}

type WorkingState = Extract<DataState, { phase: 'checking' | 'sampling' | 'copying' }>

const labels = {
  checking: text.data.checking,
  sampling: text.data.making,
  copying: text.data.copying,
} as const

function Working({ phase, done, total }: WorkingState): JSX.Element {
  const { data } = useStudio()
  const label = labels[phase]
  const say = phase === 'copying' ? text.data.copied : text.data.checked
  return (
    <div className="card stack">
      <div className="row apart">
        <h2>{label}</h2>
        <span className="soft number">{total === 0 ? '' : say(done, total)}</span>
      </div>
      <Progress label={label} share={total === 0 ? undefined : done / total} />
      {phase === 'copying' ? <p className="small soft">{text.data.copyHint}</p> : null}
      <div>
        <Button onClick={() => data.getState().cancel()}>{text.common.cancel}</Button>
      </div>
    </div>
  )
}
