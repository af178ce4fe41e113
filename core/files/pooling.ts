/** @file What the head reads: how a checkpoint's tokens become one vector, and whether its own head fits that. */
import { AppError } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'
import type { Pooling } from '../vit/config.ts'
import { chosen, firstFact, type Evidence, type Fact } from './evidence.ts'
import type { Family } from './family.ts'
import type { Measured } from './listing.ts'

/**
 * The pooling: as set by a person, as stated by a neighbouring file, or as the tensors suggest.
 *
 * @throws AppError `unsupported` when the checkpoint lacks what the pooling needs
 */
export function poolingOf(evidence: Evidence, family: Family): Fact<Pooling> {
  const { measured, listing, overrides } = evidence
  if (measured.distillationToken && (overrides.pooling ?? 'distilled') === 'distilled') {
    return { value: 'distilled', from: say`there is a distillation token` }
  }
  const fact =
    chosen(overrides.pooling, declaredPooling(evidence, family)) ?? measuredPooling(measured, family)
  if (isPossible(fact.value, measured)) return fact
  throw new AppError(
    'unsupported',
    say`Pooling “${fact.value}” (${fact.from}) does not fit ${listing.file}, which has ${poolableParts(measured)}. Choose another pooling.`,
  )
}

// Those who publish an encoder for fine-tuning on the mean do not mean the pooling that its config.json happens to
// state.
function declaredPooling(evidence: Evidence, family: Family): Fact<Pooling> | undefined {
  if (family.meanPooling && evidence.measured.classes === 0) return undefined
  return firstFact(evidence, 'pooling')
}

function isPossible(
  pooling: Pooling,
  { distillationToken, classToken, attentionPooling }: Measured,
): boolean {
  if (distillationToken) return pooling === 'distilled'
  switch (pooling) {
    case 'class':
    case 'classAndMean':
      return classToken
    case 'mean':
      return true
    case 'attention':
      return attentionPooling
    case 'distilled':
      return false
  }
}

function poolableParts({ distillationToken, classToken, attentionPooling }: Measured): Sentence {
  const tokens = distillationToken
    ? say`a class and a distillation token`
    : classToken
      ? say`a class token`
      : say`no class token`
  return attentionPooling ? say`${tokens} and attention pooling` : say`${tokens} and no attention pooling`
}

function measuredPooling(measured: Measured, family: Family): Fact<Pooling> {
  if (measured.attentionPooling) return { value: 'attention', from: say`there are weights for it` }
  if (measured.doubleHead) return { value: 'classAndMean', from: say`the head is as wide as both` }
  if (!measured.classToken) return { value: 'mean', from: say`there is no class token` }
  if (measured.finalNorm === 'afterPooling') return { value: 'mean', from: say`the final norm is “fc_norm”` }
  if (family.meanPooling) return { value: 'mean', from: say`${family.name} is fine-tuned that way` }
  return { value: 'class', from: say`there is a class token` }
}

/** Why the file's head does not say the classes of `pooling`'s features; undefined where it does or there is none. */
export function headLeftOut(evidence: Evidence, pooling: Pooling): Sentence | undefined {
  const { layout, measured } = evidence
  const { classes, doubleHead } = measured
  if (measured.headLeftOut !== undefined) return measured.headLeftOut
  if (classes === 0) return undefined
  if (firstFact(evidence, 'outputs')?.value === 'quantities')
    return say`its outputs are quantities (regression), not classes`
  const declared = firstFact(evidence, 'headLeftOut')
  if (declared !== undefined) return declared.value
  if (doubleHead !== (pooling === 'classAndMean'))
    return doubleHead ? say`it reads the mean of the patches too` : say`it reads one vector alone`
  const hasPooling = firstFact(evidence, 'pooling') !== undefined
  const hasLabels = firstFact(evidence, 'labels') !== undefined
  return layout.headLeftOut?.({ measured, hasPooling, hasLabels })
}
