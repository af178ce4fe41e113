/** @file The classes with how many images each has, as a picture; each leads to its images in the wall. */
import { useState, type JSX } from 'react'

import { ShareBar } from '../../charts/bars.tsx'
import type { CheckedData } from '../../store/data.ts'
import { kindAttributes } from '../../kind-colours.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { KindName } from '../../ui/kind-name.tsx'
import { usePlannedSplit } from '../planned-split.ts'

interface Props {
  readonly checked: CheckedData
  /** Brings the images of a class into view. */
  readonly onShow: (label: number) => void
}

/** More would make the list slow; the rest is found by its name. */
const mostShown = 200
const fewClasses = 8

/** A list that can be searched once it is long. */
export function DataClasses({ checked, onShow }: Props): JSX.Element {
  const [search, setSearch] = useState('')
  const split = usePlannedSplit(checked)
  const most = split.reduce((largest, { training, held }) => Math.max(largest, training + held), 0)
  const total = split.reduce((sum, { training, held }) => sum + training + held, 0)
  const wanted = search.trim().toLowerCase()
  const found = split
    .map((one, label) => ({ ...one, label }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
  const shown = found.slice(0, mostShown)
  return (
    <section className="card stack" aria-labelledby="classes">
      <h2 id="classes">{text.data.summary(total, split.length)}</h2>
      {split.length <= fewClasses ? null : (
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
      <ul className="classes">
        {shown.map(({ name, training, held, label }) => (
          <li key={name}>
            <button
              type="button"
              className="class-button"
              title={text.data.jump}
              onClick={() => onShow(label)}
              {...kindAttributes(label)}
            >
              <KindName kind={label} name={name} />
              <ShareBar share={(training + held) / most} tail={held / most} />
              <span className="number small">{count(training + held)}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === found.length ? null : (
        <p className="small soft">{text.data.moreClasses(found.length - shown.length)}</p>
      )}
    </section>
  )
}
