/** @file The first screen: two ways to begin, and the existing projects. */
import { FolderOpen, Sparkles } from 'lucide-react'
import { useCallback, useEffect, type JSX } from 'react'

import type { DroppedTree } from '../../store/send-folder.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { useDroppedFolder } from '../drop-files.ts'
import { ProjectList } from './project-list.tsx'
import { ProjectProblem } from './project-problem.tsx'
import { Screen } from '../screen.tsx'

/** Leads on to the data, or opens a project where it was left off. */
export function HomeView(): JSX.Element {
  const { project } = useStudio()
  const { begin } = useSubject('project', 'begin')
  const folder = useFolderChoice(text.picker.folder, (path) => void begin({ kind: 'folder', folder: path }))
  const takeFolder = useCallback(
    (path: string | null, tree: DroppedTree) => {
      void project.getState().begin(path === null ? { kind: 'tree', tree } : { kind: 'folder', folder: path })
    },
    [project],
  )
  const isSingle = useDroppedFolder(text.home.dropHere, takeFolder)
  useEffect(() => void project.getState().load(), [project])
  return (
    <Screen title={text.home.title} lead={text.home.lead}>
      <div className="hero">
        <button
          type="button"
          className="hero-card primary"
          onClick={() => void begin({ kind: 'sample', name: text.home.sampleName })}
        >
          <Sparkles size={28} aria-hidden="true" />
          <strong>{text.home.sample}</strong>
          <span>{text.home.sampleHint}</span>
        </button>
        <button type="button" className="hero-card" onClick={folder.choose}>
          <FolderOpen size={28} aria-hidden="true" />
          <strong>{text.home.own}</strong>
          <span>{text.home.ownHint}</span>
        </button>
      </div>
      {isSingle ? <Notice kind="info">{text.data.tooSingle}</Notice> : null}
      <ProjectProblem />
      <ProjectList />
      {folder.dialog}
    </Screen>
  )
}
