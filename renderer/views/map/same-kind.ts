/** @file How the photos most like a photo are labelled. */
import { noKind, type Photos } from '../../store/photos.ts'
import type { PlacedPhotos } from '../../store/placed-photos.ts'

/** How many of the labelled photos most like it are of its kind. */
export function sameKind(
  photos: Photos,
  { neighbours, count }: PlacedPhotos,
  photo: number,
): { readonly same: number; readonly of: number } {
  let [same, of] = [0, 0]
  for (const other of neighbours.subarray(photo * count, (photo + 1) * count)) {
    const kind = photos.kindOf[other] ?? noKind
    if (kind === noKind) continue
    of++
    if (kind === photos.kindOf[photo]) same++
  }
  return { same, of }
}
