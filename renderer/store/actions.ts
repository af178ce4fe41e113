/** @file What a person can do, as one list: an action is described where it lives, and buttons and the command palette are made from it. */

import type { Shortcut } from '../shortcuts.ts'

/** Where the command palette lists an action. */
export const actionGroups = ['screens', 'now', 'projects', 'look'] as const
export type ActionGroup = (typeof actionGroups)[number]

/** Something that can be done. */
export interface Action {
  readonly id: string
  readonly name: string
  readonly group: ActionGroup
  /** Whether it can be done now. */
  readonly isPossible: boolean
  readonly shortcut?: Shortcut
  readonly run: () => void
}
