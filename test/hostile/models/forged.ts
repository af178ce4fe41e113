/** @file Models made to do harm, drawn from a number. */
import { createRandom } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import { forgedConfigs, forgedRuns } from './forged-configs.ts'
import { forgedNpzFiles } from './forged-npz.ts'
import { forgedOnnxFiles } from './forged-onnx.ts'
import { forgedPlaces } from './forged-places.ts'
import { forgedSafetensorsFiles } from './forged-safetensors.ts'
import { forgedArchives, forgedPickles } from './forged-torch.ts'
import type { Forgery, Material } from './forgery.ts'
import type { ModelFolder } from './model-folder.ts'

const kinds: readonly (readonly [string, Forgery])[] = Object.entries({
  safetensors: forgedSafetensorsFiles,
  pickle: forgedPickles,
  archive: forgedArchives,
  npz: forgedNpzFiles,
  onnx: forgedOnnxFiles,
  config: forgedConfigs,
  run: forgedRuns,
  place: forgedPlaces,
}).flatMap(([container, forgeries]) =>
  Object.entries(forgeries).map(([name, forgery]) => [`${container}: ${name}`, forgery] as const),
)

// Coprime to the number of kinds, so that the first numbers are of all containers and all numbers of all kinds.
const stride = 37

/** How many kinds there are. */
export const forgedKinds = kinds.length

/** The model of a number. */
export function forgedModel(seed: number, material: Material): ModelFolder {
  const [name, forgery] = at(kinds, (seed * stride) % kinds.length)
  return { name: `forged ${seed} ${name}`, ...forgery(createRandom(seed), material) }
}
