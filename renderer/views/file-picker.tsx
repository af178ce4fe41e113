/** @file Chooses a folder or a model on the machine that the engine runs on; a browser itself knows no paths. */
import { ArrowUp, Box, Folder } from 'lucide-react'
import { useEffect, useState, type JSX } from 'react'

import type { FolderListing } from '../../core/api/contract/folders.ts'
import { useStudio } from '../studio.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { wordsOfError } from '../text/sentences.ts'

interface Props {
  readonly title: string
  /** What may be chosen; a model can be a file or a folder. */
  readonly kind: 'folder' | 'model'
  readonly onChoose: (path: string) => void
  readonly onClose: () => void
}

/** Opens at the home folder; a path can be typed as well. */
export function FilePicker({ title, kind, onChoose, onClose }: Props): JSX.Element {
  const { listing, problem, open } = useListing()
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <span className="soft small" role="status">
            {listing === null ? '' : text.picker.images(listing.images)}
          </span>
          <div className="row">
            <Button onClick={onClose}>{text.common.cancel}</Button>
            <Button
              look="primary"
              disabled={listing === null}
              onClick={() => listing !== null && onChoose(listing.path)}
            >
              {text.picker.useFolder(listing?.name ?? '…')}
            </Button>
          </div>
        </>
      }
    >
      <PathBar key={listing?.path} listing={listing} onOpen={open} />
      <div className="dialog-body stack tight">
        {problem === null ? null : <Notice kind="error">{problem}</Notice>}
        {listing === null ? (
          <p className="soft">{text.picker.loading}</p>
        ) : (
          <Contents listing={listing} kind={kind} onOpen={open} onChoose={onChoose} />
        )}
      </div>
    </Dialog>
  )
}

interface Listing {
  readonly listing: FolderListing | null
  readonly problem: string | null
  readonly open: (path?: string) => void
}

/** The open folder; if another cannot be opened, it stays and the problem says why. */
function useListing(): Listing {
  const { api } = useStudio()
  const [path, setPath] = useState<{ readonly path?: string }>({})
  const [listing, setListing] = useState<FolderListing | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    const interest = new AbortController()
    const show = (found: FolderListing): void => {
      setListing(found)
      setProblem(null)
    }
    const explain = (error: unknown): void => {
      if (!interest.signal.aborted) setProblem(wordsOfError(error))
    }
    void api.folders.list(path, { signal: interest.signal }).then(show, explain)
    return () => interest.abort()
  }, [api, path])
  return { listing, problem, open: (next) => setPath(next === undefined ? {} : { path: next }) }
}

interface BarProps {
  readonly listing: FolderListing | null
  readonly onOpen: (path?: string) => void
}

function PathBar({ listing, onOpen }: BarProps): JSX.Element {
  const [typed, setTyped] = useState(listing?.path ?? '')
  const parent = listing?.parent ?? null
  return (
    <form
      className="picker-bar"
      onSubmit={(event) => {
        event.preventDefault()
        if (typed.trim() !== '') onOpen(typed.trim())
      }}
    >
      <Button
        aria-label={text.picker.up}
        disabled={parent === null}
        onClick={() => parent !== null && onOpen(parent)}
      >
        <ArrowUp size={16} aria-hidden="true" />
      </Button>
      <input
        className="input mono"
        aria-label={text.picker.path}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        // The first folder shown replaces what is typed here: nothing typed before may be lost.
        disabled={listing === null}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit">{text.picker.go}</Button>
    </form>
  )
}

interface ContentsProps {
  readonly listing: FolderListing
  readonly kind: Props['kind']
  readonly onOpen: (path?: string) => void
  readonly onChoose: (path: string) => void
}

function Contents({ listing, kind, onOpen, onChoose }: ContentsProps): JSX.Element {
  const models = kind === 'model' ? listing.models : []
  const isEmpty = listing.folders.length === 0 && models.length === 0
  return (
    <div className="picker">
      <ul className="picker-places" aria-label={text.picker.places}>
        {listing.places.map(({ name, path }) => (
          <li key={path}>
            <Entry icon={<Folder size={16} aria-hidden="true" />} name={name} onOpen={() => onOpen(path)} />
          </li>
        ))}
      </ul>
      <ul className="picker-list" aria-label={text.picker.list}>
        {isEmpty ? <li className="soft">{text.picker.empty}</li> : null}
        {listing.folders.map(({ name, path }) => (
          <li key={path}>
            <Entry icon={<Folder size={16} aria-hidden="true" />} name={name} onOpen={() => onOpen(path)} />
          </li>
        ))}
        {models.map(({ name, path }) => (
          <li key={path}>
            <Entry icon={<Box size={16} aria-hidden="true" />} name={name} onOpen={() => onChoose(path)} />
          </li>
        ))}
      </ul>
    </div>
  )
}

interface EntryProps {
  readonly icon: JSX.Element
  readonly name: string
  readonly onOpen: () => void
}

function Entry({ icon, name, onOpen }: EntryProps): JSX.Element {
  return (
    <button type="button" className="picker-entry" onClick={onOpen}>
      {icon}
      <span>{name}</span>
    </button>
  )
}
