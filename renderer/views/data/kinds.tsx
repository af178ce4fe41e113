/** @file The kinds with how many photos each has, as bars that filter the wall; made, renamed, merged and deleted here. */
import { EllipsisVertical, Merge, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState, type JSX } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import { kindAttributes } from '../../kind-colours.ts'
import type { PhotoCounts } from '../../store/arrangement.ts'
import type { CheckedData } from '../../store/data.ts'
import type { Photos } from '../../store/photos.ts'
import { useSubject } from '../../studio.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceMenu } from '../../ui/choice-menu.tsx'
import { KindName } from '../../ui/kind-name.tsx'
import { KindDialog, type KindQuestion } from './kind-dialog.tsx'
import { DataSplit } from './split.tsx'

interface Props {
  readonly checked: CheckedData
  readonly photos: Photos
  readonly counts: PhotoCounts
}

/** More would make the list slow; the rest is found by its name. */
const mostShown = 200
const fewKinds = 12

/** A list that can be searched once it is long; beside the wall, or above it in a narrow window. */
export function KindsPanel({ checked, photos, counts }: Props): JSX.Element {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = [...photos.kinds.keys()].filter((kind) =>
    (photos.kinds[kind] ?? '').toLowerCase().includes(wanted),
  )
  const shown = found.slice(0, mostShown)
  return (
    <section className="kinds" aria-labelledby="kinds">
      <h2 id="kinds">{text.wall.kinds}</h2>
      {photos.kinds.length <= fewKinds ? null : (
        <input
          type="search"
          className="input"
          aria-label={text.data.findClass}
          placeholder={text.data.findClass}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      )}
      {photos.kinds.length === 0 ? <p className="soft small">{text.wall.noKinds}</p> : null}
      {shown.length === 0 && wanted !== '' ? <p className="soft small">{text.data.noClass}</p> : null}
      <KindList photos={photos} counts={counts} shown={shown} />
      <NewKind />
      {shown.length === found.length ? null : (
        <p className="small soft">{text.data.moreClasses(found.length - shown.length)}</p>
      )}
      <div className="kinds-foot stack tight">
        <p className="legend small soft" aria-hidden="true">
          <span>
            <i className="legend-mark" /> {text.wall.learned}
          </span>
          <span>
            <i className="legend-mark tail" /> {text.wall.traits.heldBack}
          </span>
        </p>
        <DataSplit checked={checked} counts={counts} />
      </div>
    </section>
  )
}

function NewKind(): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" className="inline new-kind-button" onClick={() => setOpen(true)}>
        <Plus size={16} aria-hidden="true" />
        {text.wall.newKind}
      </Button>
      {isOpen ? <KindDialog question={{ kind: 'make' }} kinds={[]} onEnd={() => setOpen(false)} /> : null}
    </>
  )
}

interface ListProps {
  readonly photos: Photos
  readonly counts: PhotoCounts
  readonly shown: readonly number[]
}

function KindList({ photos, counts: { training, held }, shown }: ListProps): JSX.Element {
  const { filter, showKind } = useSubject('wall', 'filter', 'showKind')
  const [question, setQuestion] = useState<KindQuestion | null>(null)
  const most = training.reduce((largest, own, kind) => Math.max(largest, own + (held[kind] ?? 0)), 1)
  return (
    <>
      <ul className="kind-list">
        {shown.map((kind) => {
          const name = photos.kinds[kind] ?? ''
          const [own, back] = [training[kind] ?? 0, held[kind] ?? 0]
          return (
            <li key={name} className="kind-line">
              <button
                type="button"
                className="kind-button"
                {...kindAttributes(kind)}
                title={text.wall.kindHint(own, back)}
                aria-pressed={filter.kinds.includes(name)}
                onClick={({ ctrlKey, metaKey, shiftKey }) => showKind(name, ctrlKey || metaKey || shiftKey)}
              >
                <KindName kind={kind} name={name} />
                <span className="number small">{count(own + back)}</span>
                <ShareBar share={(own + back) / most} tail={back / most} />
              </button>
              <KindMenu name={name} canMerge={photos.kinds.length > 1} onAsk={setQuestion} />
            </li>
          )
        })}
      </ul>
      {question === null ? null : (
        <KindDialog question={question} kinds={photos.kinds} onEnd={() => setQuestion(null)} />
      )}
    </>
  )
}

interface MenuProps {
  readonly name: string
  readonly canMerge: boolean
  readonly onAsk: (question: KindQuestion) => void
}

/** Deleting asks nothing: it can be undone. */
function KindMenu({ name, canMerge, onAsk }: MenuProps): JSX.Element {
  const { deleteKind } = useSubject('labels', 'deleteKind')
  return (
    <ChoiceMenu
      label={text.wall.kindMenu(name)}
      className="kind-more"
      icon={<EllipsisVertical size={16} aria-hidden="true" />}
      choices={[
        {
          id: 'rename',
          name: text.wall.rename,
          icon: <Pencil size={16} aria-hidden="true" />,
          choose: () => onAsk({ kind: 'rename', name }),
        },
        {
          id: 'merge',
          name: text.wall.merge,
          icon: <Merge size={16} aria-hidden="true" />,
          isPossible: canMerge,
          choose: () => onAsk({ kind: 'merge', name }),
        },
        {
          id: 'delete',
          name: text.wall.deleteKind,
          icon: <Trash2 size={16} aria-hidden="true" />,
          choose: () => void deleteKind(name),
        },
      ]}
    />
  )
}
