/**
 * @file The most that a model from a file may compute. A few bytes can ask for any amount of memory and time: attention
 * grows with the square of the positions, which cost one row each. So what is allowed grows with the weights that a file
 * holds, far beyond what models have and far below what harms.
 */

/** What one image takes on its way through a model. */
export interface ComputeCost {
  /** Numbers of the largest value on the way. */
  readonly largest: number
  /** Multiplications, and `perElement` for each number that another operator gives. */
  readonly operations: number
  /** Numbers that the weights hold. */
  readonly weights: number
}

/** A number that an operator other than a product gives takes about as long as so many multiplications. */
export const perElement = 16

/** An image is there as bytes, as numbers and in the order of its patches, before anything is computed. */
export const timesOfImage = 3

// The attention of a ViT-B for 1024 pixels, and of a ViT-Ti/16 for 1280; the largest models at 518 pixels, with room.
const mostLargest = ({ weights }: ComputeCost): number => Math.min(2 ** 28, 1e8 + 8 * weights)
const mostOperations = ({ weights }: ComputeCost): number => Math.min(2e13, 2e10 + 6e4 * weights)

/** Whether a cost is within these limits. */
export function isWithinLimits(cost: ComputeCost): boolean {
  return cost.largest <= mostLargest(cost) && cost.operations <= mostOperations(cost)
}
