/**
 * @file How much of what strangers may do is tried: in `npm test` a part of it, the same each time; by `npm run hostile` all. What
 * is tried is drawn from seeds, so that a number names it for good.
 */

/** Numbers of the things to try: so many, or the first part of them. */
export function seeds(all: number, part: number): number[] {
  return Array.from({ length: process.env['VIT_STUDIO_HOSTILE'] === 'all' ? all : part }, (_, seed) => seed)
}
