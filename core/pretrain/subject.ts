/** @file Subject: what a class's pictures show. It draws coverage and tone; the scene adds colours and the world around. */
import type { Canvas } from './canvas.ts'
import type { Tint } from './palette.ts'
import type { Random } from '../tensor/random.ts'

/** One class. */
export interface Subject {
  /** The colours, where they are a part of the class. */
  readonly tint?: Tint
  /** Draws an instance onto cleared `coverage` and `tone`. */
  draw(instance: Random, canvas: Canvas): void
}
