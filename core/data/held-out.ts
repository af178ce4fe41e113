/** @file Which images of a class are held out: the one rule of every split, whether it is shown or trained on. */
import { forkRandom, shuffled } from '../tensor/random.ts'

/**
 * Which of the groups of a class are held out, as indices: about `fraction` of them, at least one and never all. A class
 * with one group stays in training. Groups are counted, not images, because a group is never separated.
 *
 * @param groups how many there are, in the order of the path of their first image
 * @param fraction in [0, 1); 0 holds nothing out
 */
export function heldOutGroups(
  groups: number,
  fraction: number,
  seed: number,
  label: number,
): ReadonlySet<number> {
  if (groups < 2 || fraction === 0) return new Set()
  const count = Math.min(Math.max(Math.round(groups * fraction), 1), groups - 1)
  const indices = Array.from({ length: groups }, (_, index) => index)
  return new Set(shuffled(indices, forkRandom(seed, label)).slice(0, count))
}
