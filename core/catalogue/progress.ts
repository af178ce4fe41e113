/**
 * @file What a download reports, and how much of a model is here and where else. Nothing but zod is imported, because the window reads
 * the same.
 */
import * as z from 'zod'
import { Sentence } from '../sentence.ts'

/** What a download reports while it runs. Numbers are bytes and seconds. */
export const TransferEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    done: z.number(),
    /** An estimate until the server has reported it. */
    total: z.number(),
    bytesPerSecond: z.number(),
    /** Null until the speed is known. */
    secondsLeft: z.number().nullable(),
  }),
  /** The connection failed; it is retried after this many seconds. */
  z.object({ type: z.literal('waiting'), seconds: z.number(), reason: Sentence }),
  /** All bytes are here; the checksum is computed and the model recognised. */
  z.object({ type: z.literal('checking') }),
])
export type TransferEvent = z.output<typeof TransferEvent>

/** How much of a model is here. */
export const Presence = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  /** Paused or interrupted after this many bytes; downloading again resumes. */
  z.object({ state: z.literal('partial'), bytes: z.number() }),
  /** `path` is usable as a model. `shared`: it is in the cache of Hugging Face programs, which is not ours. */
  z.object({ state: z.literal('ready'), path: z.string(), shared: z.boolean() }),
])
export type Presence = z.output<typeof Presence>

/**
 * A copy of a model that is not the studio's, and stays when the studio's is removed: in the cache of Hugging Face
 * programs, from where it is used then, or the file that was imported.
 */
export const OtherCopy = z.object({
  place: z.enum(['hubCache', 'imported']),
  path: z.string(),
  bytes: z.number(),
})
export type OtherCopy = z.output<typeof OtherCopy>
