/** @file Answers about the models on offer: what they are and cost is known here, what they see the engine computes. */
import type { ApiHandlers } from '../../api/contract.ts'
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import { estimate, speedOf } from '../../studio/runs/model-costs.ts'
import {
  describeModel,
  forgetModel,
  listModels,
  rememberedOverrides,
  rememberModel,
} from '../../studio/models/models.ts'
import type { ServerContext } from './context.ts'

/** Answers of the subject `models`. */
export function modelHandlers({ engine, devices, projects }: ServerContext): ApiHandlers['models'] {
  return {
    list: listModels,
    describe: async ({ path, overrides }) => {
      const described = await describeModel(path, overrides)
      await rememberModel(path, described.overrides ?? {})
      return described
    },
    forget: async ({ path }) => forgetModel(path),
    speed: async () => speedOf(await devices()),
    estimate: estimate,
    positions: async (request, context) => engine.api().models.positions(await corrected(request), context),
    fewShot: async function* ({ project, models, ...request }, context) {
      const corrections = project === undefined ? [] : (await projects.read(project)).corrections
      const all = await Promise.all(models.map(corrected))
      yield* engine.api().models.fewShot({ ...request, models: all, corrections }, context)
    },
  }
}

/** With the corrections that are remembered, where none are given. */
async function corrected<
  T extends { readonly path: string; readonly overrides?: ModelOverrides | undefined },
>(request: T): Promise<T> {
  return { ...request, overrides: request.overrides ?? (await rememberedOverrides(request.path)) }
}
