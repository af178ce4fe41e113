/** @file Taking back and doing again what was said of photos: toolbar, menu, command palette and keys offer the same. */
import type { LabelStep } from '../../core/api/contract/labels.ts'
import type { Action } from '../store/actions.ts'
import { useSubject } from '../studio.ts'
import { text } from '../text/text.ts'

/** Their names say what would be undone. Possible on every screen of a project. */
export function useLabelActions(): Readonly<Record<'undo' | 'redo', Action>> {
  const { undoable, redoable, pending, undo, redo } = useSubject(
    'labels',
    'undoable',
    'redoable',
    'pending',
    'undo',
    'redo',
  )
  const { screen } = useSubject('navigation', 'screen')
  const action = (id: 'undo' | 'redo', step: LabelStep | null, run: () => Promise<void>): Action => ({
    id,
    name:
      step === null
        ? text.wall[id]
        : `${text.wall[id]}: ${text.wall.step(step.kind, step.images, step.names)}`,
    group: 'now',
    isPossible: (step !== null || pending > 0) && screen !== 'home',
    shortcut: id,
    run: () => void run(),
  })
  return { undo: action('undo', undoable, undo), redo: action('redo', redoable, redo) }
}
