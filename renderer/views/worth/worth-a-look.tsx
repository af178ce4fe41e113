/**
 * @file What is worth a look before training: photos that look like another kind to the model, and almost equal photos
 * in two kinds or on both sides of the split. The keys and the way back are the wall's.
 */
import { CircleCheck } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState, type JSX, type RefObject } from 'react'

import type { Arrangement } from '../../store/arrangement.ts'
import type { CheckedData } from '../../store/data.ts'
import type { Photos } from '../../store/photos.ts'
import { neighbourAgreement, type PlacedPhotos } from '../../store/placed-photos.ts'
import {
  doubtfulPhotos,
  lookAlikesOf,
  questionOf,
  type Doubt,
  type LookAlikes,
} from '../../store/worth-a-look.ts'
import { useSubject } from '../../studio.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/button.tsx'
import { PhotoFloor } from '../data/photo-floor.tsx'
import type { WallHandle } from '../data/thumbnail-wall.tsx'
import { useWallActions } from '../data/wall-actions.ts'
import { Asked } from '../map/asked.tsx'
import { DoubtCard } from './doubt-card.tsx'
import { PairCard } from './pair-card.tsx'

interface Props {
  readonly checked: CheckedData
  readonly photos: Photos
  /** Only what the filter shows is listed. */
  readonly arrangement: Arrangement
  readonly onOpen: (photo: number) => void
}

/** Fills its parent, and scrolls. */
export function WorthALook({ checked, photos, arrangement, onOpen }: Props): JSX.Element {
  const { order } = arrangement
  const shown = useMemo(() => new Set(order), [order])
  const common = { photos, shown, onOpen }
  return (
    <Asked
      list={checked.list}
      words={text.worth}
      meanwhile={<Listed {...common} checked={checked} placed={null} />}
    >
      {(placed) => <Listed {...common} checked={checked} placed={placed} />}
    </Asked>
  )
}

interface ListedProps {
  readonly checked: CheckedData
  readonly photos: Photos
  readonly shown: ReadonlySet<number>
  /** Null as long as the photos are not compared. */
  readonly placed: PlacedPhotos | null
  readonly onOpen: (photo: number) => void
}

/** Cards that are shown before more are asked for. */
const atOnce = 24

function Listed({ checked, photos, shown, placed, onOpen }: ListedProps): JSX.Element {
  const doubts = useDoubts(photos, placed, shown)
  const pairs = usePairs(checked, photos, shown)
  const [most, setMost] = useState(atOnce)
  const cards = useMemo(() => doubts.open.slice(0, most), [doubts.open, most])
  const order = useMemo(
    () =>
      Uint32Array.from([
        ...cards.map(({ photo }) => photo),
        ...pairs.open.flatMap(({ first, second }) => [first, second]),
      ]),
    [cards, pairs.open],
  )
  const { list, handle } = useListFocus(order)
  const actions = useWallActions(photos, order, handle)
  const onSettle = (place: number): void => handle.current.focus(place)
  return (
    <>
      <div className="worth" ref={list} tabIndex={-1}>
        {placed === null ? null : (
          <Doubts
            {...{ photos, placed, cards, asked: doubts, onOpen, onSettle }}
            onMore={() => setMost(most + atOnce)}
          />
        )}
        <Pairs {...{ photos, asked: pairs, onOpen, onSettle }} begin={cards.length} />
      </div>
      <PhotoFloor photos={photos} actions={actions} onLeaveField={() => list.current?.focus()} />
    </>
  )
}

interface DoubtsProps extends Pick<ListedProps, 'photos' | 'onOpen'> {
  readonly placed: PlacedPhotos
  readonly asked: Questions<Doubt>
  /** Those of them that are shown. */
  readonly cards: readonly Doubt[]
  readonly onSettle: (place: number) => void
  readonly onMore: () => void
}

function Doubts({ photos, placed, asked, cards, onOpen, onSettle, onMore }: DoubtsProps): JSX.Element {
  const found = asked.open.length
  return (
    <section aria-label={text.worth.doubts}>
      <Heading name={text.worth.doubts} how={text.worth.doubtsHow} asked={asked} found={found} />
      <WeakModel photos={photos} placed={placed} />
      {found === 0 ? <Nothing compared={placed.placed} /> : null}
      <ul className="worth-list">
        {cards.map((doubt, place) => (
          <DoubtCard
            key={doubt.photo}
            {...{ photos, placed, doubt, place, onOpen }}
            onSettle={() => onSettle(place)}
          />
        ))}
      </ul>
      {found === cards.length ? null : (
        <Button onClick={onMore}>{text.worth.more(Math.min(atOnce, found - cards.length))}</Button>
      )}
    </section>
  )
}

/** Below this, neighbours say little about kinds. */
const weakAgreement = 0.6

