/** @file The runs on disk: their list, what is known about one, their names and ids. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { AppError } from '../../errors.ts'
import { say } from '../../sentence.ts'
import { Metric, type Mixture } from '../../train/events.ts'
import { wilsonInterval } from '../../train/evaluation/metrics.ts'
import { type RunDetails, type RunStatus, type RunSummary } from '../../api/contract/runs.ts'
import type { CheckedImage } from '../../data/load.ts'
import type { DataImage } from '../../api/contract/data.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { readMetrics } from '../../train/run/history.ts'
import { isRunFolder, readRecord, readRunData } from '../../train/run/run-folder.ts'
import type { RunData, RunRecord } from '../../train/run/run-record.ts'
import { runsFolder } from '../home.ts'
import { log } from '../log.ts'
import type { Trainings } from './trainings.ts'
import { readCard, type RunCard } from './run-card.ts'
import { shownSettings } from './shown-settings.ts'

/**
 * The folder of a run.
 *
 * @throws AppError `not_found` when there is no run of this id
 */
export function folderOf(run: string): string {
  const folder = join(runsFolder(), run)
  // An id is one name, never a path.
  if (run === basename(run) && !run.startsWith('.') && isRunFolder(folder)) return folder
  throw new AppError(
    'not_found',
    say`There is no run ${run} in ${runsFolder()}. It may have been moved or deleted.`,
  )
}

/** An unused id for a new run, which says what it is about and when it started. */
export function newRunId(name: string, now: Date): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['run']
  const time = now.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')
  const id = `${words.join('-').slice(0, 40)}-${time}`
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? id : `${id}-${count}`
    if (!existsSync(join(runsFolder(), candidate))) return candidate
  }
}

/** The name for people of a run that is asked for: the one given, or that of the folder of images. */
export function nameFor({
  name,
  data,
}: {
  readonly name?: string | undefined
  readonly data: string
}): string {
  return name ?? basename(data)
}

/** Every run that can be read and was not removed, newest first; others are named in the log. */
export async function listRuns(trainings: Trainings): Promise<RunSummary[]> {
  await makeFolder(runsFolder())
  const names = (await readdir(runsFolder())).filter((name) => isRunFolder(join(runsFolder(), name)))
  const found = await Promise.all(names.map(async (name) => trySummary(name, trainings)))
  return found.filter((summary) => summary !== null).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}

async function trySummary(run: string, trainings: Trainings): Promise<RunSummary | null> {
  try {
    const folder = folderOf(run)
    const card = await readCard(folder)
    return card.isRemoved ? null : await summaryOf(run, card, await readRecord(folder), trainings)
  } catch (thrown) {
    log(`${run} is left out of the list: ${AppError.from(thrown).message}`)
    return null
  }
}

/** Everything known about a run. */
export async function runDetails(run: string, trainings: Trainings): Promise<RunDetails> {
  const folder = folderOf(run)
  const record = await readRecord(folder)
  const data = await readRunData(folder)
  return {
    ...(await summaryOf(run, await readCard(folder), record, trainings)),
    patch: record.model.config.patch,
    probe: record.probe,
    answers: record.answers,
    temperature: record.result?.temperature ?? null,
    validation: data.validation.map(toDataImage),
    validationRoot: data.validationRoot,
    skipped: data.skipped,
    warnings: data.warnings,
    notes: record.model.notes,
    recovery: record.recovery,
    search: record.search,
  }
}

/** The images of a run. */
export async function dataOf(run: string): Promise<RunData> {
  return readRunData(folderOf(run))
}

/** The parts of an image that a window shows. */
function toDataImage({ path, label, width, height }: CheckedImage): DataImage {
  return { path, label, width, height }
}

/** The history of a run. */
export async function metricsOfRun(run: string): Promise<Metric[]> {
  const lines = await readMetrics(folderOf(run))
  return lines.flatMap((line) => {
    const parsed = Metric.safeParse(line)
    return parsed.success ? [parsed.data] : []
  })
}

async function summaryOf(
  run: string,
  { name, project, data, training, heldOut }: RunCard,
  record: RunRecord,
  trainings: Trainings,
): Promise<RunSummary> {
  const { source, family } = record.model
  const { step, bestAccuracy } = await progressOf(run, record, trainings)
  const kept = mixtureKept(record)
  const right = bestAccuracy === null ? null : bestAccuracy * heldOut.images
  return {
    id: run,
    name,
    folder: folderOf(run),
    project,
    createdAt: record.createdAt,
    status: statusOf(run, record, trainings),
    model: { source, family },
    data,
    classes: record.classes,
    resolution: record.preprocessing.resolution,
    settings: shownSettings(record),
    training,
    heldOut,
    step,
    steps: record.settings.steps,
    bestAccuracy,
    accuracyInterval:
      kept?.accuracyInterval ?? (right === null ? null : wilsonInterval(right, heldOut.images)),
    mixed: kept?.share ?? null,
  }
}

/** How far a run has come. A finished run has recorded it; for others the whole history is read. */
async function progressOf(
  run: string,
  { status, result }: RunRecord,
  trainings: Trainings,
): Promise<Pick<RunSummary, 'step' | 'bestAccuracy'>> {
  if (status === 'finished' && result !== null) {
    return { step: result.steps, bestAccuracy: result.bestAccuracy }
  }
  const metrics = await metricsOfRun(run)
  const best = metrics.findLast((one) => one.type === 'evaluation' && one.best)
  const lastStep = metrics.findLast(({ type }) => type === 'step')?.step ?? 0
  return {
    step: Math.max(lastStep, trainings.lastStep(run)),
    bestAccuracy: best?.type === 'evaluation' ? best.accuracy : null,
  }
}

function statusOf(run: string, { status }: RunRecord, trainings: Trainings): RunStatus {
  if (trainings.isTraining(run)) return 'training'
  return status === 'running' ? 'interrupted' : status
}

/** Null where the weights that are kept are a step's. */
function mixtureKept({ result }: RunRecord): Mixture['tried'][number] | null {
  return result?.mixture?.tried.find(({ share }) => share === result.mixture?.share) ?? null
}
