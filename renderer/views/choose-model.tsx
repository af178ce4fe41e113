/** @file Choosing a model's file: in the system's own dialog if the shell has one, else in the studio's. */
import { useState, type JSX } from 'react'

import { useStudio } from '../studio.ts'
import { text } from '../text/text.ts'
import { Notice } from '../ui/notice.tsx'
import { FilePicker } from './file-picker.tsx'
import { wordsOfError } from '../text/sentences.ts'

// Of a Hugging Face folder its file with the weights is chosen; the rest is found beside it.
const extensions = ['safetensors', 'npz', 'pth', 'pt', 'bin']

interface ModelFileChoice {
  /** Starts the choice; nothing happens if the person cancels. */
  readonly begin: () => void
  /** What a view renders for it, anywhere. */
  readonly dialog: JSX.Element | null
}

/** A choice that calls `onChoose` with an absolute path. */
export function useModelChoice(title: string, onChoose: (path: string) => void): ModelFileChoice {
  const { api } = useStudio()
  const [isPicking, setPicking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const begin = async (): Promise<void> => {
    setProblem(null)
    try {
      const { dialogs } = await api.shell.about()
      if (!dialogs) return setPicking(true)
      const path = await api.shell.chooseFile({ title, kinds: [{ name: text.model.title, extensions }] })
      if (path !== null) onChoose(path)
    } catch (error) {
      setProblem(wordsOfError(error))
    }
  }
  const picker = (
    <FilePicker
      title={title}
      kind="model"
      onClose={() => setPicking(false)}
      onChoose={(path) => {
        setPicking(false)
        onChoose(path)
      }}
    />
  )
  const notice = problem === null ? null : <Notice kind="error">{problem}</Notice>
  return { begin: () => void begin(), dialog: isPicking ? picker : notice }
}
