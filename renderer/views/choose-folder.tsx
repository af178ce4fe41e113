/** @file Choosing a folder: in the system's own dialog if the shell has one, else in the studio's. */
import { useState, type JSX } from 'react'

import { useStudio } from '../studio.ts'
import { Notice } from '../ui/notice.tsx'
import { FilePicker } from './file-picker.tsx'
import { wordsOfError } from '../text/sentences.ts'

interface FolderChoice {
  /** Starts the choice; nothing happens if the person cancels. */
  readonly choose: () => void
  /** What a view renders for it, anywhere. */
  readonly dialog: JSX.Element | null
}

/** A choice that calls `onChoose` with an absolute path. */
export function useFolderChoice(title: string, onChoose: (path: string) => void): FolderChoice {
  const { api } = useStudio()
  const [state, setState] = useState<'closed' | 'picking' | { readonly problem: string }>('closed')
  const choose = async (): Promise<void> => {
    try {
      const { dialogs } = await api.shell.about()
      if (!dialogs) {
        setState('picking')
        return
      }
      const path = await api.shell.chooseFolder({ title })
      if (path !== null) onChoose(path)
    } catch (error) {
      setState({ problem: wordsOfError(error) })
    }
  }
  const close = (): void => setState('closed')
  const pick = (path: string): void => {
    close()
    onChoose(path)
  }
  return { choose: () => void choose(), dialog: dialogOf() }
  function dialogOf(): JSX.Element | null {
    if (state === 'closed') return null
    if (state === 'picking') return <FilePicker title={title} kind="folder" onClose={close} onChoose={pick} />
    return <Notice kind="error">{state.problem}</Notice>
  }
}
