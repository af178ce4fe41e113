/**
 * @file How much of what strangers may do is tried: part of it in `npm test`, the same each time; all of it by
 * `npm run hostile`. What is tried is drawn from seeds, so that a number identifies it permanently.
 */

/** Numbers of the things to try: this many, or the first part of them. */
export function seeds(all: number, part: number): number[] {
  return Array.from({ length: process.env['VIT_STUDIO_HOSTILE'] === 'all' ? all : part }, (_, seed) => seed)
}
