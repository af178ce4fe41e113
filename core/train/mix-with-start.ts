/**
 * @file The end of a run is mixed with its start, where that is better: fine-tuning takes back some of what pretrained
 * features give, and weights on the line between both can be better than either, at no cost of training (WiSE-FT,
 * Wortsman et al. 2022). The start is the pretrained network with the probe's head: with a head of zeros there is nothing
 * to mix.
 */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { at } from '../tensor/shape.ts'
import { floatTensor, parameter, type FloatTensor, type Parameters } from '../tensor/tensor.ts'
import type { Mixture, TrainEvent } from './events.ts'
import { judge, keepIfBetter, type Judgement } from './judge.ts'
import { openClassifier } from './model/classifier.ts'
import { readProbe } from './run/checkpoint-files.ts'
import type { Session } from './session.ts'

// On sets where mixing gains, each share between a third and two thirds gains nearly the same; where it does not, larger
// shares lose less.
const triedShares = [0.5, 0.75] as const

/**
 * Tries mixtures after the last step and keeps the best if it is better than all weights before. The weights that were
 * trained leave the engine.
 *
 * @throws AppError `cancelled` if it was stopped; it begins anew when the run continues
 */
export async function* mixWithStart(session: Session): AsyncGenerator<TrainEvent> {
  const { networkBefore, record, active } = session
  if (networkBefore === null || session.best === null) return
  const end = await active.weights()
  await active.dispose()
  const start = await startOf(session, networkBefore)
  if (start === null) {
    yield { type: 'startMissing', source: record.model.source }
    return
  }
  const mixture: Mixture = { share: 1, tried: [] }
  for (const share of triedShares) {
    const parameters = between(start, end, share)
    const judgement = yield* judgeMixture(session, parameters)
    const { accuracy, loss, accuracyInterval } = judgement.metrics
    mixture.tried.push({ share, accuracy, loss, accuracyInterval })
    // Named after a step that is never made: a run that is killed here repeats the mixing.
    const step = record.settings.steps + 1
    if (await keepIfBetter(session, step, judgement, async () => Promise.resolve(parameters)))
      mixture.share = share
  }
  if (mixture.share < 1) session.best = { ...session.best, step: record.settings.steps }
  session.mixture = mixture
  yield { type: 'mixture', mixture }
}

/** Null where the pretrained model has gone or was replaced since the run began. */
async function startOf(
  { directory, record }: Session,
  networkBefore: () => Promise<Parameters>,
): Promise<Parameters | null> {
  const probe = await readProbe(directory, record)
  if (probe === null) return null
  try {
    return new Map([...(await networkBefore()), ...probe.parameters])
  } catch (error) {
    const { code } = AppError.from(error)
    if (code === 'not_found' || code === 'invalid_input') return null
    throw error
  }
}

/** The point between two sets of weights at `share` of the way from the start to the end. */
function between(start: Parameters, end: Parameters, share: number): Parameters {
  return new Map([...end].map(([name, tensor]) => [name, mean(parameter(start, name), tensor, share)]))
}

function mean(start: FloatTensor, end: FloatTensor, share: number): FloatTensor {
  return floatTensor(
    end.shape,
    end.data.map((value, i) => (1 - share) * at(start.data, i) + share * value),
  )
}

async function* judgeMixture(
  session: Session,
  parameters: Parameters,
): AsyncGenerator<TrainEvent, Judgement> {
  const { record, engine, active } = session
  const model = { config: record.model.config, normalisation: record.preprocessing }
  const classifier = await openClassifier(engine, model, parameters, active.phase.microBatch)
  try {
    const judgement = yield* judge(session, classifier, record.settings.steps)
    if (judgement !== null) return judgement
  } finally {
    await classifier.dispose()
  }
  throw new AppError(
    'cancelled',
    say`Stopped after the last step. Everything is saved; continue with --resume.`,
  )
}
