/** @file What the engine is asked for: the window's requests with the corrections of labels that apply to them. */
import * as z from 'zod'

import { FewShotRequest } from '../../api/contract/few-shot.ts'
import { Correction } from '../../api/contract/projects.ts'
import { FineTuneRequest } from '../../api/contract/runs.ts'

/** What a run is asked for, with the labels that its project has corrected. */
export const TrainingRequest = FineTuneRequest.extend({ corrections: z.array(Correction).optional() })

/** A few-shot preview, with the labels that its project has corrected. */
export const PreviewRequest = FewShotRequest.omit({ project: true }).extend({
  corrections: z.array(Correction),
})
