/** @file Folders of this machine, for choosing one. */
import * as z from 'zod'

import { call } from '../rpc.ts'
import { text } from './values.ts'

const Place = z.object({ name: z.string(), path: z.string() })

/** What a person sees when looking for a folder: names, never contents. */
export const FolderListing = z.object({
  path: z.string(),
  name: z.string(),
  /** Null at the top of a drive. */
  parent: z.string().nullable(),
  folders: z.array(Place),
  /** Files here that look like models. */
  models: z.array(z.object({ name: z.string(), path: z.string(), bytes: z.number() })),
  /** Files here that look like images. */
  images: z.int(),
  /** Home, drives and mounted disks, to start from. */
  places: z.array(Place),
})
export type FolderListing = z.output<typeof FolderListing>

/** Methods. */
export const folders = {
  /** A folder's subfolders; the home folder where no path is given. */
  list: call(z.object({ path: text.optional() }), FolderListing),
} as const
