/** @file One studio per data folder, whose lock says where that studio can be found. */
import { AppError } from '../errors.ts'
import { say } from '../sentence.ts'
import { lockFolder, type FolderLock, type Holder } from '../files/lock.ts'

/**
 * Takes a data folder for this process; creates it if necessary. What the lock announces is the address of the studio.
 *
 * @throws AppError `busy` with the address of the studio that has it
 */
export async function lockHome(home: string): Promise<FolderLock> {
  return lockFolder(home, { make: { mode: 0o700 }, busy: (holder) => openAlready(home, holder) })
}

function openAlready(home: string, { note: url, host }: Holder): AppError {
  const where = [url, host].filter((one) => one !== null).join(', ')
  const told =
    where === ''
      ? say`ViT Studio is already open, and uses ${home}.`
      : say`ViT Studio is already open at ${where}, and uses ${home}.`
  return new AppError('busy', say`${told} Use it there, or close it first.`, url === null ? {} : { url })
}
