/** @file A model that looks at photos without being trained: for suggestions and for the map. */
import type { ModelOverrides } from '../../api/contract/overrides.ts'
import { openModel, ownPreprocessing, preprocessingOf } from '../../train/model/open-model.ts'
import type { FrozenModel } from '../../train/probe/few-shot-features.ts'
import { isRunFolder } from '../../train/run/run-folder.ts'
import { rememberedOverrides } from './models.ts'

/**
 * The model at a path. A trained one prepares photos as it was trained to; one to start from as training would.
 * Corrections that are left out are those remembered for it.
 *
 * @throws AppError where it cannot be read
 */
export async function openFrozen(path: string, overrides: ModelOverrides | undefined): Promise<FrozenModel> {
  const model = await openModel(path, overrides ?? (await rememberedOverrides(path)))
  return { ...model, preprocessing: isRunFolder(path) ? ownPreprocessing(model) : preprocessingOf(model) }
}
