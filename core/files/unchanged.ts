/** @file Reading files that another program may be writing at the same time: copying, downloading, exporting again. */
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'

/**
 * What `work` makes of a file, which it may read in many pieces and open more than once.
 *
 * @throws AppError `busy` where the file was changed or replaced meanwhile, also if that made `work` fail; else what `work`
 *   throws
 */
export async function whileUnchanged<T>(path: string, work: () => Promise<T>): Promise<T> {
  const before = await stateOf(path)
  const result = await work().catch(async (error: unknown) => {
    if ((await stateOf(path)) !== before) throw changed(path)
    throw error
  })
  if ((await stateOf(path)) !== before) throw changed(path)
  return result
}

async function stateOf(path: string): Promise<string> {
  return stat(path, { bigint: true }).then(
    ({ ino, size, mtimeNs, ctimeNs }) => [ino, size, mtimeNs, ctimeNs].join(' '),
    () => '',
  )
}

function changed(path: string): AppError {
  return new AppError(
    'busy',
    say`${basename(path)} was changed while it was read. Wait until whatever writes it has finished, and open it again.`,
    { path },
  )
}
