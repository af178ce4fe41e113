/** @file How a run ended, as its record keeps it. */
import type { CheckedImage } from '../../data/load.ts'
import { readHeldOut } from './checkpoint-files.ts'
import type { DataSource } from '../data-source.ts'
import type { Mixture, RunResult } from '../events.ts'
import { figuresOf } from '../evaluation/held-out-figures.ts'
import { labelsOfRows } from '../evaluation/held-out.ts'
import { temperatureAlone } from '../evaluation/logit-adjustment.ts'
import type { Progress, RunRecord } from './run-record.ts'

/** A run after its last step, with its speed in images per second. */
export interface EndedRun {
  readonly directory: string
  readonly record: RunRecord
  readonly source: Pick<DataSource, 'validation'>
  readonly progress: Pick<Progress, 'best' | 'evaluation'>
  readonly imagesPerSecond: number
  readonly mixture: Mixture | null
}

/** The result of a run whose best weights are on disk. */
export async function resultOf({
  directory,
  record,
  source,
  progress,
  imagesPerSecond,
  mixture,
}: EndedRun): Promise<RunResult> {
  const { best, evaluation } = progress
  return {
    bestAccuracy: best?.accuracy ?? null,
    bestStep: best?.step ?? null,
    finalAccuracy: evaluation?.accuracy ?? null,
    finalLoss: evaluation?.loss ?? null,
    steps: record.settings.steps,
    imagesPerSecond,
    mixture,
    probeAccuracy: record.probe?.accuracy ?? null,
    ...(await calibrationOf(directory, record, source.validation.images)),
  }
}

/** How far the answers of the best weights can be trusted. */
async function calibrationOf(
  directory: string,
  record: RunRecord,
  validation: readonly CheckedImage[],
): Promise<Pick<RunResult, 'temperature' | 'calibrationError' | 'balancedAccuracy'>> {
  const heldOut = await readHeldOut(directory, record)
  if (heldOut === null) return { temperature: null, calibrationError: null, balancedAccuracy: null }
  const { temperature, skipped } = heldOut
  const labels = labelsOfRows(validation, skipped)
  const plain = temperatureAlone(heldOut, record.classes.length)
  const { calibrationError, balancedAccuracy } = figuresOf(heldOut, labels, plain)
  return { temperature, calibrationError, balancedAccuracy }
}
