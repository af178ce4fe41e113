import { existsSync } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { AppError } from '../../../core/errors.ts'
import { makeFolder } from '../../../core/files/make-folder.ts'
import { mountedDisk } from '../../support/small-disk.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('makeFolder', () => {
  it('makes parents, and leaves what is there', async () => {
    const folder = join(temporaryFolder(), 'a', 'b')
    await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'c'))])
    // Many at once, each of which finds another part missing.
    for (let round = 0; round < 30; round++) {
      const deep = join(folder, `${round}`, 'x', 'y')
      await Promise.all(Array.from({ length: 6 }, async (_, index) => makeFolder(join(deep, `${index % 3}`))))
    }
    await writeFile(join(folder, 'file'), 'text')
    await makeFolder(folder)
    expect(existsSync(join(folder, 'file'))).toBe(true)
  })

  it.skipIf(process.platform === 'win32')(
    'gives folders that it makes the permissions asked for',
    async () => {
      const folder = join(temporaryFolder(), 'a', 'b')
      await makeFolder(folder, 0o700)
      for (const one of [folder, join(folder, '..')]) expect((await stat(one)).mode & 0o777).toBe(0o700)
    },
  )

  it('refuses to make one below a file', async () => {
    const file = join(temporaryFolder(), 'file')
    await writeFile(file, '')
    await expect(makeFolder(file)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(makeFolder(join(file, 'a'))).rejects.toMatchObject({ code: 'ENOTDIR' })
  })

  it.skipIf(!existsSync('/proc/self'))('comes back where the system lets nothing be made', async () => {
    await expect(makeFolder('/proc/a/b')).rejects.toMatchObject({
      code: 'io',
      message: '/proc: The system lets nothing be made in this folder. Choose another folder.',
    })
  })

  it('says of a read-only disk that it is one', async (test) => {
    const disk = mountedDisk(test, 'size=1m,ro')
    const error = await makeFolder(join(disk, 'run')).catch((thrown: unknown) => AppError.from(thrown))
    expect(error).toMatchObject({ code: 'io', message: expect.stringContaining('The disk is read-only') })
    await makeFolder(disk)
  })
})
