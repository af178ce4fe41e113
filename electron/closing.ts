/** @file How the program quits: with everything saved, and not in the middle of training unless that is wanted. */
import { app, dialog, type BrowserWindow, type Event, type MessageBoxOptions } from 'electron'

import { AppError } from '../core/errors.ts'
import { logBug } from '../core/studio/log.ts'
import { text } from './text.ts'

/** What quitting depends on. */
export interface ClosingOptions {
  readonly isTraining: () => boolean
  readonly window: () => BrowserWindow | null
  /** Closes the window and lets training continue without it. */
  readonly goOnInBackground: () => void
  /** Saves what is being trained and frees the data folder. */
  readonly save: () => Promise<void>
}

/** How the program quits. */
export interface Closing {
  /** Saves, then quits, without asking. */
  readonly end: () => Promise<void>
  /** Lets the window close, or asks first. */
  readonly onWindowClose: (event: Event) => void
  /** Lets the program quit once everything is saved; asks first if a training is running. */
  readonly onBeforeQuit: (event: Event) => void
}

type Phase = 'open' | 'asking' | 'ending' | 'ended'

/** Nothing is quitting yet. */
export function createClosing({ isTraining, window, goOnInBackground, save }: ClosingOptions): Closing {
  let phase: Phase = 'open'
  const end = async (): Promise<void> => {
    if (phase === 'ending' || phase === 'ended') return
    phase = 'ending'
    try {
      await save()
    } catch (thrown) {
      logBug('closing', AppError.from(thrown))
    }
    phase = 'ended'
    app.quit()
  }
  const ask = async (): Promise<void> => {
    if (phase !== 'open') return
    phase = 'asking'
    const answer = await answerOf(window())
    // A system shutdown does not wait for answers.
    if (phase !== 'asking') return
    phase = 'open'
    if (answer === 'background') goOnInBackground()
    if (answer === 'stop') await end()
  }
  return {
    end,
    onWindowClose: (event) => {
      if (phase === 'ending' || phase === 'ended' || !isTraining()) return
      event.preventDefault()
      void ask()
    },
    onBeforeQuit: (event) => {
      if (phase === 'ended') return
      event.preventDefault()
      void (isTraining() ? ask() : end())
    },
  }
}

const answers = ['background', 'stop', 'cancel'] as const

async function answerOf(window: BrowserWindow | null): Promise<(typeof answers)[number]> {
  const words = text.closing
  const options: MessageBoxOptions = {
    type: 'question',
    message: words.message,
    detail: words.detail,
    buttons: answers.map((answer) => words[answer]),
    defaultId: answers.indexOf('background'),
    cancelId: answers.indexOf('cancel'),
    noLink: true,
  }
  const asked = window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options)
  return answers[(await asked).response] ?? 'cancel'
}
