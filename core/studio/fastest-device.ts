/** @file Which device of this machine a kind stands for, among those that were probed. */
import type { Device } from '../api/contract/devices.ts'

/** A device that computes correctly. */
export type UsableDevice = Device & { readonly gflops: number }

/** The device of this kind; with `auto` the fastest. Null if it cannot be used. */
export function deviceFor(kind: string, devices: readonly Device[]): UsableDevice | null {
  const usable = devices.filter((device): device is UsableDevice => device.gflops !== null)
  // As `chooseEngine` does: TensorFlow is for those who ask for it.
  const isFitting = (one: UsableDevice): boolean =>
    kind === 'auto' ? one.kind !== 'tensorflow' : one.kind === kind
  const fitting = usable.filter(isFitting)
  return fitting.reduce<UsableDevice | null>(
    (best, device) => (best === null || device.gflops > best.gflops ? device : best),
    null,
  )
}
