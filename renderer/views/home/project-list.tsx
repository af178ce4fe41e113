/** @file Earlier work: a card for every project, and the training runs that belong to none. */
import type { JSX } from 'react'

import type { RunSummary } from '../../../core/api/contract/runs.ts'
import type { Earlier } from '../../store/project.ts'
import { useStudio } from '../../studio.ts'
import { date } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { ProjectCard } from './project-card.tsx'

type Known = Extract<Earlier, { phase: 'ready' }>

/** The projects, last changed first. */
export function ProjectList({ projects, runs }: Known): JSX.Element {
  return (
    <>
      {projects.length === 0 ? null : (
        <ul className="projects">
          {projects.map((project) => (
            <li key={project.id}>
              <ProjectCard project={project} />
            </li>
          ))}
        </ul>
      )}
      {runs.length === 0 ? null : <LoneRuns runs={runs} />}
    </>
  )
}

function LoneRuns({ runs }: { readonly runs: readonly RunSummary[] }): JSX.Element {
  const { project } = useStudio()
  return (
    <Fold title={text.home.alone}>
      <div className="stack tight">
        <p className="small soft">{text.home.aloneHint}</p>
        <ul className="runs">
          {runs.map((run) => (
            <li key={run.id}>
              <button type="button" className="run" onClick={() => void project.getState().adopt(run)}>
                <span>
                  <strong className="clip">{run.name}</strong>
                  <span className="small soft clip">
                    {date(run.createdAt)} · {run.classes.slice(0, 20).join(', ')}
                  </span>
                </span>
                <span className="number">
                  {run.bestAccuracy === null ? '' : text.home.accuracy(run.bestAccuracy)}
                </span>
                <span className="tag">{text.home.status[run.status]}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Fold>
  )
}