/** That little is found need not mean that little is wrong. */
function WeakModel({ photos, placed }: Pick<DoubtsProps, 'photos' | 'placed'>): JSX.Element | null {
  const agreement = useMemo(() => neighbourAgreement(photos, placed), [photos, placed])
  if (agreement === null || agreement >= weakAgreement) return null
  return <p className="worth-weak">{text.worth.weak(agreement)}</p>
}

interface PairsProps extends Pick<ListedProps, 'photos' | 'onOpen'> {
  readonly asked: Questions<LookAlikes>
  /** Place of the first of them in the list. */
  readonly begin: number
  readonly onSettle: (place: number) => void
}

function Pairs({ photos, asked, begin, onOpen, onSettle }: PairsProps): JSX.Element | null {
  if (asked.open.length + asked.kept.length === 0) return null
  return (
    <section aria-label={text.worth.pairs}>
      <Heading name={text.worth.pairs} how={text.worth.pairsHow} asked={asked} found={0} />
      <ul className="worth-list">
        {asked.open.map((pair, index) => (
          <PairCard
            key={`${pair.first} ${pair.second}`}
            {...{ photos, pair, onOpen }}
            place={begin + 2 * index}
            onSettle={() => onSettle(begin + 2 * index)}
          />
        ))}
      </ul>
    </section>
  )
}

interface Questions<Item> {
  readonly open: readonly Item[]
  /** Of those that a person said are right. */
  readonly kept: readonly string[]
}

function useDoubts(
  photos: Photos,
  placed: PlacedPhotos | null,
  shown: ReadonlySet<number>,
): Questions<Doubt> {
  const doubts = useMemo(() => (placed === null ? [] : doubtfulPhotos(photos, placed)), [photos, placed])
  return useOpen(
    useMemo(() => doubts.filter(({ photo }) => shown.has(photo)), [doubts, shown]),
    useCallback(({ photo }) => questionOf(photos, photo), [photos]),
  )
}

function usePairs(checked: CheckedData, photos: Photos, shown: ReadonlySet<number>): Questions<LookAlikes> {
  const pairs = useMemo(() => lookAlikesOf(checked, photos), [checked, photos])
  return useOpen(
    useMemo(() => pairs.filter(({ first, second }) => shown.has(first) || shown.has(second)), [pairs, shown]),
    useCallback(({ first, second }) => questionOf(photos, first, second), [photos]),
  )
}

/** Those that nobody has said are right. */
function useOpen<Item>(items: readonly Item[], question: (item: Item) => string): Questions<Item> {
  const { right } = useSubject('answered', 'right')
  return useMemo(() => {
    const open = items.filter((item) => !right.has(question(item)))
    return { open, kept: items.map(question).filter((one) => right.has(one)) }
  }, [items, question, right])
}

interface HeadingProps {
  readonly name: string
  readonly how: string
  readonly asked: Questions<unknown>
  /** How many photos; 0 says nothing. */
  readonly found: number
}

function Heading({ name, how, asked: { kept }, found }: HeadingProps): JSX.Element {
  const { askAgain } = useSubject('answered', 'askAgain')
  return (
    <header className="worth-heading">
      <h2>{name}</h2>
      <p className="soft">
        {found === 0 ? null : <strong>{text.worth.found(found)}.</strong>} {how}
      </p>
      {kept.length === 0 ? null : (
        <p className="soft">
          {text.worth.kept(kept.length)}{' '}
          <Button look="quiet" className="inline" onClick={() => askAgain(kept)}>
            {text.worth.again}
          </Button>
        </p>
      )}
    </header>
  )
}

function Nothing({ compared }: { readonly compared: number }): JSX.Element {
  return (
    <div className="worth-nothing" role="status">
      <CircleCheck size={22} aria-hidden="true" />
      <strong>{text.worth.nothing}</strong>
      <span className="soft">{text.worth.nothingHow(compared)}</span>
    </div>
  )
}

/** Where a photo leaves the list, the focus goes to the one that takes its place. */
function useListFocus(order: Uint32Array): {
  readonly list: RefObject<HTMLDivElement | null>
  readonly handle: RefObject<WallHandle>
} {
  const list = useRef<HTMLDivElement>(null)
  const wanted = useRef<number | null>(null)
  const handle = useRef<WallHandle>({
    focus: (place) => {
      wanted.current = place
    },
  })
  useEffect(() => {
    const place = wanted.current
    wanted.current = null
    if (place === null) return
    const at = Math.min(place, order.length - 1)
    const card = list.current?.querySelector<HTMLElement>(`[data-place="${at}"]`)
    const next =
      card?.querySelector<HTMLElement>('.button.primary') ?? card?.querySelector<HTMLElement>('button')
    ;(next ?? list.current)?.focus()
  }, [order])
  return { list, handle }
}
