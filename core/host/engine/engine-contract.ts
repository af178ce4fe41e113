/** @file What the server asks of the engine process: all that computes. Runs are named by their folders here. */
import * as z from 'zod'

import { contract } from '../../api/contract.ts'
import { TrainEvent } from '../../api/contract/metrics.ts'
import { Progress } from '../../api/contract/values.ts'
import { call, stream } from '../../api/rpc.ts'
import { PreviewRequest, TrainingRequest } from '../../studio/runs/requests.ts'

const folder = z.object({ folder: z.string() })

export const engineContract = {
  devices: contract.devices,
  training: {
    /** Makes a run in `folder`, says `created`, and trains it to its end. */
    start: stream(
      folder.extend({ request: TrainingRequest }),
      z.union([Progress, z.object({ type: z.literal('created') }), TrainEvent]),
    ),
    /** Continues the run in `folder` to its end. */
    resume: stream(folder, TrainEvent),
    /** Asks the training to save and stop; its stream then throws `cancelled`. */
    stop: call(z.void(), z.void()),
    /** Holds the training between two steps, or lets it go on. */
    pause: call(z.object({ paused: z.boolean() }), z.void()),
  },
  results: {
    evaluate: stream(folder, contract.results.evaluate.item),
    export: stream(
      folder.extend({ formats: contract.results.export.input.shape.formats, out: z.string() }),
      contract.results.export.item,
    ),
  },
  models: {
    positions: contract.models.positions,
    fewShot: stream(PreviewRequest, contract.models.fewShot.item),
  },
  predict: contract.predict,
} as const
