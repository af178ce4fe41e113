/** @file Answers about the results of a run. Evaluations and exports are the engine's; a stored evaluation is found here. */
import type { ServerHandlers } from '../../api/contract.ts'
import { chooseAnswers } from '../../train/evaluation/answers.ts'
import { folderOf } from '../../studio/runs/runs.ts'
import { precisionRecallOf, readEvaluation } from '../../studio/runs/stored-evaluation.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `results`. */
export function resultHandlers({ thumbnails }: ServerContext): ServerHandlers['results'] {
  return {
    stored: async ({ run, fairness }) => {
      const evaluation = await readEvaluation(folderOf(run), fairness)
      if (evaluation !== null) thumbnails.allow(evaluation.root)
      return evaluation
    },
    precisionRecall: async ({ run, labels }) => precisionRecallOf(folderOf(run), labels),
    choose: async ({ run, answers }) => void (await chooseAnswers(folderOf(run), answers)),
  }
}
