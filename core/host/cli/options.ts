/** @file Options whose values are checked on input: a wrong one gets a sentence with option, value and range. */
import { Option } from 'commander'
import * as z from 'zod'

import { AppError } from '../../errors.ts'
import { engineKinds, type EngineKind } from '../../engine/engine.ts'

/** Which numbers an option takes. `above` and `below` leave out the bound itself. */
export interface NumberRange {
  readonly whole?: boolean
  readonly min?: number
  readonly above?: number
  readonly max?: number
  readonly below?: number
}

const decimal = z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i)

/** An option that takes one number. */
export function numberOption(flags: string, description: string, range: NumberRange): Option {
  const option = new Option(flags, description)
  const schema = decimal.transform(Number).pipe(schemaOf(range))
  return option.argParser((given) => {
    const parsed = schema.safeParse(given)
    if (parsed.success) return parsed.data
    throw new AppError(
      'invalid_input',
      `${option.long} takes ${describeRange(range)}; “${given}” was given. Correct it and try again.`,
      { option: option.long ?? flags, given },
    )
  })
}

/** The share that is held out; the same wherever images are divided. */
export function validationSplitOption(): Option {
  return numberOption('--val-split <share>', 'share of the images held out for validation', {
    min: 0,
    below: 1,
  }).default(0.2)
}

/** The seed; the same wherever images are divided. */
export function seedOption(): Option {
  return numberOption('--seed <n>', 'seed for everything random', {
    whole: true,
    min: 0,
    max: 2 ** 32 - 1,
  }).default(0)
}

function schemaOf({ whole, min, above, max, below }: NumberRange): z.ZodNumber {
  let schema = whole === true ? z.int() : z.number()
  if (min !== undefined) schema = schema.min(min)
  if (above !== undefined) schema = schema.gt(above)
  if (max !== undefined) schema = schema.max(max)
  if (below !== undefined) schema = schema.lt(below)
  return schema
}

function describeRange({ whole, min, above, max, below }: NumberRange): string {
  const kind = whole === true ? 'a whole number' : 'a number'
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`
  const bounds = [
    ...(min === undefined ? [] : [`at least ${min}`]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(max === undefined ? [] : [`at most ${max}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ]
  return bounds.length === 0 ? kind : `${kind} ${bounds.join(' and ')}`
}

/** Three numbers, one per channel. */
export type Channels = [number, number, number]

/** An option that takes three numbers with commas between them, for the channels R, G, B. */
export function channelsOption(flags: string, description: string, range: NumberRange): Option {
  const option = new Option(flags, description)
  const schema = z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(decimal.transform(Number).pipe(schemaOf(range))).length(3))
  return option.argParser((given): Channels => {
    const parsed = schema.safeParse(given)
    if (parsed.success) return parsed.data as Channels
    throw new AppError(
      'invalid_input',
      `${option.long} takes three numbers with commas between them, each ${describeRange(range)}; ` +
        `“${given}” was given. Example: ${option.long} 0.5,0.5,0.5`,
      { option: option.long ?? flags, given },
    )
  })
}

/** An option that takes whole numbers with commas between them, at least one. */
export function wholeNumbersOption(flags: string, description: string, range: NumberRange): Option {
  const option = new Option(flags, description)
  const whole = { ...range, whole: true }
  const schema = z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(decimal.transform(Number).pipe(schemaOf(whole))))
  return option.argParser((given) => {
    const parsed = schema.safeParse(given)
    if (parsed.success) return parsed.data
    throw new AppError(
      'invalid_input',
      `${option.long} takes numbers with commas between them, each ${describeRange(whole)}; ` +
        `“${given}” was given. Correct it and try again.`,
      { option: option.long ?? flags, given },
    )
  })
}

/** The device to compute on. */
export type EngineChoice = EngineKind | 'auto'

/** `--engine`: `auto` takes the fastest device that computes correctly. */
export function engineOption(): Option {
  return new Option('--engine <kind>', 'device to compute on')
    .choices(['auto', ...engineKinds])
    .default('auto')
}

/** `--engine` of what works with a model that is there: a run stays on its own device unless another is asked for. */
export function modelEngineOption(): Option {
  return new Option(
    '--engine <kind>',
    'device to compute on (default: that of the run, or else the fastest)',
  ).choices(['auto', ...engineKinds])
}
