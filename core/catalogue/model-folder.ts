/** @file One process at a time works on a model's folder, which exists only while something is in it. */
import { rmdir } from 'node:fs/promises'

import { AppError } from '../errors.ts'
import { withLock } from '../files/lock.ts'

/**
 * Does `work` while no other process works on `folder`, which is created if necessary and removed if it stays empty.
 *
 * @throws AppError `busy` while another one does
 */
export async function withModelFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await withLock(folder, work, { make: {} })
  } finally {
    await removeEmpty(folder)
  }
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM'].includes(error.code ?? '')) throw AppError.from(error)
  })
}
