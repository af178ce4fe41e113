/** @file The secrets of one loopback server: a key for its address, which opens one window once, and what windows come back with. */
import { randomBytes, timingSafeEqual } from 'node:crypto'

import type { Credentials } from '../../api/admission.ts'

/** Decides who is let in. */
export interface Access {
  /** The key that has not been used yet. */
  readonly key: () => string
  /**
   * The secret, for a window that presents the key or the secret; null for everyone else. A key that was presented is
   * used up.
   */
  readonly admit: (shown: Credentials) => string | null
}

/** Fresh secrets. `onKeyUsed` is called once there is another key. */
export function createAccess(onKeyUsed: () => void): Access {
  const secret = randomSecret()
  let key = randomSecret()
  return {
    key: () => key,
    admit: (shown) => {
      const hasKey = isEqual(shown.key, key)
      if (hasKey) {
        key = randomSecret()
        onKeyUsed()
      }
      return hasKey || isEqual(shown.secret, secret) ? secret : null
    },
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares in constant time, which reveals nothing about how much matched. */
function isEqual(given: string | undefined, wanted: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
