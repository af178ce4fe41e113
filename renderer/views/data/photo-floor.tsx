/** @file What lies over the photos, on the wall as on the map: what was just done, and the bar of what is chosen. */
import { useCallback, useRef, type JSX } from 'react'

import type { Photos } from '../../store/photos.ts'
import { LabelNewsLine } from '../label-news.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useScreenKeys, type WallActions } from './wall-actions.ts'

interface Props {
  readonly photos: Photos
  readonly actions: WallActions
  readonly onLeaveField: () => void
}

/** Also listens to the keys of the screen. */
export function PhotoFloor({ photos, actions, onLeaveField }: Props): JSX.Element {
  const field = useRef<HTMLInputElement>(null)
  useScreenKeys(
    actions,
    useCallback(() => field.current?.focus(), []),
  )
  return (
    <div className="wall-floor">
      <LabelNewsLine />
      <SelectionBar photos={photos} actions={actions} field={field} onLeaveField={onLeaveField} />
    </div>
  )
}
