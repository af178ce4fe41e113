/** @file The chips above the wall: what photos have in common besides their kind, with how many there are. */
import type { JSX } from 'react'

import { groupings, traits, type PhotoCounts } from '../../store/arrangement.ts'
import { useSubject } from '../../studio.ts'
import { count } from '../../text/format.ts'
import { text } from '../../text/text.ts'

interface Props {
  readonly counts: PhotoCounts
  /** At the end of the line, instead of the order of the wall. */
  readonly end?: JSX.Element | null
}

/** One of them at a time; the pressed one once more shows everything. */
export function Chips({ counts, end }: Props): JSX.Element {
  const { filter, grouping, showAll, showTrait, group } = useSubject(
    'wall',
    'filter',
    'grouping',
    'showAll',
    'showTrait',
    'group',
  )
  const isAll = filter.trait === null && filter.kinds.length === 0
  return (
    <div className="chips">
      <div className="chip-list" role="group" aria-label={text.wall.filter}>
        <button type="button" className="chip" aria-pressed={isAll} onClick={showAll}>
          {text.wall.all} <span className="number">{count(counts.total)}</span>
        </button>
        {traits.map((trait) =>
          counts.traits[trait] === 0 && filter.trait !== trait ? null : (
            <button
              key={trait}
              type="button"
              className="chip"
              data-trait={trait}
              title={text.wall.traitHints[trait]}
              aria-pressed={filter.trait === trait}
              onClick={() => showTrait(trait)}
            >
              {text.wall.traits[trait]} <span className="number">{count(counts.traits[trait])}</span>
            </button>
          ),
        )}
      </div>
      {end ?? (
        <div className="chip-list" role="group" aria-label={text.wall.order}>
          {groupings.map((one) => (
            <button
              key={one}
              type="button"
              className="chip plain"
              aria-pressed={grouping === one}
              onClick={() => group(one)}
            >
              {text.wall.groupings[one]}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
