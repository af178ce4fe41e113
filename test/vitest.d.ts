/** @file Types of the matchers that setup.ts registers. */
import 'vitest'

import type { Numbers, Tolerance } from './support/allclose.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/no-explicit-any, no-unused-vars -- merging wants vitest's own type parameter
  interface Matchers<T = any> {
    /** Every element within `atol + rtol * |expected|`; shapes must agree where both sides have one. */
    toBeAllclose(expected: Numbers, tolerance?: Tolerance): void
  }
}
