/** @file The checked photos: what is worth knowing in one strip, the kinds as a filter, and the wall. */
import { Redo2, Undo2 } from 'lucide-react'
import { useEffect, useMemo, useRef, useState, type JSX, type ReactNode, type RefObject } from 'react'

import { shownKeys } from '../../shortcuts.ts'
import { storePhotoSide } from '../../photo-side.ts'
import type { Action } from '../../store/actions.ts'
import { arrange, countPhotos, type Arrangement, type PhotoCounts } from '../../store/arrangement.ts'
import type { Photos } from '../../store/photos.ts'
import type { CheckedData, ReadyData } from '../../store/data.ts'
import { sides } from '../../store/wall.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ProjectProblem } from '../home/project-problem.tsx'
import { useLabelActions } from '../label-actions.ts'
import { Screen } from '../screen.tsx'
import { Chips } from './chips.tsx'
import { Guide } from './guide.tsx'
import { KindsPanel } from './kinds.tsx'
import { PhotoDialog } from './image.tsx'
import { MoreActions } from './more-actions.tsx'
import { PhotoWall } from './photo-wall.tsx'
import { Problems, ProblemsButton } from './problems.tsx'
import type { WallHandle } from './thumbnail-wall.tsx'
import { Eyes } from '../map/eyes.tsx'
import { PhotoMap } from '../map/photo-map.tsx'
import { ViewSwitch } from '../map/view-switch.tsx'
import { WorthALook } from '../worth/worth-a-look.tsx'
import { useGuesses } from './use-guesses.ts'
import { usePhotos } from './use-photos.ts'
import { useWallActions, type WallActions } from './wall-actions.ts'

interface Props {
  readonly ready: ReadyData
  /** Something to say first. */
  readonly notice: ReactNode
}

/** Fills the window; only the wall and a long list of kinds scroll. */
export function PhotosView({ ready, notice }: Props): JSX.Element {
  const { selection, suggestions, wall } = useStudio()
  const { filter, grouping } = useSubject('wall', 'filter', 'grouping')
  const { view } = useSubject('map', 'view')
  const photos = usePhotos(ready.checked)
  const counts = useMemo(() => countPhotos(photos), [photos])
  const guessOf = useGuesses(photos)
  const arrangement = useMemo(
    () => arrange(photos, filter, grouping, guessOf),
    [photos, filter, grouping, guessOf],
  )
  const [open, setOpen] = useState<number | null>(null)
  const handle = useRef<WallHandle>(null)
  const actions = useWallActions(photos, arrangement.order, handle)
  // Other photos have other places.
  useEffect(() => {
    selection.getState().clear()
    suggestions.getState().clear()
    wall.getState().showAll()
  }, [selection, suggestions, wall, ready.checked.list])
  // The wall gets the focus where the person stopped looking.
  const close = (): void => {
    const place = open === null ? -1 : arrangement.order.indexOf(open)
    setOpen(null)
    if (place >= 0) handle.current?.focus(place)
  }
  return (
    <Screen
      title={text.data.title}
      fills
      tools={<Tools checked={ready.checked} counts={counts} />}
      foot={<Foot folder={ready.folder} />}
    >
      <ProjectProblem />
      {notice}
      <Problems ready={ready} />
      <div className="data-parts">
        <KindsPanel checked={ready.checked} photos={photos} counts={counts} />
        <div className="data-wall">
          <Chips counts={counts} end={view === 'wall' ? null : <Eyes />} />
          <Guide photos={photos} counts={counts} arrangement={arrangement} />
          <Shown {...{ ready, photos, arrangement, actions, handle }} onOpen={setOpen} />
        </div>
      </div>
      {open === null ? null : (
        <PhotoDialog photos={photos} order={arrangement.order} photo={open} onGo={setOpen} onClose={close} />
      )}
    </Screen>
  )
}

interface ShownProps {
  readonly ready: ReadyData
  readonly photos: Photos
  readonly arrangement: Arrangement
  readonly actions: WallActions
  readonly handle: RefObject<WallHandle | null>
  readonly onOpen: (photo: number) => void
}

/** The photos as a wall or as a map, or those that are worth a look. */
function Shown({ ready, handle, ...common }: ShownProps): JSX.Element {
  const { view } = useSubject('map', 'view')
  if (view === 'worth') return <WorthALook checked={ready.checked} {...common} />
  return view === 'map' ? (
    <PhotoMap list={ready.checked.list} {...common} />
  ) : (
    <PhotoWall handle={handle} {...common} />
  )
}

interface ToolsProps {
  readonly checked: CheckedData
  readonly counts: PhotoCounts
}

/** What there is in numbers, how large it is shown, the way back, and the rest in a menu. */
function Tools({ checked, counts }: ToolsProps): JSX.Element {
  const { undo, redo } = useLabelActions()
  const { view } = useSubject('map', 'view')
  return (
    <div className="data-tools">
      <p className="soft number">{text.data.summary(counts.total, counts.training.length)}</p>
      <ProblemsButton checked={checked} />
      <ViewSwitch />
      {view === 'wall' ? <SizeSlider /> : null}
      <StepButton action={undo} name={text.wall.undo}>
        <Undo2 size={17} aria-hidden="true" />
      </StepButton>
      <StepButton action={redo} name={text.wall.redo}>
        <Redo2 size={17} aria-hidden="true" />
      </StepButton>
      <MoreActions />
    </div>
  )
}

interface StepProps {
  readonly action: Action
  readonly name: string
  readonly children: ReactNode
}

/** Says what it would take back, and by which keys. */
function StepButton({ action, name, children }: StepProps): JSX.Element {
  const keys = action.shortcut === undefined ? '' : ` (${shownKeys(action.shortcut)})`
  return (
    <Button
      look="quiet"
      className="icon"
      disabled={!action.isPossible}
      aria-label={name}
      title={`${action.name}${keys}`}
      onClick={action.run}
    >
      {children}
    </Button>
  )
}

function SizeSlider(): JSX.Element {
  const { side, resize } = useSubject('wall', 'side', 'resize')
  return (
    <label className="photo-size">
      <span className="visually-hidden">{text.wall.size}</span>
      <span className="photo-size-mark small-photo" aria-hidden="true" />
      <input
        type="range"
        className="short-range"
        title={text.wall.size}
        min={sides.least}
        max={sides.most}
        step={8}
        value={side}
        aria-valuetext={text.wall.pixels(side)}
        onChange={({ target }) => {
          resize(Number(target.value))
          storePhotoSide(Number(target.value))
        }}
      />
      <span className="photo-size-mark" aria-hidden="true" />
    </label>
  )
}

/** Leads on to the models, or past them with the one already chosen. */
function Foot({ folder }: { readonly folder: string }): JSX.Element {
  const { navigation } = useStudio()
  const { state: chosen } = useSubject('model', 'state')
  return (
    <>
      <span className="path" title={folder}>
        {folder}
      </span>
      <div className="row">
        {chosen.phase === 'ready' ? (
          <Button onClick={() => navigation.getState().go('train')}>
            {text.data.trainWith(chosen.model.name)}
          </Button>
        ) : null}
        <Button look="primary" onClick={() => navigation.getState().go('model')}>
          {text.data.next}
        </Button>
      </div>
    </>
  )
}
