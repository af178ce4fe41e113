/** @file Options that say what is trained, and at which resolution training starts. */
import { Option } from 'commander'

import { FramingChoice } from '../../data/framing-choice.ts'

import { AppError } from '../../errors.ts'
import type { Progressive } from '../../train/choices.ts'
import type { Trainable } from '../../vit/trainable.ts'

/** `--train all|no-embed|last:N|head`. */
export function trainOption(): Option {
  const option = new Option(
    '--train <part>',
    'parameters that are trained: all, no-embed, last:N (blocks) or head',
  )
  return option.default({ part: 'everything' }, 'all').argParser((given): Trainable => {
    const [, blocks] = /^last:([1-9]\d{0,3})$/.exec(given) ?? []
    if (blocks !== undefined) return { part: 'lastBlocks', count: Number(blocks) }
    if (given === 'all') return { part: 'everything' }
    if (given === 'no-embed') return { part: 'allButEmbedding' }
    if (given === 'head') return { part: 'head' }
    throw refusal('--train', given, 'all, no-embed, last:N with a number of blocks, or head')
  })
}

/** What `--train` was given, for people. */
export function trainText(trainable: Trainable): string {
  const names = { everything: 'all', allButEmbedding: 'no-embed', head: 'head' } as const
  return trainable.part === 'lastBlocks' ? `last:${trainable.count}` : names[trainable.part]
}

/** `--progressive R:SHARE`, or `none`. */
export function progressiveOption(): Option {
  const option = new Option(
    '--progressive <R:SHARE>',
    'this share of the steps at R pixels, the rest at --resolution; or none',
  )
  // Commander takes null for a value that is missing.
  return option.argParser((given): Progressive | 'none' => {
    if (given === 'none') return given
    const [, resolution, share] = /^([1-9]\d{0,3}):(0?\.\d+)$/.exec(given) ?? []
    if (resolution !== undefined && Number(share) > 0)
      return { resolution: Number(resolution), share: Number(share) }
    throw refusal('--progressive', given, 'a resolution and a share between 0 and 1, as 112:0.8, or none')
  })
}

function refusal(option: string, given: string, takes: string): AppError {
  return new AppError(
    'invalid_input',
    `${option} takes ${takes}; “${given}” was given. Correct it and try again.`,
    { option, given },
  )
}

/** `--framing`. */
export function framingOption(): Option {
  return new Option(
    '--framing <how>',
    'how a whole image meets the square: squash it, crop its middle, or letterbox it with bars',
  )
    .choices(FramingChoice.options)
    .default('squash')
}
