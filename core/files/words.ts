/** @file How recognised facts are named in sentences for people. */
import { say, type Sentence } from '../sentence.ts'
import type { Gelu, Normalisation, Pooling, PositionResize } from '../vit/config.ts'
import type { HybridStem } from '../vit/hybrid-config.ts'

export const poolingNames: Readonly<Record<Pooling, Sentence>> = {
  class: say`the class token`,
  mean: say`the mean of the patch tokens`,
  distilled: say`the mean of class and distillation token`,
  classAndMean: say`the class token and the mean of the patch tokens, side by side`,
  attention: say`attention pooling, in which one learned query attends to the patches`,
}

export const geluNames: Readonly<Record<Gelu, Sentence>> = {
  erf: say`exact (erf)`,
  tanh: say`by its tanh approximation`,
  quick: say`by x · sigmoid(1.702 x)`,
}

export const resizeNames: Readonly<Record<PositionResize, Sentence>> = {
  jax: say`as vit_jax does (bilinear, corners aligned)`,
  timm: say`as timm does (bicubic, antialiased)`,
  hf: say`as transformers does (bicubic)`,
  dino: say`as DINO does (bicubic, with its offset)`,
}

export const arithmeticNames: Readonly<Record<HybridStem['arithmetic'], Sentence>> = {
  jax: say`as vit_jax does (kernels over std + 1e-5, GroupNorm epsilon 1e-6)`,
  timm: say`as timm does (kernels over √(variance + 1e-8), GroupNorm epsilon 1e-5)`,
}

/** `Pixels are normalised by mean … and standard deviation …` */
export function showNormalisation({ mean, std }: Normalisation): Sentence {
  return say`Pixels are normalised by mean ${mean.join(', ')} and standard deviation ${std.join(', ')}`
}

const longestName = 80

/** A name from a file in quotation marks: on one line, and cut if it is longer than any meaningful name. */
export function quoted(name: string): string {
  const shown = name.length > longestName ? `${name.slice(0, longestName)}…` : name
  return `“${shown.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�')}”`
}
