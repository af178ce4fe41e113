/** @file What can be done with the chosen photos, in a bar that floats over the wall, so that nothing moves for it. */
import { CircleOff, ClipboardCheck, Undo2, X } from 'lucide-react'
import { useEffect, useState, type JSX, type ReactNode, type RefObject } from 'react'

import { marks, type Photos } from '../../store/photos.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { LabelBox } from './label-box.tsx'
import type { WallActions } from './wall-actions.ts'

interface Props {
  readonly photos: Photos
  readonly actions: WallActions
  readonly field: RefObject<HTMLInputElement | null>
  readonly onLeaveField: () => void
}

/** Kinds that have a key, and a button of their own. */
const keyed = 9

/** Nothing while nothing is chosen; how many there are is read out. */
export function SelectionBar({ photos, actions, field, onLeaveField }: Props): JSX.Element {
  const { chosen } = useSubject('selection', 'chosen')
  return (
    <>
      <p className="visually-hidden" role="status">
        {chosen.size === 0 ? '' : text.wall.chosen(chosen.size)}
      </p>
      {chosen.size === 0 ? null : (
        <Bar>
          <strong className="number">{text.wall.chosen(chosen.size)}</strong>
          <LabelBox
            label={text.wall.label}
            kinds={photos.kinds}
            inputRef={field}
            onChoose={actions.label}
            onLeave={onLeaveField}
          />
          <KindButtons kinds={photos.kinds} onLabel={actions.label} />
          <OtherButtons photos={photos} chosen={chosen} actions={actions} />
        </Bar>
      )}
    </>
  )
}

const doubleClickMs = 400

/** Lets the second click of a double click through to the photo beneath. */
function Bar({ children }: { readonly children: ReactNode }): JSX.Element {
  const [isNew, setNew] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => setNew(false), doubleClickMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={isNew ? 'selection-bar new' : 'selection-bar'} role="toolbar" aria-label={text.wall.bar}>
      {children}
    </div>
  )
}

interface KindButtonsProps {
  readonly kinds: readonly string[]
  readonly onLabel: (kind: string) => void
}

function KindButtons({ kinds, onLabel }: KindButtonsProps): JSX.Element {
  return (
    <div className="bar-kinds" role="group" aria-label={text.wall.kinds}>
      {kinds.slice(0, keyed).map((name, kind) => (
        <button
          key={name}
          type="button"
          className="bar-kind"
          title={text.wall.labelAs(name, String(kind + 1))}
          onClick={() => onLabel(name)}
        >
          <kbd>{kind + 1}</kbd>
          <KindName kind={kind} name={name} />
        </button>
      ))}
    </div>
  )
}

interface OtherProps {
  readonly photos: Photos
  readonly chosen: ReadonlySet<number>
  readonly actions: WallActions
}

function OtherButtons({ photos, chosen, actions }: OtherProps): JSX.Element {
  const haveAll = (bit: number): boolean => {
    for (const photo of chosen) if (((photos.marks[photo] ?? 0) & bit) === 0) return false
    return true
  }
  const isLeftOut = haveAll(marks.leftOut)
  const isFixed = haveAll(marks.fixed)
  return (
    <div className="bar-others">
      <Button look="quiet" title={`${text.wall.leaveOutHint} (X)`} onClick={actions.leaveOut}>
        {isLeftOut ? <Undo2 size={16} aria-hidden="true" /> : <CircleOff size={16} aria-hidden="true" />}
        {isLeftOut ? text.wall.takeBack : text.wall.leaveOut}
      </Button>
      <Button look="quiet" title={`${text.wall.holdBackHint} (H)`} onClick={actions.holdBack}>
        <ClipboardCheck size={16} aria-hidden="true" />
        {isFixed ? text.wall.automatic : text.wall.holdBack}
      </Button>
      <Button
        look="quiet"
        aria-label={text.wall.clear}
        title={`${text.wall.clear} (Esc)`}
        onClick={actions.clear}
      >
        <X size={16} aria-hidden="true" />
      </Button>
    </div>
  )
}
