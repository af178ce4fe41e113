/** @file Answers about the models on offer. */
import type { ApiHandlers } from '../../api/contract.ts'
import { describeModel, estimate, listModels, rememberModel } from './models.ts'

/** Answers of the subject `models`. */
export function modelHandlers(): ApiHandlers['models'] {
  return {
    list: listModels,
    describe: async ({ path }) => {
      const described = await describeModel(path)
      await rememberModel(path)
      return described
    },
    estimate: async ({ path, resolution, batch }) => estimate(path, resolution, batch),
  }
}
