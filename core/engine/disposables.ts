/** @file What holds memory of a device is given back, also when a later step of making it fails. */

/** Something that holds memory until it is disposed of. */
export interface Disposable {
  readonly dispose: () => void | Promise<void>
}

/** Keeps what was made so far. */
export interface Disposables extends Disposable {
  readonly keep: <T extends Disposable>(one: T) => T
  /** Disposes of everything, the last first. */
  readonly dispose: () => Promise<void>
}

/** Makes something of parts that it keeps; when that fails, the parts made so far are disposed of. */
export async function makeOrDispose<T>(make: (parts: Disposables) => Promise<T>): Promise<T> {
  const kept: Disposable[] = []
  const dispose = async (): Promise<void> => {
    for (const one of kept.splice(0).toReversed()) await one.dispose()
  }
  try {
    return await make({
      keep: (one) => {
        kept.push(one)
        return one
      },
      dispose,
    })
  } catch (error) {
    await dispose()
    throw error
  }
}
