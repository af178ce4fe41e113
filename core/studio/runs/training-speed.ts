/** @file How fast a training goes on a device of this machine: as an earlier run went, or as the device's speed suggests. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { isRunFolder, readRecord } from '../../train/run-folder.ts'
import type { RunRecord } from '../../train/run-record.ts'
import { runsFolder } from '../home.ts'
import { stepGflop } from './step-work.ts'

/** 10^9 operations per second that a training reaches, and whether a run has shown it. */
export interface TrainingSpeed {
  readonly gflops: number
  readonly isMeasured: boolean
}

/** A model at a resolution, by which the most similar run is found. */
export interface Subject {
  /** Path of the model, absolute. */
  readonly source: string
  readonly resolution: number
}

// Share of a plain matrix product's speed that a training step reaches. On processors 0.67 to 1.06 were measured (see
// README). Elsewhere it is a cautious guess, which the first run replaces.
const usualShare = { cpu: 0.7, other: 0.35 } as const

/**
 * The speed on a device of kind `engine` that reaches `gflops` in a plain matrix product. The newest finished run on it
 * counts, one of the same model and resolution before all others.
 */
export async function trainingSpeed(
  engine: string,
  gflops: number,
  subject: Subject,
): Promise<TrainingSpeed> {
  const records = (await finishedRuns()).filter(({ settings }) => settings.engine === engine)
  const isAlike = ({ model, preprocessing }: RunRecord): boolean =>
    model.source === subject.source && preprocessing.resolution.height === subject.resolution
  const record = records.find(isAlike) ?? records[0]
  const reached = record === undefined ? 0 : (record.result?.imagesPerSecond ?? 0) * workOf(record)
  if (reached > 0) return { gflops: reached, isMeasured: true }
  return { gflops: gflops * (engine === 'cpu' ? usualShare.cpu : usualShare.other), isMeasured: false }
}

/** Newest first. */
async function finishedRuns(): Promise<RunRecord[]> {
  const names = await readdir(runsFolder()).catch(() => [])
  const folders = names.map((name) => join(runsFolder(), name)).filter(isRunFolder)
  // A record that cannot be read tells no speed; the list of runs says so where it matters.
  const records = await Promise.all(folders.map(async (folder) => readRecord(folder).catch(() => null)))
  return records
    .filter((record) => record?.status === 'finished')
    .filter((record) => record !== null)
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

function workOf({ model, preprocessing }: RunRecord): number {
  return stepGflop(model.config, preprocessing)
}
