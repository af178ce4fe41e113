/** @file How a forged model is made. */
import type { Random } from '../../../core/tensor/random.ts'
import type { ModelFolder } from './model-folder.ts'

/** What the maker of forged models works with. */
export interface Material {
  /** Sound models, to take parts of. */
  readonly sound: readonly ModelFolder[]
  /** A path that exists if code of a model has run. */
  readonly canary: string
}

/** Makes one of a kind; what is left open is drawn. */
export type Forgery = (random: Random, material: Material) => Pick<ModelFolder, 'files' | 'opened'>
