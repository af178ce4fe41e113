/** @file The one layout of attention weights that every figure about attention reads. */
import { invariant } from '../errors.ts'
import { showShape } from '../tensor/shape.ts'
import type { FloatTensor } from '../tensor/tensor.ts'
import type { Grid } from '../vit/config.ts'

/** Stops unless `attention` is [H, T, T] with T = prefix + N tokens. */
export function checkAttention({ shape }: FloatTensor, prefix: number, grid: Grid): void {
  const tokens = prefix + grid.rows * grid.columns
  invariant(
    shape.length === 3 && shape[1] === tokens && shape[2] === tokens,
    () =>
      `attention ${showShape(shape)} for ${prefix} prefix tokens and a ${grid.rows} × ${grid.columns} grid`,
  )
}
