/** @file What is done with the chosen photos, or with the one that has the focus if none is chosen. */
import { useEffect, useMemo, type RefObject } from 'react'

import { marks, type KnownPhoto, type Photos } from '../../store/photos.ts'
import { useStudio } from '../../studio.ts'
import type { WallHandle } from './thumbnail-wall.tsx'

/** Everything that a button or a key can do. */
export interface WallActions {
  readonly label: (kind: string | null) => void
  /** Gives the kind at this place of the list, if there is one. */
  readonly labelByPlace: (place: number) => void
  /** Leaves out, or takes back where all of them are left out. */
  readonly leaveOut: () => void
  /** Holds back, or leaves it to the draw where all of them are held back by hand. */
  readonly holdBack: () => void
  readonly chooseAll: () => void
  readonly clear: () => void
}

/** The same until photos or their order change. */
export function useWallActions(
  photos: Photos,
  order: Uint32Array,
  handle: RefObject<WallHandle | null>,
): WallActions {
  const { labels, selection } = useStudio()
  return useMemo(() => {
    const concerned = (): number[] => {
      const { chosen } = selection.getState()
      const focused = chosen.size > 0 ? undefined : order[focusedPlace() ?? -1]
      return focused === undefined ? [...chosen] : [focused]
    }
    const known = (all: readonly number[]): KnownPhoto[] => all.flatMap((photo) => photos.at(photo) ?? [])
    // The photos may leave their places; whoever used the keyboard goes on at the first of them.
    const settle = (all: readonly number[]): void => {
      const place = Math.min(...all.map((photo) => order.indexOf(photo)).filter((one) => one >= 0))
      selection.getState().clear()
      if (Number.isFinite(place)) handle.current?.focus(place)
    }
    const apply = (act: (all: readonly KnownPhoto[], places: readonly number[]) => void): void => {
      const all = concerned()
      if (all.length === 0) return
      settle(all)
      act(known(all), all)
    }
    const haveAll = (all: readonly number[], bit: number): boolean =>
      all.every((photo) => ((photos.marks[photo] ?? 0) & bit) !== 0)
    const label = (kind: string | null): void => apply((all) => void labels.getState().label(all, kind))
    return {
      label,
      labelByPlace: (place) => {
        const kind = photos.kinds[place]
        if (kind !== undefined) label(kind)
      },
      leaveOut: () =>
        apply((all, places) => void labels.getState().leaveOut(all, !haveAll(places, marks.leftOut))),
      holdBack: () =>
        apply((all, places) => void labels.getState().holdBack(all, !haveAll(places, marks.fixed))),
      chooseAll: () => selection.getState().choose(order),
      clear: () => selection.getState().clear(),
    }
  }, [photos, order, handle, labels, selection])
}

function focusedPlace(): number | null {
  const cell = document.activeElement?.closest<HTMLElement>('[data-place]')
  return cell === null || cell === undefined ? null : Number(cell.dataset['place'])
}

/** The keys of the whole screen, except where something is typed or a dialog is open. */
export function useScreenKeys(actions: WallActions, onLabel: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (isElsewhere(event.target)) return
      const act = actionOf(event, actions, onLabel)
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [actions, onLabel])
}

function isElsewhere(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [popover]:popover-open') !== null) return true
  return target instanceof HTMLElement && target.closest('input:not([type=range]), select, textarea') !== null
}

function actionOf(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  actions: WallActions,
  onLabel: () => void,
): (() => void) | undefined {
  if (altKey) return undefined
  const letter = key.toLowerCase()
  if (ctrlKey || metaKey) return letter === 'a' ? actions.chooseAll : undefined
  if (/^[1-9]$/.test(key)) return () => actions.labelByPlace(Number(key) - 1)
  return {
    x: actions.leaveOut,
    delete: actions.leaveOut,
    h: actions.holdBack,
    l: onLabel,
    escape: actions.clear,
  }[letter]
}
