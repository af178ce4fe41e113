/** @file Which training a screen is about, and the way to another one. */
import { ListChecks } from 'lucide-react'
import { useId, type JSX } from 'react'

import { betterThanOthers } from '../../../core/api/contract/best-run.ts'
import { isUsable } from '../../store/trainings.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { percent } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'

/** Stands above what is about the open training; nothing before there is one. */
export function OpenTraining(): JSX.Element | null {
  const { navigation } = useStudio()
  const { list, open, problem, show } = useSubject('trainings', 'list', 'open', 'problem', 'show')
  const id = useId()
  if (open === null) return null
  const usable = (list ?? []).filter(isUsable)
  // It may be newer than the list.
  const offered = usable.some((run) => run.id === open.id) ? usable : [open, ...usable]
  const best = betterThanOthers(offered)
  return (
    <>
      <div className="row open-training">
        <label htmlFor={id}>{text.trainings.openOne}</label>
        <select
          id={id}
          className="input select"
          value={open.id}
          disabled={offered.length < 2}
          onChange={({ target }) => void show(target.value)}
        >
          {offered.map(({ id: run, name, bestAccuracy }) => (
            <option key={run} value={run}>
              {bestAccuracy === null ? name : text.trainings.option(name, percent(bestAccuracy))}
            </option>
          ))}
        </select>
        {best?.id === open.id ? <span className="tag accent">{text.trainings.best}</span> : null}
        <Button look="quiet" onClick={() => navigation.getState().go('trainings')}>
          <ListChecks size={16} aria-hidden="true" />
          {text.trainings.all}
        </Button>
      </div>
      {problem === null ? null : <Notice kind="error">{problem}</Notice>}
    </>
  )
}
