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

/** Disabled while the action is not possible; its keys are shown when it is pointed at. */
export function ActionButton({ action, look = 'plain', children }: Props): JSX.Element {
  const { name, keys, isPossible, run } = action
  return (
    <Button
      look={look}
      disabled={!isPossible}
      title={keys === undefined ? undefined : `${name} (${keys})`}
      onClick={run}
    >
      {children ?? name}
    </Button>
  )
}
