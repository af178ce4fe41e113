/** @file One trial of a search: the trainer's own steps, of which nothing remains but what they are worth. */
import { createClock } from '../run/throughput.ts'
import { openRunWriter, type RunWriter } from '../run/run-writer.ts'
import type { TrainEvent } from '../events.ts'
import type { Judged } from '../evaluation/best.ts'
import { closeSession, openSession, type RunToTrain, type TrainTools } from '../session.ts'
import { steps } from '../trainer.ts'

/**
 * Makes the steps of a trial and judges it by its held-out images; null where none of them can be read.
 *
 * @throws AppError `cancelled` if the signal stopped it (after saving), `invalid_input` when the loss diverged
 */
export async function* runTrial(
  run: RunToTrain,
  tools: TrainTools,
): AsyncGenerator<TrainEvent, Judged | null> {
  const writer = await openRunWriter(run.directory, run.record, run.progress)
  try {
    const opened = await openSession(run, tools, sparing(writer, run.record.settings.steps), createClock(0))
    const session = { ...opened, examples: [] }
    try {
      yield* steps(session)
      const { accuracy = null, temperedLoss: loss = null } = session.lastEvaluation ?? {}
      return accuracy === null || loss === null ? null : { accuracy, loss }
    } finally {
      await closeSession(session)
    }
  } finally {
    await writer.close()
  }
}

/** Keeps what continues a trial, and no weights once it is judged. */
function sparing(writer: RunWriter, last: number): RunWriter {
  return {
    ...writer,
    writeBest: () => Promise.resolve(),
    writeLast: async (checkpoint) => {
      if (checkpoint.progress.evaluation?.step !== last) await writer.writeLast(checkpoint)
    },
  }
}
