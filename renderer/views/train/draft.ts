/** @file What a person has typed before training, and the choices that follow from it. */
import type { TrainingChoices } from '../../../core/api/contract/projects.ts'
import type { Augment } from '../../../core/data/augmentation.ts'
import type { Preset } from '../../../core/train/schedule.ts'

/** As typed; an empty field leaves the choice to the preset. */
export interface Draft {
  readonly preset: Preset
  readonly steps: string
  readonly batch: string
  readonly learningRate: string
  readonly warmup: string
  readonly augment: Augment
  readonly seed: string
  readonly device: string
}

const usualDraft: Draft = {
  preset: 'quick',
  steps: '',
  batch: '',
  learningRate: '',
  warmup: '',
  augment: 'standard',
  seed: '',
  device: 'auto',
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
export function choicesOf({ preset, augment, device, ...typed }: Draft): TrainingChoices | null {
  const fields = Object.keys(numberFields) as NumberField[]
  if (!fields.every((field) => isFine(field, typed[field]))) return null
  const filled = fields.filter((field) => typed[field].trim() !== '')
  const numbers: Partial<Record<NumberField, number>> = Object.fromEntries(
    filled.map((field) => [field, Number(typed[field])]),
  )
  return { preset, augment, device, seed: 0, ...numbers }
}

const typed = (value: number | undefined): string => (value === undefined ? '' : String(value))

/** The draft that decides the same. */
export function draftOf(choices: TrainingChoices | null): Draft {
  if (choices === null) return usualDraft
  const { preset, augment, device, seed } = choices
  return {
    preset,
    augment,
    device,
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
