/** @file A project as a card: its cover opens it, its name can be changed in place, and it can be deleted after a question. */
import { Images, Pencil, Trash2 } from 'lucide-react'
import { useState, type JSX } from 'react'

import type { ProjectSummary } from '../../../core/api/contract/projects.ts'
import { useStudio } from '../../studio.ts'
import { date } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Thumbnail } from '../data/thumbnail.tsx'

interface Props {
  readonly project: ProjectSummary
}

/** One card of the list. */
export function ProjectCard({ project }: Props): JSX.Element {
  const studio = useStudio()
  const [mode, setMode] = useState<'shown' | 'renaming' | 'removing'>('shown')
  const back = (): void => setMode('shown')
  return (
    <article className="project">
      {mode === 'renaming' ? (
        <>
          <Cover project={project} />
          <Renaming project={project} onEnd={back} />
        </>
      ) : (
        <button
          type="button"
          className="project-open"
          onClick={() => void studio.project.getState().open(project.id)}
        >
          <Cover project={project} />
          <strong className="clip">{project.name}</strong>
          <Facts project={project} />
        </button>
      )}
      <div className="project-tools">
        <Status project={project} />
        <Button look="quiet" aria-label={text.home.rename(project.name)} onClick={() => setMode('renaming')}>
          <Pencil size={15} aria-hidden="true" />
        </Button>
        <Button look="quiet" aria-label={text.home.remove(project.name)} onClick={() => setMode('removing')}>
          <Trash2 size={15} aria-hidden="true" />
        </Button>
      </div>
      {mode === 'removing' ? <Removing project={project} onEnd={back} /> : null}
    </article>
  )
}

function Cover({ project: { cover } }: Props): JSX.Element {
  const pictures = cover?.pictures.slice(0, 4) ?? []
  return (
    <span className="project-cover" aria-hidden="true" data-count={pictures.length}>
      {pictures.length === 0 ? <Images size={32} /> : null}
      {pictures.map(({ folder, path }, place) => (
        <Thumbnail
          key={folder + path}
          folder={folder}
          path={path}
          size={place === 0 ? 512 : 256}
          alt=""
          className="cover-picture"
        />
      ))}
    </span>
  )
}

function Facts({ project: { cover, runs, best } }: Props): JSX.Element {
  return (
    <span className="project-facts small soft">
      <span>{cover === null ? text.home.noImages : text.home.images(cover.images, cover.classes)}</span>
      <span>
        {text.home.runs(runs)}
        {best === null ? null : (
          <>
            {' · '}
            <strong className="number">{saidOfBest(best, runs)}</strong>
          </>
        )}
      </span>
    </span>
  )
}

/** The only training needs no name, and one that nothing can be compared with is not the best of anything. */
function saidOfBest({ name, accuracy, of }: NonNullable<ProjectSummary['best']>, runs: number): string {
  if (runs === 1) return text.home.accuracy(accuracy)
  return of > 1 ? text.home.best(name, accuracy) : text.trainings.option(name, text.home.accuracy(accuracy))
}

/** What asks for attention, else when it was changed; that training succeeded is shown by its accuracy. */
function Status({ project: { status, updatedAt } }: Props): JSX.Element {
  if (status === null || status === 'finished' || status === 'stopped') {
    return (
      <time className="small soft" dateTime={updatedAt} title={text.home.changed}>
        {date(updatedAt)}
      </time>
    )
  }
  return (
    <span className={status === 'training' ? 'tag accent' : 'tag warning'}>{text.home.status[status]}</span>
  )
}

interface EndProps extends Props {
  readonly onEnd: () => void
}

function Renaming({ project: { id, name }, onEnd }: EndProps): JSX.Element {
  const { project } = useStudio()
  const [typed, setTyped] = useState(name)
  const isUsable = typed.trim() !== ''
  return (
    <form
      className="project-rename"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isUsable) return
        onEnd()
        if (typed.trim() !== name) void project.getState().rename(id, typed.trim())
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd()
      }}
    >
      <input
        className="input"
        aria-label={text.home.newName}
        value={typed}
        maxLength={120}
        ref={(field) => field?.focus()}
        onFocus={({ target }) => target.select()}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="row">
        <Button type="submit" look="primary" disabled={!isUsable}>
          {text.common.save}
        </Button>
        <Button onClick={onEnd}>{text.common.cancel}</Button>
      </div>
    </form>
  )
}

function Removing({ project: { id, name, runs }, onEnd }: EndProps): JSX.Element {
  const { project } = useStudio()
  const [withRuns, setWithRuns] = useState(false)
  return (
    <Dialog
      title={text.home.removeTitle(name)}
      onClose={onEnd}
      foot={
        <>
          <span />
          <div className="row">
            <Button onClick={onEnd}>{text.common.cancel}</Button>
            <Button
              look="primary"
              className="danger"
              onClick={() => {
                onEnd()
                void project.getState().remove(id, withRuns)
              }}
            >
              {text.home.removeNow}
            </Button>
          </div>
        </>
      }
    >
      <div className="dialog-body stack">
        <p>{text.home.removeLead}</p>
        {runs === 0 ? null : (
          <label className="row">
            <input
              type="checkbox"
              checked={withRuns}
              onChange={({ target }) => setWithRuns(target.checked)}
            />
            {text.home.removeRuns(runs)}
          </label>
        )}
      </div>
    </Dialog>
  )
}
