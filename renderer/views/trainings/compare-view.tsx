/** @file The comparison of the trainings that are ticked in the list, and those of other projects that can be. */
import { useEffect, useRef, type JSX } from 'react'

import type { Compared } from '../../store/compare.ts'
import { useSelected, useSubject } from '../../studio.ts'
import { date, percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Fold } from '../../ui/fold.tsx'
import { Notice } from '../../ui/notice.tsx'
import { CompareCurves } from './compare-curves.tsx'
import { CompareImages } from './compare-images.tsx'
import { CompareSettings } from './compare-settings.tsx'
import { CompareTick } from './compare-tick.tsx'
import { namesOf } from './compare-names.ts'

/** Begins with the open training and the newest other one. */
export function CompareView(): JSX.Element {
  const { chosen, problem, open, refresh } = useSubject('compare', 'chosen', 'problem', 'open', 'refresh')
  const id = useSelected('trainings', (trainings) => trainings.open?.id ?? null)
  const project = useSelected('trainings', (trainings) => trainings.open?.project ?? null)
  const names = useSelected('trainings', ({ list }) => list?.map((run) => `${run.id} ${run.name}`).join('\n'))
  useEffect(() => {
    if (id !== null) void open(project, id)
  }, [open, project, id])
  const known = useRef(names)
  useEffect(() => {
    if (known.current !== undefined && known.current !== names) void refresh()
    known.current = names
  }, [refresh, names])
  return (
    <section className="stack" aria-labelledby="comparison">
      <h2 id="comparison">{text.trainings.comparison}</h2>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
      <Others />
      {chosen.length < 2 ? (
        <p className="soft">{text.trainings.compareMore}</p>
      ) : (
        <>
          <Caveats chosen={chosen} />
          <CompareCurves chosen={chosen} />
          <CompareSettings chosen={chosen} />
          <CompareImages chosen={chosen} />
        </>
      )}
    </section>
  )
}

/** What has to be known to read the comparison right. */
function Caveats({ chosen }: { readonly chosen: readonly Compared[] }): JSX.Element {
  const names = namesOf(chosen)
  const isSame = new Set(chosen.map(({ run }) => run.heldOut.sum)).size === 1
  return (
    <>
      {isSame ? null : <Notice kind="warning">{text.trainings.notSame}</Notice>}
      <p className="soft">{text.trainings.keptStep}</p>
      {chosen.map(({ run: { id, mixed } }, place) =>
        mixed === null ? null : (
          <p key={id} className="soft">
            {text.trainings.kept(names[place] ?? '', percent(mixed))}
          </p>
        ),
      )}
    </>
  )
}

function Others(): JSX.Element | null {
  const { runs } = useSubject('compare', 'runs')
  const { list } = useSubject('trainings', 'list')
  const own = new Set(list?.map(({ id }) => id))
  const others = (runs ?? []).filter(({ id }) => !own.has(id))
  if (others.length === 0) return null
  return (
    <Fold title={text.trainings.others}>
      <ul className="other-trainings">
        {others.map((run) => (
          <li key={run.id}>
            <CompareTick run={run} />
            <span>{run.name}</span>
            <span className="small soft">{date(run.createdAt)}</span>
            <span className="number">{run.bestAccuracy === null ? '–' : percent(run.bestAccuracy)}</span>
          </li>
        ))}
      </ul>
    </Fold>
  )
}
