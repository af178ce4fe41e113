/**
 * @file From one image of a list to the next, in a dialog: by buttons with the position between them, and by the arrow
 * keys.
 */
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { JSX, KeyboardEvent } from 'react'

import { Button } from '../ui/button.tsx'

/** Where in which list, and how to move on. */
export interface ImagePlace {
  /** Counted from 0. */
  readonly place: number
  readonly total: number
  readonly onGo: (place: number) => void
}

/** Moves with the arrow keys, except where they edit a field. */
export function stepsByKey({ place, total, onGo }: ImagePlace): (event: KeyboardEvent<HTMLElement>) => void {
  return ({ key, target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return
    if (key === 'ArrowLeft' && place > 0) onGo(place - 1)
    if (key === 'ArrowRight' && place + 1 < total) onGo(place + 1)
  }
}

interface Props extends ImagePlace {
  readonly words: {
    readonly position: (place: number, total: number) => string
    readonly previous: string
    readonly next: string
  }
}

/** The foot of such a dialog. */
export function ImageSteps({ words, ...at }: Props): JSX.Element {
  const { place, total, onGo } = at
  return (
    <>
      <span className="soft small number" role="status">
        {words.position(place + 1, total)}
      </span>
      <div className="row" onKeyDown={stepsByKey(at)}>
        <Button disabled={place === 0} onClick={() => onGo(place - 1)}>
          <ChevronLeft size={16} aria-hidden="true" />
          {words.previous}
        </Button>
        <Button disabled={place + 1 >= total} onClick={() => onGo(place + 1)}>
          {words.next}
          <ChevronRight size={16} aria-hidden="true" />
        </Button>
      </div>
    </>
  )
}
