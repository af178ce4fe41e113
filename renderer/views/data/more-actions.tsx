/** @file What is needed now and then, in a menu: other photos, labels from a table, and what becomes of the files. */
import { Ellipsis, FolderInput, FolderOpen, FolderOutput, Redo2, RotateCw, Table2, Undo2 } from 'lucide-react'
import { useRef, useState, type JSX, type RefObject } from 'react'

import { shownKeys } from '../../shortcuts.ts'
import type { Action } from '../../store/actions.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { ChoiceMenu, type MenuChoice } from '../../ui/choice-menu.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { useLabelActions } from '../label-actions.ts'
import { CopyDialog } from './copy-dialog.tsx'
import { MoveQuestion } from './move-question.tsx'
import { TableDialog } from './table-dialog.tsx'

type Open = 'move' | 'copy' | { readonly table: File } | null

/** The menu, and whichever dialog it opened. */
export function MoreActions(): JSX.Element {
  const { check, checkAgain } = useSubject('data', 'check', 'checkAgain')
  const { corrections } = useSubject('corrections', 'corrections')
  const { project } = useSubject('labels', 'project')
  const [open, setOpen] = useState<Open>(null)
  const field = useRef<HTMLInputElement>(null)
  const folder = useFolderChoice(text.picker.folder, (path) => void check(path))
  const isKept = project !== null
  const { undo, redo } = useLabelActions()
  const choices: readonly MenuChoice[] = [
    { ...choiceOf(undo, text.wall.undo), icon: <Undo2 {...icon} /> },
    { ...choiceOf(redo, text.wall.redo), icon: <Redo2 {...icon} /> },
    { id: 'folder', name: text.data.change, icon: <FolderOpen {...icon} />, choose: folder.choose },
    { id: 'again', name: text.data.again, icon: <RotateCw {...icon} />, choose: () => void checkAgain() },
    {
      id: 'table',
      name: text.table.menu,
      icon: <Table2 {...icon} />,
      isPossible: isKept,
      choose: () => field.current?.click(),
    },
    {
      id: 'copy',
      name: text.copy.menu,
      icon: <FolderOutput {...icon} />,
      isPossible: isKept,
      choose: () => setOpen('copy'),
    },
    {
      id: 'move',
      name: text.data.moveFiles,
      icon: <FolderInput {...icon} />,
      isPossible: corrections.length > 0,
      choose: () => setOpen('move'),
    },
  ]
  const end = (): void => setOpen(null)
  return (
    <>
      <ChoiceMenu label={text.wall.more} icon={<Ellipsis size={18} aria-hidden="true" />} choices={choices} />
      <TableField field={field} onFile={(table) => setOpen({ table })} />
      {folder.dialog}
      {open === 'move' ? <MoveQuestion corrections={corrections} onEnd={end} /> : null}
      {open === 'copy' && project !== null ? <CopyDialog project={project} onEnd={end} /> : null}
      {open !== null && typeof open === 'object' && project !== null ? (
        <TableDialog project={project} file={open.table} onEnd={end} />
      ) : null}
    </>
  )
}

interface FieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly onFile: (file: File) => void
}

function TableField({ field, onFile }: FieldProps): JSX.Element {
  return (
    <input
      ref={field}
      type="file"
      hidden
      accept=".csv,.tsv,.txt"
      aria-label={text.table.menu}
      onChange={({ target }) => {
        const file = target.files?.[0]
        if (file !== undefined) onFile(file)
        target.value = ''
      }}
    />
  )
}

function choiceOf({ id, isPossible, shortcut, run }: Action, name: string): MenuChoice {
  return {
    id,
    name,
    isPossible,
    choose: run,
    ...(shortcut === undefined ? {} : { keys: shownKeys(shortcut) }),
  }
}

const icon = { size: 16, 'aria-hidden': true } as const
