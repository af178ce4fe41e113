/** @file Every word of the window in English, a file for each screen. Another language is another object of this type. */
import { common } from './en/everywhere.ts'
import { palette } from './en/palette.ts'
import { steps } from './en/steps.ts'
import { home } from './en/home.ts'
import { picker } from './en/picker.ts'
import { data } from './en/data.ts'
import { catalogue } from './en/catalogue.ts'
import { model } from './en/model.ts'
import { train } from './en/train.ts'
import { results } from './en/results.ts'
import { trainings } from './en/trainings.ts'
import { use } from './en/use.ts'
import { copy, table } from './en/labels.ts'
import { wall } from './en/wall.ts'
import { worth } from './en/worth.ts'
import { inspect } from './en/inspect.ts'
import { map } from './en/map.ts'

export const en = {
  common,
  palette,
  steps,
  home,
  picker,
  data,
  catalogue,
  model,
  train,
  results,
  trainings,
  use,
  wall,
  worth,
  map,
  inspect,
  table,
  copy,
}

/** What every language has to say. */
export type Words = typeof en
