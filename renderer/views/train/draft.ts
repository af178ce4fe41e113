/** @file What a person has typed before training, and the choices that follow from it. */
import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import type { Augment } from '../../../core/data/augmentation.ts'
import type { Balance } from '../../../core/data/balance.ts'
import type { FramingChoice } from '../../../core/data/framing-choice.ts'
import type { OptimiserKind } from '../../../core/optim/optimiser-kind.ts'
import type { HeadStart } from '../../../core/train/choices.ts'
import type { Preset } from '../../../core/train/schedule.ts'

/** As typed; an empty field leaves the choice to the preset. */
export interface Draft {
  readonly preset: Preset
  readonly steps: string
  readonly batch: string
  readonly learningRate: string
  readonly warmup: string
  readonly augment: Augment | ''
  readonly head: HeadStart | ''
  readonly train: Part
  readonly lower: Lower | ''
  readonly balance: Balance
  readonly optimiser: OptimiserKind
  readonly framing: FramingChoice
  readonly seed: string
  readonly device: string
  /** Whether the best setting is found first; null where the preset decides. */
  readonly search: boolean | null
}

/** Which parameters are trained, as a list offers it. */
export const parts = ['everything', 'allButEmbedding', 'last8', 'last4', 'last2', 'head'] as const
export type Part = (typeof parts)[number]

/** Whether most steps are made at half the resolution. */
export const lowers = ['half', 'none'] as const
export type Lower = (typeof lowers)[number]

const lowShare = 0.8

const usualDraft: Draft = {
  preset: 'quick',
  steps: '',
  batch: '',
  learningRate: '',
  warmup: '',
  augment: '',
  head: '',
  train: 'everything',
  lower: '',
  balance: 'none',
  optimiser: 'sgd',
  framing: 'squash',
  seed: '',
  device: 'auto',
  search: null,
}

/** Fields that hold a number; all but the learning rate are whole, from `least` up. */
const numberFields = {
  steps: { least: 1, isWhole: true },
  batch: { least: 1, isWhole: true },
  learningRate: { least: 0, isWhole: false },
  warmup: { least: 0, isWhole: true },
  seed: { least: 0, isWhole: true },
} as const
export type NumberField = keyof typeof numberFields

/** Whether a field is empty or contains a valid number. */
export function isFine(field: NumberField, typed: string): boolean {
  const { least, isWhole } = numberFields[field]
  if (typed.trim() === '') return true
  const value = Number(typed)
  return isWhole ? Number.isSafeInteger(value) && value >= least : Number.isFinite(value) && value > least
}

/** What the draft decides; null if a field is invalid. */
export function choicesOf(draft: Draft, resolution: number | null): TrainingChoices | null {
  const { preset, augment, head, train, lower, balance, optimiser, framing, device, search, ...typed } = draft
  const fields = Object.keys(numberFields) as NumberField[]
  if (!fields.every((field) => isFine(field, typed[field]))) return null
  const filled = fields.filter((field) => typed[field].trim() !== '')
  const numbers: Partial<Record<NumberField, number>> = Object.fromEntries(
    filled.map((field) => [field, Number(typed[field])]),
  )
  return {
    preset,
    device,
    balance,
    optimiser,
    framing,
    seed: 0,
    ...(augment === '' ? {} : { augment }),
    ...(head === '' ? {} : { head }),
    ...(search === null ? {} : { search }),
    ...(train === 'everything' ? {} : { train: partOf(train) }),
    ...lowerOf(lower, resolution),
    ...numbers,
  }
}

function partOf(part: Part): TrainingChoices['train'] {
  const [, count] = /^last(\d+)$/.exec(part) ?? []
  if (count !== undefined) return { part: 'lastBlocks', count: Number(count) }
  return { part: part === 'head' || part === 'allButEmbedding' ? part : 'everything' }
}

function nameOfPart(train: TrainingChoices['train']): Part {
  if (train === undefined) return 'everything'
  const name = train.part === 'lastBlocks' ? `last${train.count}` : train.part
  return parts.find((part) => part === name) ?? 'everything'
}

function lowerOf(lower: Lower | '', resolution: number | null): Pick<TrainingChoices, 'progressive'> {
  if (lower === '' || resolution === null) return {}
  return {
    progressive: lower === 'none' ? null : { resolution: Math.round(resolution / 2), share: lowShare },
  }
}

function nameOfLower(progressive: TrainingChoices['progressive']): Lower | '' {
  if (progressive === undefined) return ''
  return progressive === null ? 'none' : 'half'
}

const typed = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** The draft that decides the same. */
export function draftOf(choices: TrainingChoices | null): Draft {
  if (choices === null) return usualDraft
  const { preset, augment, head, train, progressive, balance, optimiser, framing, device, search, seed } =
    choices
  return {
    preset,
    augment: augment ?? '',
    head: head ?? '',
    train: nameOfPart(train),
    lower: nameOfLower(progressive),
    balance,
    optimiser,
    framing,
    device,
    search: search ?? null,
    steps: typed(choices.steps),
    batch: typed(choices.batch),
    learningRate: typed(choices.learningRate),
    warmup: typed(choices.warmup),
    seed: seed === 0 ? '' : String(seed),
  }
}

/** The smallest whole number a field takes. */
export function leastOf(field: NumberField): number {
  return numberFields[field].least
}
