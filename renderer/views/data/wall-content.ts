/** @file What a wall shows, whatever its pictures are about. */
import type { ReactNode } from 'react'

import type { WallSection } from './wall-plan.ts'

/** What the wall shows; pictures are named by their places on it. */
export interface WallContent {
  readonly sections: readonly WallSection[]
  /** The name of the picture for screen readers, and what is drawn; nothing of it depends on the selection. */
  readonly cell: (
    place: number,
  ) => { readonly name: string; readonly id: number; readonly picture: ReactNode } | null
  readonly heading: (section: number) => ReactNode
  /** Drawn at the end of a row of pictures. */
  readonly rowEnd: ((first: number, count: number, section: number) => ReactNode) | null
}
