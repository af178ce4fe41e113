/**
 * @file Labels from a table: which of its columns names the image and which its label is recognised by their headings or
 * by what is in them, and every row is accounted for.
 */
import { csvRows } from '../csv-rows.ts'
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import { classNamed, newClassName } from './class-name.ts'
import { createImageFinder, type FoundImage, type ImageFinder, type NamedImages } from './image-finder.ts'

/** Which columns are used, as indices. */
export interface TableColumns {
  readonly file: number
  readonly label: number
}

/** How many there are, and the first few. */
export interface Some {
  readonly count: number
  readonly examples: readonly string[]
}

/** What a table says of the images of some folders. */
export interface LabelTable {
  /** Headings, or numbers where there are none. */
  readonly headings: readonly string[]
  readonly columns: TableColumns
  /** Without the heading. */
  readonly rows: number
  /** The label of every image that has a row. */
  readonly labels: readonly (FoundImage & { readonly label: string })[]
  /** Rows that name no image. */
  readonly withoutImage: Some
  /** Rows that may mean several images. */
  readonly ambiguous: Some
  /** Rows of an image that another row gives another label; the first counts. */
  readonly contradicting: Some
  /** Rows without a label. */
  readonly withoutLabel: Some
  /** Images without a row. */
  readonly withoutRow: Some
  /** Labels that cannot be the names of classes. Their rows are not used. */
  readonly refused: readonly { readonly label: string; readonly rows: number; readonly reason: Sentence }[]
}

const mostRows = 2_000_000
const fileHeadings =
  /^(file|filename|name|image|imagename|imagefile|img|imgname|imagepath|imgpath|imageid|path|filepath|photo|picture|id|url)$/
const labelHeadings =
  /^(label|labels|labelname|class|classes|classname|category|kind|target|type|species|tag|y)$/

/**
 * Reads a table about images. Columns that are not given are recognised.
 *
 * @param known names of the classes there are already
 * @throws AppError `invalid_input` where there is no table, or its columns cannot be told
 */
export function readLabelTable(
  text: string,
  folders: readonly NamedImages[],
  known: readonly string[],
  chosen?: TableColumns,
): LabelTable {
  const rows = requireRows(text)
  const find = createImageFinder(folders)
  const width = rows.slice(0, mostLookedAt).reduce((most, row) => Math.max(most, row.length), 0)
  const columns = chosen ?? recognise(rows, width, find)
  const [first = []] = rows
  // A heading names no image, while a table without headings begins with one.
  const hasHeadings = find(first[columns.file] ?? '') === 'none' && (rows.length > 1 || isHeading(first))
  const headings = Array.from({ length: width }, (_, column) =>
    hasHeadings ? (first[column] ?? '') : String(column + 1),
  )
  const body = hasHeadings ? rows.slice(1) : rows
  return { headings, columns, rows: body.length, ...assign(body, columns, { find, folders, known }) }
}

function requireRows(text: string): string[][] {
  if (text.includes('\0')) {
    throw new AppError(
      'invalid_input',
      say`This is no table in text form, or is in UTF-16. Save it as CSV in UTF-8.`,
    )
  }
  const rows = csvRows(text)
  if (rows.length > mostRows) {
    throw new AppError(
      'invalid_input',
      say`The table has ${rows.length} rows, and at most ${mostRows} can be read. Divide it.`,
    )
  }
  if (rows.some((row) => row.length > 1)) return rows
  throw new AppError(
    'invalid_input',
    say`A table with a column of file names and a column of labels is needed, and this one has one column or none.`,
  )
}

const mostLookedAt = 1000

function recognise(rows: readonly string[][], width: number, find: ImageFinder): TableColumns {
  const [first = []] = rows
  const headings = Array.from({ length: width }, (_, column) => plainHeading(first[column]))
  const looked = rows.slice(0, mostLookedAt)
  const hits = headings.map((_, column) => looked.filter((row) => find(row[column] ?? '') !== 'none').length)
  const most = Math.max(...hits)
  const file = most > 0 ? hits.indexOf(most) : headings.findIndex((name) => fileHeadings.test(name))
  if (file < 0) {
    throw new AppError(
      'invalid_input',
      say`No column of the table names images of this folder. Its first row: ${first.join(', ').slice(0, 200)}`,
    )
  }
  const others = headings.map((_, column) => column).filter((column) => column !== file)
  const named = others.find((column) => labelHeadings.test(at(headings, column)))
  return { file, label: named ?? fewestValues(looked, others) }
}

