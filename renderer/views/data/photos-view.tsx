/** @file The checked photos: what is worth knowing in one strip, the kinds as a filter, and the wall. */
import { FolderOpen, RotateCw } from 'lucide-react'
import { useEffect, useMemo, useState, type JSX, type ReactNode } from 'react'

import { storePhotoSide } from '../../photo-side.ts'
import { arrange, countPhotos } from '../../store/arrangement.ts'
import type { ReadyData } from '../../store/data.ts'
import { sides } from '../../store/wall.ts'
import { useStudio, useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { useFolderChoice } from '../choose-folder.tsx'
import { ProjectProblem } from '../home/project-problem.tsx'
import { Screen } from '../screen.tsx'
import { Chips } from './chips.tsx'
import { KindsPanel } from './kinds.tsx'
import { PhotoDialog } from './image.tsx'
import { PhotoWall } from './photo-wall.tsx'
import { Problems } from './problems.tsx'
import { usePhotos } from './use-photos.ts'

interface Props {
  readonly ready: ReadyData
  /** Something to say first. */
  readonly notice: ReactNode
}

/** Fills the window; only the wall and a long list of kinds scroll. */
export function PhotosView({ ready, notice }: Props): JSX.Element {
  const { selection, wall } = useStudio()
  const { filter, grouping } = useSubject('wall', 'filter', 'grouping')
  const photos = usePhotos(ready.checked)
  const counts = useMemo(() => countPhotos(photos), [photos])
  const arrangement = useMemo(() => arrange(photos, filter, grouping), [photos, filter, grouping])
  const [open, setOpen] = useState<number | null>(null)
  // Other photos have other places.
  useEffect(() => {
    selection.getState().clear()
    wall.getState().showAll()
  }, [selection, wall, ready.checked.root])
  return (
    <Screen
      title={text.data.title}
      fills
      tools={<Tools counts={counts} />}
      foot={<Foot folder={ready.folder} />}
    >
      <ProjectProblem />
      {notice}
      <Problems ready={ready} />
      <div className="data-parts">
        <KindsPanel checked={ready.checked} photos={photos} counts={counts} />
        <div className="data-wall">
          <Chips counts={counts} />
          <PhotoWall photos={photos} arrangement={arrangement} returnTo={open} onOpen={setOpen} />
        </div>
      </div>
      {open === null ? null : (
        <PhotoDialog
          photos={photos}
          order={arrangement.order}
          photo={open}
          onGo={setOpen}
          onClose={() => setOpen(null)}
        />
      )}
    </Screen>
  )
}

/** What there is in numbers, how large it is shown, and where it comes from. */
function Tools({ counts }: { readonly counts: ReturnType<typeof countPhotos> }): JSX.Element {
  const { check, checkAgain } = useSubject('data', 'check', 'checkAgain')
  const { side, resize } = useSubject('wall', 'side', 'resize')
  const folder = useFolderChoice(text.picker.folder, (path) => void check(path))
  return (
    <div className="data-tools">
      <p className="soft number">{text.data.summary(counts.total, counts.training.length)}</p>
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
      <Button
        look="quiet"
        aria-label={text.data.again}
        title={text.data.againHint}
        onClick={() => void checkAgain()}
      >
        <RotateCw size={16} aria-hidden="true" />
        <span className="button-words">{text.data.again}</span>
      </Button>
      <Button look="quiet" aria-label={text.data.change} title={text.data.change} onClick={folder.choose}>
        <FolderOpen size={16} aria-hidden="true" />
        <span className="button-words">{text.data.change}</span>
      </Button>
      {folder.dialog}
    </div>
  )
}

/** Leads on to the models, or past them with the one already chosen. */
function Foot({ folder }: { readonly folder: string }): JSX.Element {
  const { navigation } = useStudio()
  const { state: chosen } = useSubject('model', 'state')
  return (
    <>
      <span className="path">{folder}</span>
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
