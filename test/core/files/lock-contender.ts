/** @file A process that takes a folder again and again and checks whether anyone else is in it; started by lock.test.ts. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { AppError } from '../../../core/errors.ts'
import { lockFolder } from '../../../core/files/lock.ts'
import { isRunning } from '../../../core/files/process-identity.ts'

const [, , folder = '', rounds = '0'] = process.argv
const inside = join(folder, 'inside')
const told = { won: 0, refused: 0, met: 0 }

for (let round = 0; round < Number(rounds); round++) {
  const lock = await lockFolder(folder).catch((thrown: unknown) => {
    if (AppError.from(thrown).code !== 'busy') throw thrown
    return null
  })
  if (lock === null) told.refused++
  else {
    told.won++
    if (await somebodyIsInside()) told.met++
    await writeFile(inside, String(process.pid))
    await delay(10 * Math.random())
    await rm(inside)
    await lock.release()
  }
  await delay(10 * Math.random())
}
process.stdout.write(JSON.stringify(told))

async function somebodyIsInside(): Promise<boolean> {
  const pid = Number(await readFile(inside, 'utf8').catch(() => '0'))
  // One that was killed in there has ended, even while its parent has not yet asked how.
  return pid !== 0 && isRunning({ pid, started: '0', machine: '' })
}
