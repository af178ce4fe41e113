/** @file What was said of an image, as the window gets it. */
import { imageFlags } from '../../api/contract/labels.ts'
import type { Mark } from '../../data/labels.ts'

/** The bits of `imageFlags` that a mark has. */
export function flagsOf({ label, leftOut, heldBack }: Mark = {}): number {
  return (
    (leftOut === true ? imageFlags.leftOut : 0) +
    (heldBack === true ? imageFlags.heldBack : 0) +
    (label === undefined ? 0 : imageFlags.labelled)
  )
}
