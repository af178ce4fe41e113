/** @file Answers about what came of a run: its evaluation, which is kept, and its exports. */
import { join } from 'node:path'

import type { ApiHandlers } from '../../api/contract.ts'
import { exportFolder } from '../../studio/home.ts'
import { dataOf, folderOf } from '../../studio/runs/runs.ts'
import { readEvaluation, stateOfWeights, storeEvaluation } from '../../studio/runs/stored-evaluation.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `results`. */
export function resultHandlers({ engine, thumbnails }: ServerContext): ApiHandlers['results'] {
  return {
    evaluate: async function* ({ run }, context) {
      const folder = folderOf(run)
      thumbnails.allow((await dataOf(run)).validationRoot)
      const weights = await stateOfWeights(folder)
      for await (const item of engine.api().results.evaluate({ folder }, context)) {
        if (item.type === 'done' && weights !== null) await storeEvaluation(folder, weights, item.evaluation)
        yield item
      }
    },
    stored: async ({ run }) => {
      const evaluation = await readEvaluation(folderOf(run))
      if (evaluation !== null) thumbnails.allow(evaluation.root)
      return evaluation
    },
    export: ({ run, formats, out = exportFolder(run) }, context) => {
      const [only] = formats
      // What is written alone goes into a folder of its own as well: it would mix with what was written before.
      const target = only !== undefined && formats.length === 1 ? join(out, only) : out
      return engine.api().results.export({ folder: folderOf(run), formats, out: target }, context)
    },
  }
}
