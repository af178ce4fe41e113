/** @file Through whose eyes a map is seen: the chosen model's before training, or those of what was trained. */
import { useEffect, type JSX } from 'react'

import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'

/** The chosen model as it is, or what a training made of it. */
export function Eyes(): JSX.Element {
  const { map } = useStudio()
  const { eye, eyes } = useSubject('map', 'eye', 'eyes')
  const { state: chosen } = useSubject('model', 'state')
  const { current } = useSubject('project', 'current')
  const project = current?.id ?? null
  useEffect(() => void map.getState().findEyes(project), [map, project])
  const name = chosen.phase === 'ready' ? chosen.model.name : ''
  return (
    <label className="map-eyes">
      <span>{text.map.eye}</span>
      <select
        className="input"
        value={eye ?? ''}
        onChange={({ target }) => map.getState().seeThrough(target.value === '' ? null : target.value)}
      >
        <option value="">{text.map.before(name)}</option>
        {eyes.map(({ id, name: run, bestAccuracy }) => (
          <option key={id} value={id}>
            {text.map.after(run, bestAccuracy ?? 0)}
          </option>
        ))}
      </select>
    </label>
  )
}
