/** @file What a run reports, live and as stored. */
import * as z from 'zod'

import { EvaluationEvent, ExamplesEvent, LaterEvent, StartEvent } from '../../train/events.ts'
import { bytes } from './values.ts'
import { KeptSentence } from '../../sentence.ts'

/** What a run has reported, in the order of its steps. */
export const RunHistory = z.object({
  /** `unpackSteps` reads them. */
  steps: bytes,
  evaluations: z.array(EvaluationEvent),
  examples: z.array(ExamplesEvent),
})

/** What a run reports while it trains. */
export const TrainEvent = z.discriminatedUnion('type', [
  StartEvent.extend({
    device: z.object({ kind: z.string(), name: z.string() }),
    /** Sentences about devices that were left out. */
    remarks: z.array(KeptSentence),
  }),
  ...LaterEvent.options,
])
export type TrainEvent = z.output<typeof TrainEvent>
