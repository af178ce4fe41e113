/** @file Which images of a class are held out: the one rule of every split, whether it is shown or trained on. */
import { forkRandom, shuffled } from '../tensor/random.ts'

/**
 * Which of the groups of a class are held out, as indices: those that a person holds back, and as many more as make
 * about `fraction` of them, at least one and never all. A class with one group stays in training. Groups are counted, not
 * images, because a group is never separated.
 *
 * @param groups how many there are, in the order of the path of their first image
 * @param fraction in [0, 1); 0 draws nothing
 * @param byHand those that a person holds back, which may be all
 */
export function heldOutGroups(
  groups: number,
  fraction: number,
  seed: number,
  label: number,
  byHand: ReadonlySet<number> = new Set(),
): ReadonlySet<number> {
  if (groups < 2 || fraction === 0) return byHand
  const count = Math.min(Math.max(Math.round(groups * fraction), 1), groups - 1)
  const indices = Array.from({ length: groups }, (_, index) => index)
  const drawn = shuffled(indices, forkRandom(seed, label)).filter((index) => !byHand.has(index))
  return new Set([...byHand, ...drawn.slice(0, Math.max(0, count - byHand.size))])
}
