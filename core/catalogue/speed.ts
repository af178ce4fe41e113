/** @file How fast bytes arrive, over the last few seconds. */

/** A speedometer; times in milliseconds, steadily rising. */
export interface Speedometer {
  /** Notes how many bytes are here now. Fewer than before means that the file was started over. */
  readonly note: (bytes: number, now: number) => void
  /** Bytes per second; 0 until there is something to measure. */
  readonly speed: () => number
}

const windowMs = 5000

/** A speedometer that has seen nothing yet. */
export function createSpeedometer(): Speedometer {
  let seen: { readonly bytes: number; readonly now: number }[] = []
  return {
    note: (bytes, now) => {
      if (bytes < (seen.at(-1)?.bytes ?? 0)) seen = []
      seen = [...seen.filter((one) => now - one.now <= windowMs), { bytes, now }]
    },
    speed: () => {
      const [first, last] = [seen.at(0), seen.at(-1)]
      if (first === undefined || last === undefined || last.now === first.now) return 0
      return (1000 * (last.bytes - first.bytes)) / (last.now - first.now)
    },
  }
}
