/** @file The first screen: one's projects with their pictures, and two ways to begin another. */
import { FolderOpen, Sparkles } from 'lucide-react'
import { useCallback, useEffect, useState, type JSX } from 'react'

import type { DroppedTree } from '../../store/send-folder.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { useDroppedFolder } from '../drop-files.ts'
import { ProjectList } from './project-list.tsx'
import { ProjectProblem } from './project-problem.tsx'
import { Screen } from '../screen.tsx'
import { HowItWorks } from './how-it-works.tsx'

/** Leads on to the data, or opens a project where it was left off. */
export function HomeView(): JSX.Element {
  const { project } = useStudio()
  const { begin, earlier } = useSubject('project', 'begin', 'earlier')
  const folder = useFolderChoice(text.picker.folder, (path) => void begin({ kind: 'folder', folder: path }))
  const takeFolder = useCallback(
    (path: string | null, tree: DroppedTree) => {
      void project.getState().begin(path === null ? { kind: 'tree', tree } : { kind: 'folder', folder: path })
    },
    [project],
  )
  const isSingle = useDroppedFolder(text.home.dropHere, takeFolder)
  const isFresh = useFreshList()
  const hasProjects = earlier.phase === 'ready' && earlier.projects.length > 0
  const ways = <Ways onFolder={folder.choose} size={hasProjects ? 'normal' : 'large'} />
  return (
    <Screen
      title={hasProjects ? text.home.earlier : text.home.title}
      {...(hasProjects ? { tools: ways } : { lead: text.home.lead })}
    >
      {isSingle ? <Notice kind="info">{text.data.tooSingle}</Notice> : null}
      <ProjectProblem />
      {earlier.phase === 'loading' ? <Progress label={text.home.loading} /> : null}
      {earlier.phase === 'failed' ? <Notice kind="error">{earlier.message}</Notice> : null}
      {hasProjects || !isFresh ? null : (
        <>
          {ways}
          <HowItWorks />
          {earlier.phase === 'ready' ? (
            <p className="small soft">
              {text.home.noneTitle} {text.home.noRuns}
            </p>
          ) : null}
        </>
      )}
      {earlier.phase === 'ready' && isFresh ? <ProjectList {...earlier} /> : null}
      {folder.dialog}
    </Screen>
  )
}

/** Whether the list was read since the screen was opened: an older one is not shown, because its cards would change places. */
function useFreshList(): boolean {
  const { project } = useStudio()
  const [isFresh, setFresh] = useState(false)
  useEffect(
    () =>
      void project
        .getState()
        .load()
        .then(() => setFresh(true)),
    [project],
  )
  return isFresh
}

interface WaysProps {
  readonly onFolder: () => void
  readonly size: 'normal' | 'large'
}

/** One's own photos, or the sample set. */
function Ways({ onFolder, size }: WaysProps): JSX.Element {
  const { begin } = useSubject('project', 'begin')
  return (
    <div className="row">
      <Button look="primary" size={size} title={text.home.ownHint} onClick={onFolder}>
        <FolderOpen size={18} aria-hidden="true" />
        {text.home.own}
      </Button>
      <Button
        size={size}
        title={text.home.sampleHint}
        onClick={() => void begin({ kind: 'sample', name: text.home.sampleName })}
      >
        <Sparkles size={18} aria-hidden="true" />
        {text.home.sample}
      </Button>
    </div>
  )
}
