/** @file Training runs side by side. */
import { useEffect, useState, type JSX } from 'react'

import type { RunDetails, RunSummary } from '../../../core/api/contract/runs.ts'
import { mostCompared, ofProject, type Compared } from '../../store/compare.ts'
import { useSubject } from '../../studio.ts'
import { date, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Notice } from '../../ui/notice.tsx'
import { Progress } from '../../ui/progress.tsx'
import { CompareCurves } from './compare-curves.tsx'
import { CompareImages } from './compare-images.tsx'
import { CompareSettings } from './compare-settings.tsx'

/** Those of the run's project, and those of others if wanted or if there are no others. */
export function CompareView({ run }: { readonly run: RunDetails }): JSX.Element {
  const { runs, chosen, problem, open } = useSubject('compare', 'runs', 'chosen', 'problem', 'open')
  const { id, project } = run
  useEffect(() => void open(project, id), [open, project, id])
  if (problem !== null) return <Notice kind="error">{problem}</Notice>
  if (runs === null) return <Progress label={text.results.compareLoading} />
  if (runs.length < 2) return <p className="soft">{text.results.compareFew}</p>
  return (
    <>
      <p className="soft">{text.results.compareLead}</p>
      <Choice runs={runs} chosen={chosen} project={project} />
      {chosen.length < 2 ? (
        <p className="soft">{text.results.compareMore}</p>
      ) : (
        <>
          <CompareCurves chosen={chosen} />
          <CompareSettings chosen={chosen} />
          <CompareImages chosen={chosen} />
        </>
      )}
    </>
  )
}

interface ChoiceProps {
  readonly runs: readonly RunSummary[]
  readonly chosen: readonly Compared[]
  readonly project: string | null
}

function Choice({ runs, chosen, project }: ChoiceProps): JSX.Element {
  const { toggle } = useSubject('compare', 'toggle')
  const own = ofProject(runs, project)
  const [showsAll, setShowsAll] = useState(own.length < 2)
  const isChosen = (id: string): boolean => chosen.some((one) => one.run.id === id)
  return (
    <fieldset className="compare-runs">
      <legend className="legend-title">{text.results.compareChoose}</legend>
      {(showsAll ? runs : own).map(({ id, name, createdAt, bestAccuracy }) => (
        <label key={id} className="compare-run">
          <input
            type="checkbox"
            checked={isChosen(id)}
            disabled={!isChosen(id) && chosen.length >= mostCompared}
            onChange={() => void toggle(id)}
          />
          <span className="clip">{name}</span>
          <span className="small soft number">{date(createdAt)}</span>
          <span className="number">{bestAccuracy === null ? '–' : percent(bestAccuracy)}</span>
        </label>
      ))}
      {own.length === runs.length ? null : (
        <label className="row check small compare-all">
          <input type="checkbox" checked={showsAll} onChange={({ target }) => setShowsAll(target.checked)} />
          {text.results.compareAll}
        </label>
      )}
    </fieldset>
  )
}
