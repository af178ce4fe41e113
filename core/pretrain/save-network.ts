/** @file The result of pretraining: the network without the head that classified formulas. */
import { writeHuggingFace } from '../files/export-hf.ts'
import { squashed } from '../vit/config.ts'
import { pretrainingModel, type Pretraining } from './pretraining-folder.ts'

/**
 * Writes the current network, as a Hugging Face folder of half precision without a head.
 *
 * @returns the paths written
 */
export async function saveNetwork(directory: string, { settings, state }: Pretraining): Promise<string[]> {
  const { config, normalisation } = pretrainingModel(settings)
  const parameters = new Map([...state.parameters].filter(([name]) => !name.startsWith('head.')))
  const network = { config: { ...config, classes: 0 }, parameters, normalisation, labels: [] }
  return writeHuggingFace(
    directory,
    { ...network, positionResize: 'timm', framing: squashed },
    { type: 'F16' },
  )
}
