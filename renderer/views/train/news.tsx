/** @file News of training for someone looking elsewhere: the page title, and a system notification at the end. */
import { useEffect, useRef, useState, type JSX } from 'react'

import { useSelected, useStudio, useSubject } from '../../studio.ts'
import { shareDone, type TrainingState, type TrainingSubject } from '../../store/training.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { useShellKind } from '../use/shell-kind.ts'

const storageKey = 'vit-studio-news'

/** Stored in this browser; on unless a person said no. */
function isWanted(): boolean {
  return localStorage.getItem(storageKey) !== 'no'
}

const canTell = (): boolean => 'Notification' in globalThis

/** Asks the browser for permission to show notifications, if wanted and not asked before. */
export async function askForNews(): Promise<void> {
  if (canTell() && isWanted() && Notification.permission === 'default') await Notification.requestPermission()
}

/** The switch for notifications. The desktop shell shows its own, so it has none. */
export function TellMe(): JSX.Element | null {
  const [wanted, setWanted] = useState(isWanted)
  const shell = useShellKind()
  if (!canTell() || shell !== 'browser') return null
  const isRefused = Notification.permission === 'denied'
  return (
    <label className="switch">
      <input
        type="checkbox"
        checked={wanted && !isRefused}
        disabled={isRefused}
        onChange={({ target }) => {
          localStorage.setItem(storageKey, target.checked ? 'yes' : 'no')
          setWanted(target.checked)
        }}
      />
      <span>{text.train.tellMe}</span>
      <span className="small soft">{isRefused ? text.train.tellMeRefused : text.train.tellMeHint}</span>
    </label>
  )
}

/** Updates the page title, and reports the end of a training that was seen running; shows nothing. Used once. */
export function TrainingNews(): null {
  const { state } = useSubject('training', 'state')
  const title = useSelected('training', titleOf)
  const { navigation } = useStudio()
  const shell = useShellKind()
  useEffect(() => {
    document.title = title
  }, [title])
  const before = useRef<string | null>(null)
  useEffect(() => {
    if (state.phase !== 'run') return
    const wasTraining = before.current === `${state.run.id} training`
    before.current = `${state.run.id} ${state.status}`
    if (wasTraining && shell === 'browser') notifyEnd(state, () => navigation.getState().go('train'))
  }, [state, shell, navigation])
  return null
}

function titleOf(training: TrainingSubject): string {
  const { state } = training
  if (state.phase !== 'run' || state.status !== 'training') return text.common.app
  if (state.pause === 'on') return text.train.documentTitlePaused
  return text.train.documentTitle(shareDone(training, state.run))
}

type Run = Extract<TrainingState, { phase: 'run' }>

/** Whoever stopped it knows, and whoever looks at the window sees it. */
function notifyEnd({ run, status, problem }: Run, onClick: () => void): void {
  if (status !== 'finished' && status !== 'failed' && status !== 'interrupted') return
  if (document.hasFocus() || !canTell() || !isWanted() || Notification.permission !== 'granted') return
  const message =
    status === 'finished'
      ? new Notification(text.train.newsDone(run.name), {
          body: run.bestAccuracy === null ? '' : text.train.newsDoneBody(percent(run.bestAccuracy)),
          tag: run.id,
        })
      : new Notification(text.train.newsFailed(run.name), { body: problem ?? text.train.safe, tag: run.id })
  message.addEventListener('click', () => {
    globalThis.focus()
    onClick()
  })
}
