/**
 * @file Runs that a person deletes. Each is first only left out of the lists, so that it can be restored; it is deleted
 * for good when another is removed, or when the studio is opened again.
 */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { AppError } from '../../errors.ts'
import { isRunFolder, removeRun, whileNobodyTrains } from '../../train/run/run-folder.ts'
import { runsFolder } from '../home.ts'
import { log } from '../log.ts'
import { makeFolder } from '../../files/make-folder.ts'
import { changeCard, readCard } from './run-card.ts'

/** Leaves the run in `folder` out of every list, and deletes those that were removed before. @throws AppError `busy` */
export async function setRunAside(folder: string): Promise<void> {
  await whileNobodyTrains(folder, async () => {
    await deleteRemovedRuns()
    await changeCard(folder, { isRemoved: true })
  })
}

/** Brings it back. */
export async function restoreRun(folder: string): Promise<void> {
  await changeCard(folder, { isRemoved: false })
}

/** Deletes every run that was removed; one that cannot be deleted is named in the log. */
export async function deleteRemovedRuns(): Promise<void> {
  await makeFolder(runsFolder())
  const folders = (await readdir(runsFolder())).map((name) => join(runsFolder(), name)).filter(isRunFolder)
  for (const folder of folders) {
    try {
      if ((await readCard(folder)).isRemoved) await removeRun(folder)
    } catch (thrown) {
      log(`${folder} was removed but is still there: ${AppError.from(thrown).message}`)
    }
  }
}
