/** @file The keys of the actions that have some, on every screen and in every dialog. */
import { useEffect } from 'react'

import { isPressOf, isTextField } from '../../shortcuts.ts'
import { usePossibleActions } from './all-actions.ts'

/** Does what a key means, unless something is being typed; shows nothing. Used once. */
export function ActionKeys(): null {
  const actions = usePossibleActions()
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (isTextField(event.target)) return
      const meant = actions.find(({ shortcut }) => shortcut !== undefined && isPressOf(shortcut, event))
      if (meant === undefined) return
      event.preventDefault()
      meant.run()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [actions])
  return null
}
