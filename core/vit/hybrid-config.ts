/** @file The ResNet in front of a hybrid Vision Transformer: its sizes and the names of its parameters. */
import type { Shape } from '../tensor/shape.ts'

/**
 * The ResNet that a hybrid's patch embedding reads instead of pixels: a root of `width` channels, and stages of so many
 * bottleneck units each; without stages it is the root alone (R+ViT-Ti/16 of "How to train your ViT?").
 */
export interface HybridStem {
  readonly width: number
  readonly units: readonly number[]
  /**
   * Whose small constants keep divisions from failing. vit_jax standardises kernels by std + 1e-5 and has 1e-6 in
   * GroupNorm; timm has √(variance + 1e-8) and 1e-5.
   */
  readonly arithmetic: 'jax' | 'timm'
}

/** Channels of one stage: inside its units, and between them. */
interface StageWidths {
  readonly inner: number
  readonly outer: number
}

/** The first stage keeps the root's width inside; each later one doubles it. */
function stageWidths({ width }: HybridStem, stage: number): StageWidths {
  const inner = width * 2 ** stage
  return { inner, outer: 4 * inner }
}

/** Pixels between neighbouring places of what the stem gives: the root has stride 4, each stage but the first 2. */
export function stemStride({ units }: HybridStem): number {
  return 4 * 2 ** Math.max(units.length - 1, 0)
}

/** Channels of what the stem gives, C. */
export function stemChannels(stem: HybridStem): number {
  return stem.units.length === 0 ? stem.width : stageWidths(stem, stem.units.length - 1).outer
}

/** `stem.stages.0.units.2`: the prefix of a unit's parameter names. */
export function unitName(stage: number, unit: number): string {
  return `stem.stages.${stage}.units.${unit}`
}

/** A kernel is [out, in, side, side] as in PyTorch, but a matrix [out, in] where it reads one place only. */
export function kernelShape(out: number, fanIn: number, side: number): Shape {
  return side === 1 ? [out, fanIn] : [out, fanIn, side, side]
}

/** The stem's parameters in the order of the forward pass; kernels are as `kernelShape` says. */
export function stemShapes(stem: HybridStem): Map<string, Shape> {
  const shapes = new Map<string, Shape>()
  const add = (conv: string, norm: string, out: number, fanIn: number, side: number): void => {
    shapes.set(`${conv}.weight`, kernelShape(out, fanIn, side))
    shapes.set(`${norm}.scale`, [out])
    shapes.set(`${norm}.bias`, [out])
  }
  add('stem.root', 'stem.norm', stem.width, 3, 7)
  let channels = stem.width
  for (const [stage, count] of stem.units.entries()) {
    const { inner, outer } = stageWidths(stem, stage)
    for (let unit = 0; unit < count; unit++) {
      const name = unitName(stage, unit)
      if (unit === 0) add(`${name}.shortcut`, `${name}.shortcutNorm`, outer, channels, 1)
      add(`${name}.conv1`, `${name}.norm1`, inner, channels, 1)
      add(`${name}.conv2`, `${name}.norm2`, inner, inner, 3)
      add(`${name}.conv3`, `${name}.norm3`, outer, inner, 1)
      channels = outer
    }
  }
  return shapes
}

/** Numbers that the root's convolution and those of all stages give for one image of so many pixels. */
export function convolutionOutputs(stem: HybridStem, pixels: number): { root: number; stages: number } {
  let stages = 0
  for (const [stage, count] of stem.units.entries()) {
    const { inner, outer } = stageWidths(stem, stage)
    const places = pixels / (16 * 4 ** stage)
    // The first unit projects its shortcut, and its first convolution comes before the stride.
    const first = 2 * outer + (stage === 0 ? 2 : 5) * inner
    stages += places * (first + (count - 1) * (2 * inner + outer))
  }
  return { root: (pixels / 4) * stem.width, stages }
}
