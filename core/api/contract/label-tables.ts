/** @file Labels from a table: a file of comma-separated values or the like that names images and says what they show. */
import * as z from 'zod'

import { Sentence } from '../../sentence.ts'
import { text } from './values.ts'

/** Bytes of the largest table that is opened. */
export const largestTable = 64e6

const column = z.int().min(0)

/** A table, by its path or by its content if a browser gave no path. */
export const TableRequest = z.object({
  project: text,
  source: z.union([z.object({ path: text }), z.object({ content: z.string().max(largestTable) })]),
  /** Which columns name the image and its label; recognised if left out. */
  columns: z.object({ file: column, label: column }).optional(),
})
export type TableRequest = z.output<typeof TableRequest>

/** How many there are, and the first few. */
const some = z.object({ count: z.int(), examples: z.array(z.string()) })

/** What would happen, row by row: nothing is changed yet. */
export const TablePreview = z.object({
  /** Headings of the columns, or their numbers. */
  headings: z.array(z.string()),
  columns: z.object({ file: column, label: column }),
  rows: z.int(),
  /** Images that get a label, or have it already. */
  matched: z.int(),
  /** Labels of these images; `isNew` are those that are no classes yet. */
  classes: z.array(z.object({ name: z.string(), images: z.int(), isNew: z.boolean() })),
  /** Rows that name no image of the project, and those that may mean several. */
  withoutImage: some,
  ambiguous: some,
  /** Rows of an image that an earlier row gives another label. */
  contradicting: some,
  withoutLabel: some,
  /** Images that no row names. */
  withoutRow: some,
  /** Labels that cannot be the names of classes, and why; their rows are not used. */
  refused: z.array(z.object({ label: z.string(), rows: z.int(), reason: Sentence })),
})
export type TablePreview = z.output<typeof TablePreview>
