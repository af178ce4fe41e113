/** @file Whether a file is the model that a catalogue entry means, judged by what is recognised in it. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { describeCheckpoint } from '../files/checkpoint.ts'
import type { CatalogueModel } from './models.ts'

/**
 * Makes sure of it.
 *
 * @throws AppError `invalid_input` with what differs, or why the file cannot be read
 */
export async function requireSameModel(path: string, model: CatalogueModel): Promise<void> {
  const { config, family, parameterCount } = await describeCheckpoint(path)
  const facts: readonly (readonly [what: string, found: number, meant: number])[] = [
    ['width', config.width, model.width],
    ['number of blocks', config.depth, model.depth],
    ['patch side', config.patch, model.patch],
    ['resolution', config.grid.rows * config.patch, model.resolution],
    ['number of classes', config.classes, model.classes],
    ['number of parameters', parameterCount, model.parameters],
  ]
  const wrong = facts.find(([, found, meant]) => found !== meant)
  if (wrong === undefined) return
  const [what, found, meant] = wrong
  throw new AppError(
    'invalid_input',
    say`This is not ${model.name} (${model.family}), but another model: ${family}, whose ${what} is ${found} instead of ${meant}. To use it as it is, open it as your own file.`,
    { path, found, meant },
  )
}

/**
 * Makes sure that a file is not known as a member of another family: models of the same size may differ in nothing else.
 * A plain ViT without further signs may be any of them.
 *
 * @throws AppError `invalid_input` with both families, or why the file cannot be read
 */
export async function requireSameFamily(path: string, model: CatalogueModel): Promise<void> {
  const { family } = await describeCheckpoint(path)
  const [name = ''] = family.split(' (')
  const mayBeAny = /^(self-supervised )?ViT\b/.test(name)
  if (mayBeAny || name === model.family || name.startsWith(`${model.family} with`)) return
  throw new AppError(
    'invalid_input',
    say`This is not ${model.name} (${model.family}), but a model of another family: ${family}. To use it as it is, open it as your own file.`,
    { path, found: name, meant: model.family },
  )
}
