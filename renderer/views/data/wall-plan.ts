/**
 * @file Where the pictures of a wall are: a heading for each section, then its pictures in rows. Nothing here grows
 * with the number of pictures.
 */

/** Consecutive pictures under a heading. */
export interface WallSection {
  /** Index of its first picture. */
  readonly start: number
  readonly count: number
}

export type WallRow =
  | { readonly kind: 'heading'; readonly section: number }
  | { readonly kind: 'pictures'; readonly first: number; readonly count: number }

/** The places of all pictures in rows of this many columns. */
export interface WallPlan {
  readonly rows: number
  readonly pictures: number
  readonly row: (row: number) => WallRow
  readonly rowOf: (picture: number) => number
  readonly headingOf: (section: number) => number
  readonly sectionOf: (row: number) => number
  /** How many of the rows above this one are headings. */
  readonly headingsBefore: (row: number) => number
  /** The picture this many rows of pictures below (or above) another one, in the same column if there is one. */
  readonly vertically: (picture: number, rows: number) => number
  /** The first and the last picture of the row that a picture is in. */
  readonly rowEnds: (picture: number) => { readonly first: number; readonly last: number }
}

/** Lays out the sections that have pictures; the others only take a heading. */
export function createWallPlan(sections: readonly WallSection[], columns: number): WallPlan {
  const headings: number[] = []
  let rows = 0
  for (const { count } of sections) {
    headings.push(rows)
    rows += 1 + Math.ceil(count / columns)
  }
  const pictures = sections.reduce((sum, { count }) => sum + count, 0)
  const row = (index: number): WallRow => {
    const section = lastAtMost(headings, index)
    const within = index - (headings[section] ?? 0) - 1
    if (within < 0) return { kind: 'heading', section }
    const { start = 0, count = 0 } = sections[section] ?? {}
    const before = within * columns
    return { kind: 'pictures', first: start + before, count: Math.min(columns, count - before) }
  }
  const starts = sections.map(({ start }) => start)
  const rowOf = (picture: number): number => {
    const section = lastAtMost(starts, picture)
    const within = Math.floor((picture - (starts[section] ?? 0)) / columns)
    return (headings[section] ?? 0) + 1 + Math.max(0, within)
  }
  const picturesAround = (picture: number): { readonly first: number; readonly count: number } => {
    const found = row(rowOf(picture))
    return found.kind === 'pictures' ? found : { first: picture, count: 1 }
  }
  return {
    rows,
    pictures,
    row,
    rowOf,
    headingOf: (section) => headings[section] ?? 0,
    sectionOf: (index) => lastAtMost(headings, index),
    headingsBefore: (index) => (index <= 0 ? 0 : lastAtMost(headings, index - 1) + 1),
    vertically: (picture, by) => {
      const column = picture - picturesAround(picture).first
      const step = Math.sign(by)
      let target = rowOf(picture)
      let best = picture
      for (let left = Math.abs(by); left > 0;) {
        target += step
        if (target < 0 || target >= rows) break
        const found = row(target)
        if (found.kind === 'heading' || found.count <= 0) continue
        best = found.first + Math.min(column, found.count - 1)
        left--
      }
      return best
    },
    rowEnds: (picture) => {
      const { first, count } = picturesAround(picture)
      return { first, last: first + count - 1 }
    },
  }
}

/** The last of some ascending numbers that is not above the value; of equal ones the last. */
function lastAtMost(values: readonly number[], value: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((values[middle] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}
