/** @file Training as the rest of the desktop sees it: no sleep meanwhile, progress in the dock, a notification at the end. */
import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron'

import type { Trainings, TrainingState } from '../core/studio/runs/trainings.ts'
import { text } from './text.ts'

/** What the signs are shown on. */
export interface Signs {
  readonly window: () => BrowserWindow | null
  /** Brings the window to the front. */
  readonly showWindow: () => void
  /** Called for every step. */
  readonly onStep: (state: TrainingState) => void
  /** Called when a training has ended, after the rest. */
  readonly onEnd: () => void
}

/** Shows every training from now on; returns the one in progress, if any. */
export function showTrainings(trainings: Trainings, signs: Signs): () => TrainingState | null {
  let current: TrainingState | null = null
  const stayAwake = createWaker()
  trainings.onChange((state) => {
    const goesOn = state.ending === null
    current = goesOn ? state : null
    stayAwake(goesOn && !state.isPaused)
    if (goesOn) {
      showProgress(signs.window(), state)
      signs.onStep(state)
      return
    }
    signs.window()?.setProgressBar(-1)
    notifyEnd(state, signs)
    signs.onEnd()
  })
  return () => current
}

/** Keeps the machine from sleeping while it is told to. The screen may turn off. */
function createWaker(): (isNeeded: boolean) => void {
  let blocker: number | null = null
  return (isNeeded) => {
    if (isNeeded) blocker ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }
}

// More than the whole means work whose end is not known.
const unknownProgress = 2

/** Shows the progress of training in the dock or the taskbar. */
export function showProgress(window: BrowserWindow | null, { step, steps, isPaused }: TrainingState): void {
  window?.setProgressBar(steps === 0 ? unknownProgress : step / steps, {
    mode: isPaused ? 'paused' : 'normal',
  })
}

function notifyEnd({ ending }: TrainingState, { window, showWindow }: Signs): void {
  const error = ending?.error ?? null
  // Whoever stopped it knows, and whoever looks at the window sees it.
  if (error?.code === 'cancelled' || window()?.isFocused() === true || !Notification.isSupported()) return
  const { title } = error === null ? text.trained : text.failed
  const body = error === null ? text.trained.body : text.failed.body(error.message)
  const notification = new Notification({ title, body })
  notification.on('click', showWindow)
  notification.show()
}
