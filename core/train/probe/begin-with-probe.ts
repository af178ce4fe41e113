/**
 * @file What happens to a new run before its first step: its probe is fitted and kept, and becomes its head where that is
 * asked for. A run that was interrupted before its first checkpoint begins with the very head that was kept.
 */
import type { Parameters } from '../../tensor/tensor.ts'
import { readProbe } from '../run/checkpoint-files.ts'
import type { TrainEvent } from '../events.ts'
import { headParameters } from '../model/prepare.ts'
import { probeRun, type ProbeSource, type ProbeTools, type RunToProbe } from './run-probe.ts'
import type { RunRecord } from '../run/run-record.ts'
import type { RunWriter } from '../run/run-writer.ts'

/** A run with its record, in which the probe's figures are, and its weights. */
export interface Begun {
  readonly record: RunRecord
  readonly parameters: Parameters
}

/**
 * Begins a run that has not made a step, telling how far it is.
 *
 * @throws AppError `cancelled`, `out_of_memory`
 */
export async function* beginWithProbe(
  run: RunToProbe,
  from: ProbeSource,
  tools: ProbeTools,
  writer: RunWriter,
): AsyncGenerator<TrainEvent, Begun> {
  const { record, source, parameters } = run
  const startsFromProbe = record.settings.head === 'probe'
  // Without held-out images there is nothing to compare a training with.
  if (!startsFromProbe && source.validation.images.length === 0) return { record, parameters }
  const { probe, head } = (await keptProbe(run)) ?? (yield* fitProbe(run, from, tools, writer))
  const begun = { ...record, probe }
  await writer.replaceRecord(begun)
  yield { type: 'probe', figures: probe }
  return { record: begun, parameters: startsFromProbe ? new Map([...parameters, ...head]) : parameters }
}

interface Probe {
  readonly probe: RunRecord['probe']
  readonly head: Parameters
}

/** The head that was kept before an interruption, with the figures in the record. */
async function keptProbe({ directory, record, source }: RunToProbe): Promise<Probe | null> {
  const { probe } = record
  if (probe === null && source.validation.images.length > 0) return null
  const kept = await readProbe(directory, record)
  return kept === null ? null : { probe, head: kept.parameters }
}

async function* fitProbe(
  run: RunToProbe,
  from: ProbeSource,
  tools: ProbeTools,
  writer: RunWriter,
): AsyncGenerator<TrainEvent, Probe> {
  const { head: fitted, judged } = yield* probeRun(run, from, tools)
  const head = headParameters(fitted)
  await writer.writeProbe({ parameters: head, heldOut: judged?.heldOut ?? null })
  return { probe: judged?.figures ?? null, head }
}
