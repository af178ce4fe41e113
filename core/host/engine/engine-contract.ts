/** @file What the server asks of the engine process: everything the window's contract marks as computed, and training. */
import * as z from 'zod'

import { contract } from '../../api/contract.ts'
import { TrainEvent } from '../../api/contract/metrics.ts'
import { FineTuneRequest } from '../../api/contract/runs.ts'
import { Progress } from '../../api/contract/values.ts'
import { engineSide } from '../../api/placement.ts'
import { call, stream } from '../../api/rpc.ts'
import { StepTime, StepToTime } from '../../studio/runs/step-timing.ts'

const runId = z.object({ run: z.string() })

export const engineContract = {
  ...engineSide(contract),
  // The server remembers what the engine found, so that nothing waits for a training step.
  devices: contract.devices,
  // The server remembers what was timed while the machine was idle.
  timing: { step: call(StepToTime, StepTime) },
  // The server follows the training on behalf of all windows.
  training: {
    /** Makes a run of this id, says `created`, and trains it to its end. */
    start: stream(
      runId.extend({ request: FineTuneRequest }),
      z.union([Progress, z.object({ type: z.literal('created') }), TrainEvent]),
    ),
    /** Continues a run to its end. */
    resume: stream(runId, TrainEvent),
    /** Asks the training to save and stop; its stream then throws `cancelled`. */
    stop: call(z.void(), z.void()),
    /** Pauses training between two steps, or lets it continue. */
    pause: call(z.object({ paused: z.boolean() }), z.void()),
  },
} as const
