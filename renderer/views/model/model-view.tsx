/** @file The Model step: which model to start from, how well models would do, and the resolution. */
import { useCallback, useEffect, useState, type JSX } from 'react'

import { pathOfDropped } from '../../connection.ts'
import type { Dropped } from '../../store/drops.ts'
import type { ModelState } from '../../store/model.ts'
import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useDropTarget } from '../drop-files.ts'
import { FewShotDetails } from './few-shot-details.tsx'
import { InsideModelChosen } from '../inspect/inside-chosen.tsx'
import { ModelMirror } from './mirror.tsx'
import { Models } from './models.tsx'
import { ModelPositions } from './positions.tsx'
import { ModelRecognised } from './recognised.tsx'
import { ModelResolution } from './resolution.tsx'
import { Screen } from '../screen.tsx'

/** The second step. */
export function ModelView(): JSX.Element {
  const { navigation } = useStudio()
  const { state, load } = useSubject('model', 'state', 'load')
  const { load: loadCatalogue } = useSubject('catalogue', 'load')
  const problem = useDroppedModel()
  useEffect(() => void load(), [load])
  useEffect(() => void loadCatalogue(), [loadCatalogue])
  const isKnown = useIsKnown()
  const chosen = state.phase === 'ready' ? state.model.path : null
  return (
    <Screen
      title={text.model.title}
      lead={text.model.lead}
      foot={
        <>
          <span className="path">{chosen ?? ''}</span>
          <Button look="primary" disabled={chosen === null} onClick={() => navigation.getState().go('train')}>
            {text.model.next}
          </Button>
        </>
      }
    >
      {isKnown ? <Content state={state} problem={problem} /> : <Progress label={text.model.reading} />}
    </Screen>
  )
}

/** Whether all models there are can be shown; before that nothing is, because it would move when the rest arrives. */
function useIsKnown(): boolean {
  const isListed = useSelected('model', ({ cards, state }) => cards.length > 0 || state.phase !== 'loading')
  const isComplete = useSelected(
    'catalogue',
    ({ cards, settings, problem }) => cards.length > 0 || settings !== null || problem !== null,
  )
  return isListed && isComplete
}

interface ContentProps {
  readonly state: ModelState
  readonly problem: string | null
}

function Content({ state, problem }: ContentProps): JSX.Element {
  const { problem: unusable } = useSubject('model', 'problem')
  return (
    <>
      <Models />
      {unusable === null ? null : <Notice kind="error">{unusable}</Notice>}
      {problem === null ? null : <Notice kind="warning">{problem}</Notice>}
      <Chosen state={state} />
      {state.phase === 'ready' ? <ModelRecognised model={state.model} /> : null}
      <FewShotDetails />
      {state.phase === 'ready' ? <InsideModelChosen model={state.model} /> : null}
      <ModelMirror />
    </>
  )
}

/** A model dropped on the step is chosen, if the shell reveals its path; returns why the last one was not. */
function useDroppedModel(): string | null {
  const { model } = useStudio()
  const [problem, setProblem] = useState<string | null>(null)
  const take = useCallback(
    (dropped: Dropped) => {
      const [file] = dropped.kind === 'files' ? dropped.files : []
      const path = dropped.kind === 'folder' ? dropped.path : file === undefined ? null : pathOfDropped(file)
      const name = dropped.kind === 'folder' ? dropped.tree.name : (file?.name ?? '')
      setProblem(path === null ? text.model.noPath(name) : null)
      if (path !== null) void model.getState().choose(path)
    },
    [model],
  )
  useDropTarget(text.model.dropHere, take)
  return problem
}

function Chosen({ state }: { readonly state: ModelState }): JSX.Element {
  switch (state.phase) {
    case 'loading':
      return <Progress label={text.model.reading} />
    case 'none':
      return <Notice kind="info">{text.model.noneYet}</Notice>
    case 'failed':
      return <Notice kind="error">{state.message}</Notice>
    case 'ready':
      return (
        <div className="halves">
          <ModelResolution model={state.model} resolution={state.resolution} />
          <ModelPositions model={state.model} resolution={state.resolution} />
        </div>
      )
    default:
      return state
  }
}
