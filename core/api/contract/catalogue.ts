/**
 * @file Well-known models that can be downloaded. Nothing is fetched until `download` is called; a download then
 * continues in the server, whether or not anyone listens, until it is done or paused.
 */
import * as z from 'zod'

import { OtherCopy, Presence, TransferEvent } from '../../catalogue/progress.ts'
import { call, stream } from '../rpc.ts'
import { Progress, nothing, text } from './values.ts'

/** What a download reports. The newest item is complete in itself; a slow listener may miss items in between. */
export const DownloadEvent = z.discriminatedUnion('type', [
  ...TransferEvent.options,
  /** `path` is usable as a model. */
  z.object({ type: z.literal('done'), path: z.string() }),
])
export type DownloadEvent = z.output<typeof DownloadEvent>

/** How much of a model in the catalogue is on this machine. */
export const CatalogueState = z.discriminatedUnion('state', [
  ...Presence.options,
  /** Call `follow` for what comes next. */
  z.object({ state: z.literal('downloading'), latest: DownloadEvent }),
])
export type CatalogueState = z.output<typeof CatalogueState>

/** A model in the catalogue. */
export const CatalogueCard = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  parameters: z.number(),
  /** Patch side in pixels. */
  patch: z.int(),
  /** Pixels per side it was trained with. */
  resolution: z.int(),
  /** Approximate size of the download. */
  bytes: z.number(),
  /** `permissive`: any use, commercial ones included; otherwise say so before the download. */
  licence: z.object({ name: z.string(), permissive: z.boolean() }),
  /** One plain sentence. */
  goodFor: z.string(),
  /** `bucket`: the original file of the paper's authors, of a model that is also available from the Hub. */
  source: z.enum(['hub', 'bucket']),
  state: CatalogueState,
})
export type CatalogueCard = z.output<typeof CatalogueCard>

/** Where downloads come from. */
export const CatalogueSettings = z.object({
  /** The address in use for the Hugging Face Hub. */
  hub: z.string(),
  /** Who chose it. `environment`: the variable HF_ENDPOINT. */
  chosenBy: z.enum(['default', 'environment', 'setting']),
  /** Where downloads are kept. */
  folder: z.string(),
})
export type CatalogueSettings = z.output<typeof CatalogueSettings>

const modelId = z.object({ id: text })

/** Methods. */
export const catalogue = {
  /** The ones to recommend first. */
  list: call(nothing, z.array(CatalogueCard)),
  /**
   * Starts a download, resumes it, or follows one in progress. Leaving the stream stops nothing else. Throws
   * `cancelled` when it is paused, and another AppError when it fails; what has arrived is kept for the next time.
   */
  download: stream(modelId, DownloadEvent),
  /** Follows a download in progress, as `download` does; ends at once if there is none, and starts none. */
  follow: stream(modelId, DownloadEvent),
  /** Stops a download and keeps what has arrived; resolves when it has stopped. */
  pause: call(modelId, nothing),
  /**
   * Deletes what was downloaded or imported, finished or not, and gives the copies that stay. Throws `invalid_input` where
   * the only copy is one that other programs use too.
   */
  remove: call(modelId, z.array(OtherCopy)),
  /** Imports a file the person already has: checks that it is this model, and copies it. `done` and `total` are bytes. */
  importFile: stream(
    z.object({ id: text, path: text }),
    z.discriminatedUnion('type', [Progress, z.object({ type: z.literal('done'), path: z.string() })]),
  ),
  settings: call(nothing, CatalogueSettings),
  /** Sets a mirror of the Hub, or none with null. Throws `invalid_input` unless it is an address. */
  setMirror: call(z.object({ mirror: text.nullable() }), CatalogueSettings),
} as const
