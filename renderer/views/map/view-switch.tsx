/** @file Wall, map, or the photos that are worth a look. */
import type { JSX } from 'react'

import { photoViews } from '../../store/map.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'

/** One of them at a time. */
export function ViewSwitch(): JSX.Element {
  const { view, show } = useSubject('map', 'view', 'show')
  return (
    <div className="view-switch" role="group" aria-label={text.map.view}>
      {photoViews.map((one) => (
        <button key={one} type="button" aria-pressed={view === one} onClick={() => show(one)}>
          {text.map.views[one]}
        </button>
      ))}
    </div>
  )
}
