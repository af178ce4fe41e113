/** @file A button that does an action. */
import type { JSX, ReactNode } from 'react'

import type { Action } from '../store/actions.ts'
import { Button } from './button.tsx'

interface Props {
  readonly action: Action
  readonly look?: 'primary' | 'plain' | 'quiet'
  /** Instead of its name. */
  readonly children?: ReactNode
}

/** Disabled while the action is not possible. */
export function ActionButton({ action, look = 'plain', children }: Props): JSX.Element {
  const { name, isPossible, run } = action
  return (
    <Button look={look} disabled={!isPossible} onClick={run}>
      {children ?? name}
    </Button>
  )
}
