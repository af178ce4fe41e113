/** @file What can be done with the chosen photos, in a bar that floats over the wall, so that nothing moves for it. */
import { X } from 'lucide-react'
import type { JSX } from 'react'

import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'

/** Nothing while nothing is chosen; how many there are is read out. */
export function SelectionBar(): JSX.Element {
  const { chosen, clear } = useSubject('selection', 'chosen', 'clear')
  return (
    <>
      <p className="visually-hidden" role="status">
        {chosen.size === 0 ? '' : text.wall.chosen(chosen.size)}
      </p>
      {chosen.size === 0 ? null : (
        <div className="selection-bar" role="toolbar" aria-label={text.wall.bar}>
          <strong className="number">{text.wall.chosen(chosen.size)}</strong>
          <Button look="quiet" title="Esc" onClick={clear}>
            <X size={16} aria-hidden="true" />
            {text.wall.clear}
          </Button>
        </div>
      )}
    </>
  )
}
