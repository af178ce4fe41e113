/** @file Answers about the available models: what they are and cost. What they see is computed by the engine. */
import type { ServerHandlers } from '../../api/contract.ts'
import { estimate, speedOf } from '../../studio/runs/model-costs.ts'
import { describeModel, forgetModel, listModels, rememberModel } from '../../studio/models/models.ts'
import { rememberedPreview } from '../../studio/projects/remembered-preview.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `models`. */
export function modelHandlers({ devices, projects }: ServerContext): ServerHandlers['models'] {
  return {
    list: listModels,
    describe: async ({ path, overrides }) => {
      const described = await describeModel(path, overrides)
      await rememberModel(path, described.overrides ?? {})
      return described
    },
    forget: async ({ path }) => forgetModel(path),
    speed: async () => speedOf(await devices()),
    estimate,
    fewShotKnown: async ({ project }) => rememberedPreview((await projects.read(project)).id).read(),
    rememberFewShot: async ({ project, known }) =>
      rememberedPreview((await projects.read(project)).id).write(known),
  }
}
