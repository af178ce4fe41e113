/** @file How a model that is valid but not supported is refused. */
import { AppError, type ErrorDetails } from '../errors.ts'
import { say, type Sentence } from '../sentence.ts'

/** What can be opened. A new family is named here. */
const supportedFamilies = say`ViT, its hybrids with ResNet, DeiT, DINO, DINOv2, MAE, CLIP and SigLIP`

/** What to do with a model of another kind. */
const usualAdvice = say`Choose another checkpoint: ${supportedFamilies} can be opened.`

/** A refusal of a model that is none of those supported: what it is, and what to do instead. */
export function refusal(file: string, what: Sentence, advice = usualAdvice): AppError {
  return new AppError('unsupported', say`${file} is ${what}. This kind of model is not supported. ${advice}`)
}

/** A refusal of a model whose tensors do not fit together like those of a supported one: how they differ. */
export function misfit(file: string, difference: Sentence, details: ErrorDetails = {}): AppError {
  return new AppError(
    'unsupported',
    say`${file} ${difference}. It is a model of another kind, or a part of one. ${usualAdvice}`,
    details,
  )
}
