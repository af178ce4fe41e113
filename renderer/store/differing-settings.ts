/** @file In which settings several runs differ. */
import type { RunSummary } from '../../core/api/contract/runs.ts'

/** A setting that is not the same in all runs. */
export interface DifferingSetting {
  readonly name: string
  /** In the order of the runs; null if a run does not have it. */
  readonly values: readonly (string | number | boolean | null)[]
}

/** The settings in which runs differ; names are those of the run's record. */
export function differingSettings(runs: readonly RunSummary[]): DifferingSetting[] {
  const flat = runs.map(settingsOf)
  const names = [...new Set(flat.flatMap((settings) => Object.keys(settings)))]
  return names
    .map((name) => ({ name, values: flat.map((settings) => settings[name] ?? null) }))
    .filter(({ values }) => new Set(values).size > 1)
}

// Measured by the run itself or following from the others: not something a person chose.
const notChosen = new Set(['microBatch', 'engine', 'evaluateEvery'])

function settingsOf(run: RunSummary): Readonly<Record<string, string | number | boolean | null>> {
  const { train, ...settings } = run.settings
  const chosen = Object.entries(settings).filter(([name]) => !notChosen.has(name))
  return {
    model: run.model.source,
    family: run.model.family,
    data: run.data,
    training: run.training,
    heldOut: run.heldOut.images,
    resolution: run.resolution.height,
    steps: run.steps,
    ...Object.fromEntries(chosen),
    train: train.part === 'lastBlocks' ? `last${train.count}` : train.part,
  }
}
