/** @file Doing many asynchronous things with a bound on how many are under way. */
import { at } from '../tensor/shape.ts'

/**
 * Applies `work` to every item, at most `limit` at once, starting in order. Results are in the order of the
 * items. The first failure is thrown, after the work under way has ended; nothing more is started then.
 */
export async function mapParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, place: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const place = next++
      try {
        results[place] = await work(at(items, place), place)
      } catch (error) {
        next = items.length
        throw error
      }
    }
  }
  const workers = Array.from({ length: Math.min(limit, items.length) }, worker)
  const ends = await Promise.allSettled(workers)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return results
}
