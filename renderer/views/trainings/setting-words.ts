/** @file The settings of a training as people read them: the name of each, and its value. */
import { optimiserNames } from '../../../core/optim/optimiser-kind.ts'
import type { DifferingSetting } from '../../store/differing-settings.ts'
import { augmentationNames } from '../../text/augmentations.ts'
import { count, twoFigures } from '../../text/format.ts'
import { text } from '../../text/text.ts'

type Value = DifferingSetting['values'][number]
type Names = Readonly<Record<string, string>>

/** What a setting is called. */
export function nameOfSetting(name: string): string {
  return text.results.settings[name] ?? name
}

/** A value of a setting, in words where it has some. */
export function valueOfSetting(name: string, value: Value): string {
  if (value === null) return name === 'firstResolution' ? text.trainings.oneResolution : '–'
  if (typeof value === 'boolean') return value ? text.trainings.yes : text.trainings.no
  if (name === 'model') return nameOfModel(String(value))
  if (name === 'learningRate') return twoFigures(Number(value))
  if (name === 'resolution') return text.model.pixels(Number(value))
  if (name === 'firstResolution') return text.trainings.started(Number(value))
  if (name === 'seed' || name === 'momentum' || name === 'clip') return String(value)
  if (typeof value === 'number') return count(value)
  return namesOfValues(name)[value] ?? value
}

function namesOfValues(name: string): Names {
  switch (name) {
    case 'optimiser':
      return optimiserNames
    case 'head':
      return text.train.heads
    case 'balance':
      return text.train.balances
    case 'augment':
      return augmentationNames
    case 'train':
      return text.train.partNames
    case 'framing':
      return Object.fromEntries(
        Object.entries(text.train.framings).map(([key, { name: said }]) => [key, said]),
      )
    default:
      return {}
  }
}

const general = /^(model|weights|pytorch_model)\./

/** A model by its file or folder; by the folder where every such file has the same name. */
export function nameOfModel(source: string): string {
  const parts = source.split(/[/\\]/).filter((part) => part !== '')
  const last = parts.at(-1) ?? source
  const name = general.test(last) ? (parts.at(-2) ?? last) : last
  return name === 'starter' ? text.model.starter : name.replace(/\.(safetensors|npz|pth|pt|bin)$/, '')
}
