/** @file How large photos are on the wall: saved for next time. */
import { sides } from './store/wall.ts'

const key = 'vit-studio.photo-side'

/** The size of last time, in pixels. */
export function storedPhotoSide(): number {
  const stored = Number(localStorage.getItem(key))
  return stored >= sides.least && stored <= sides.most ? stored : sides.usual
}

/** Saves a size in pixels. */
export function storePhotoSide(side: number): void {
  localStorage.setItem(key, String(side))
}
