/**
 * @file The history of a run, metrics.jsonl: one JSON object per line, appended as training proceeds. A checkpoint
 * records the length of the history and its checksum, so that a resumed run truncates it at the exact byte.
 */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

import { AppError } from '../../errors.ts'
import { writeFileAtomic } from '../../files/atomic.ts'
import { readBytes } from '../../files/regular-file.ts'
import type { HistoryMark } from './run-record.ts'
import { parseJson } from '../../files/json-text.ts'

/** The history's file in a run folder. */
export const historyFile = 'metrics.jsonl'

/** A line of metrics.jsonl. */
export type StoredMetric = { readonly step: number } & Readonly<Record<string, unknown>>

/** A history that is being written. */
export interface History {
  readonly append: (metric: object) => Promise<void>
  /** Makes sure that everything is on disk, and returns how much that is. */
  readonly sync: () => Promise<HistoryMark>
  readonly close: () => Promise<void>
}

/** The metrics up to and including `step`, without lines that were torn by a kill; none if there is no history. */
export async function readMetrics(directory: string, step = Infinity): Promise<StoredMetric[]> {
  return linesIn(await storedBytes(directory)).flatMap((line) => {
    const metric = parseMetric(line)
    return metric === null || metric.step > step ? [] : [metric]
  })
}

/**
 * How many of the first `step` steps a damaged history lacks; null if it is as the checkpoint has marked it, or if
 * there is no mark and no step is missing.
 */
export async function missingSteps(
  directory: string,
  step: number,
  mark: HistoryMark | undefined,
): Promise<number | null> {
  if (mark !== undefined && fits(await storedBytes(directory), mark)) return null
  const found = await readMetrics(directory, step)
  const steps = new Set(found.flatMap((metric) => (metric['type'] === 'step' ? [metric.step] : [])))
  return mark === undefined && steps.size === step ? null : step - steps.size
}

/** Opens the history to continue after `step`: at the mark if the history has it, else with the lines that can be read. */
export async function openHistory(directory: string, step: number, mark?: HistoryMark): Promise<History> {
  const kept = await keptBytes(directory, step, mark)
  const path = join(directory, historyFile)
  await writeFileAtomic(path, kept)
  const file = await open(path, 'a')
  const written: HistoryMark = { bytes: kept.length, crc: crc32(kept) }
  return {
    append: async (metric) => {
      const line = Buffer.from(`${JSON.stringify(metric)}\n`)
      await file.writeFile(line)
      written.bytes += line.length
      written.crc = crc32(line, written.crc)
    },
    sync: async () => {
      await file.datasync()
      return { ...written }
    },
    close: () => file.close(),
  }
}

async function keptBytes(directory: string, step: number, mark: HistoryMark | undefined): Promise<Buffer> {
  // A run that starts over reports everything again, including what came before its first step.
  if (step === 0) return Buffer.alloc(0)
  const bytes = await storedBytes(directory)
  if (mark !== undefined && fits(bytes, mark)) return bytes.subarray(0, mark.bytes)
  const metrics = await readMetrics(directory, step)
  return Buffer.from(metrics.map((metric) => `${JSON.stringify(metric)}\n`).join(''))
}

function fits(bytes: Buffer, { bytes: length, crc }: HistoryMark): boolean {
  return bytes.length >= length && crc32(bytes.subarray(0, length)) === crc
}

// A line is a few hundred bytes: enough for a million steps.
const largestHistory = 512e6

async function storedBytes(directory: string): Promise<Buffer> {
  try {
    return await readBytes(join(directory, historyFile), largestHistory)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw AppError.from(error)
  }
}

function linesIn(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n')
}

function parseMetric(line: string): StoredMetric | null {
  if (!line.startsWith('{') || !line.endsWith('}')) return null
  try {
    const metric = parseJson(line) as Partial<StoredMetric>
    return Number.isSafeInteger(metric.step) ? (metric as StoredMetric) : null
  } catch {
    // A torn line: the process was killed while it was being written.
    return null
  }
}
