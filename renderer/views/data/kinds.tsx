/** @file The kinds with how many photos each has, as bars that filter the wall, and what is held back of them. */
import { useState, type JSX } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import type { PhotoCounts } from '../../store/arrangement.ts'
import type { CheckedData } from '../../store/data.ts'
import type { Photos } from '../../store/photos.ts'
import { kindAttributes } from '../../kind-colours.ts'
import { useSubject } from '../../studio.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
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
      {shown.length === 0 ? <p className="soft small">{text.data.noClass}</p> : null}
      <KindList photos={photos} counts={counts} shown={shown} />
      {shown.length === found.length ? null : (
        <p className="small soft">{text.data.moreClasses(found.length - shown.length)}</p>
      )}
      <div className="kinds-foot stack tight">
        <p className="legend small soft" aria-hidden="true">
          <span className="legend-mark" /> {text.wall.learned}
          <span className="legend-mark tail" /> {text.wall.traits.heldBack}
        </p>
        <DataSplit checked={checked} counts={counts} />
      </div>
    </section>
  )
}

interface ListProps {
  readonly photos: Photos
  readonly counts: PhotoCounts
  readonly shown: readonly number[]
}

function KindList({ photos, counts: { training, held }, shown }: ListProps): JSX.Element {
  const { filter, showKind } = useSubject('wall', 'filter', 'showKind')
  const most = training.reduce((largest, own, kind) => Math.max(largest, own + (held[kind] ?? 0)), 1)
  return (
    <ul className="kind-list">
      {shown.map((kind) => {
        const name = photos.kinds[kind] ?? ''
        const [own, back] = [training[kind] ?? 0, held[kind] ?? 0]
        return (
          <li key={name}>
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
          </li>
        )
      })}
    </ul>
  )
}
