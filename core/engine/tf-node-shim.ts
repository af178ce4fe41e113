/**
 * @file Gives back to `node:util` two functions that TensorFlow's Node package calls in nearly every kernel:
 * `isNullOrUndefined`, removed in Node 23, and `isArray`, deprecated since. What Node still has stays Node's own.
 */
import util from 'node:util'

const removed: Readonly<Record<string, (value: unknown) => boolean>> = {
  isNullOrUndefined: (value) => value === null || value === undefined,
  isArray: (value) => Array.isArray(value),
}

/** Adds the functions that this Node lacks. The package reads them at every call, so they stay. */
export function restoreRemovedUtil(target: object = util): void {
  for (const [name, restored] of Object.entries(removed)) {
    if (!(name in target))
      Object.defineProperty(target, name, { value: restored, configurable: true, writable: true })
  }
}