/** Labels are repeated more often than anything else that a table may say of an image. */
function fewestValues(rows: readonly string[][], columns: readonly number[]): number {
  const counts = columns.map((column) => {
    const values = rows
      .slice(1)
      .flatMap((row) => (row[column] === undefined || row[column] === '' ? [] : [row[column]]))
    const distinct = new Set(values).size
    // A single value tells nothing apart, and an empty column nothing at all.
    return distinct > 1 ? distinct : Infinity
  })
  return at(columns, counts.indexOf(Math.min(...counts)))
}

function isHeading(row: readonly string[]): boolean {
  return row.some((cell) => labelHeadings.test(plainHeading(cell)))
}

function plainHeading(cell = ''): string {
  return cell.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

interface Assigning {
  readonly find: ImageFinder
  readonly folders: readonly NamedImages[]
  readonly known: readonly string[]
}

type Assigned = Omit<LabelTable, 'headings' | 'columns' | 'rows'>

function assign(
  rows: readonly string[][],
  columns: TableColumns,
  { find, folders, known }: Assigning,
): Assigned {
  const names = createNames(known)
  const labels = new Map<string, FoundImage & { readonly label: string }>()
  const [withoutImage, ambiguous, contradicting, withoutLabel, withoutRow] = [
    some(),
    some(),
    some(),
    some(),
    some(),
  ]
  const hasRow = new Set<string>()
  for (const row of rows) {
    const [cell, text] = [row[columns.file] ?? '', row[columns.label] ?? '']
    const image = find(cell)
    if (image === 'none') withoutImage.add(cell)
    else if (image === 'several') ambiguous.add(cell)
    else {
      const key = `${image.root}//${image.path}`
      hasRow.add(key)
      const label = text === '' ? null : names.of(text)
      const earlier = labels.get(key)
      if (text === '') withoutLabel.add(cell)
      else if (earlier !== undefined && earlier.label !== label) contradicting.add(cell)
      else if (label !== null) labels.set(key, { ...image, label })
    }
  }
  for (const { root, paths } of folders)
    for (const path of paths) if (!hasRow.has(`${root}//${path}`)) withoutRow.add(path)
  return {
    labels: [...labels.values()],
    withoutImage: withoutImage.result(),
    ambiguous: ambiguous.result(),
    contradicting: contradicting.result(),
    withoutLabel: withoutLabel.result(),
    withoutRow: withoutRow.result(),
    refused: names.refused(),
  }
}

const mostExamples = 20

function some(): { readonly add: (example: string) => void; readonly result: () => Some } {
  const examples: string[] = []
  let count = 0
  return {
    add: (example) => {
      count++
      if (examples.length < mostExamples) examples.push(example)
    },
    result: () => ({ count, examples }),
  }
}

interface Names {
  /** The class that is meant by a label; null where it cannot be a class. */
  readonly of: (label: string) => string | null
  readonly refused: () => LabelTable['refused']
}

/** Labels that differ in case only are one class, called as it is already, or as it is called first. */
function createNames(known: readonly string[]): Names {
  const classes = new Map(known.map((name) => [name.normalize('NFC').toLowerCase(), name]))
  const refused = new Map<string, { rows: number; readonly reason: Sentence }>()
  const cached = new Map<string, string | null>()
  const nameOf = (label: string): string | null => {
    const existing = classNamed(label, known) ?? classes.get(label.normalize('NFC').toLowerCase())
    if (existing !== undefined) return existing
    try {
      const name = newClassName(label, [])
      classes.set(name.toLowerCase(), name)
      return name
    } catch (error) {
      refused.set(label, { rows: 0, reason: AppError.from(error).sentence })
      return null
    }
  }
  return {
    of: (label) => {
      const earlier = cached.get(label)
      const name = earlier === undefined ? nameOf(label) : earlier
      cached.set(label, name)
      const problem = refused.get(label)
      if (problem !== undefined) problem.rows++
      return name
    },
    refused: () => [...refused].map(([label, problem]) => ({ label, ...problem })),
  }
}
