/** @file Answers about the results of a run. Evaluations and exports are the engine's; a stored evaluation is found here. */
import type { ServerHandlers } from '../../api/contract.ts'
import { chooseAnswers } from '../../train/evaluation/answers.ts'
import { reportOf } from '../../studio/report/report.ts'
import { readCard } from '../../studio/runs/run-card.ts'
import { dataOf, folderOf } from '../../studio/runs/runs.ts'
import { unlearnedLabels } from '../../studio/runs/unlearned-labels.ts'
import { readRecord } from '../../train/run/run-folder.ts'
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
    report: async ({ run, language }, { signal }) => {
      const folder = folderOf(run)
      const { name } = await readCard(folder)
      return { name, html: await reportOf(folder, { name, language, signal }) }
    },
    unlearned: async ({ run, files }) => {
      const { classes } = await readRecord(folderOf(run))
      return unlearnedLabels(await dataOf(run), classes, files)
    },
    choose: async ({ run, answers }) => void (await chooseAnswers(folderOf(run), answers)),
  }
}
