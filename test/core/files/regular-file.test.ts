/** @file Only regular files are opened, only small ones are read whole, and nothing else holds a thread. */
import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { openRegularFile, readTextFile } from '../../../core/files/regular-file.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('readTextFile', () => {
  it('reads a text up to its largest size, through a link too', async () => {
    const folder = temporaryFolder()
    const [file, link] = [join(folder, 'a.json'), join(folder, 'b.json')]
    writeFileSync(file, 'äöü')
    symlinkSync(file, link)
    expect(await readTextFile(file, 6)).toBe('äöü')
    expect(await readTextFile(link, 6)).toBe('äöü')
    await expect(readTextFile(file, 5)).rejects.toThrow(/a\.json has 0\.0 MB, more than/)
  })

  it('reports a missing file as the system does, and a folder as what it is', async () => {
    const folder = temporaryFolder()
    await expect(readTextFile(join(folder, 'none'), 1)).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(readTextFile(folder, 1)).rejects.toThrow(/is a folder, but a file was expected/)
  })

  it.skipIf(process.platform === 'win32')('refuses devices and pipes at once, however many', async () => {
    const folder = temporaryFolder()
    const pipes = Array.from({ length: 8 }, (_, i) => join(folder, `${i}.json`))
    execFileSync('mkfifo', pipes)
    for (const path of [...pipes, '/dev/zero', '/dev/stdin']) {
      await expect(readTextFile(path, 1e6)).rejects.toThrow(/is a pipe, a socket or a device/)
      await expect(openRegularFile(path)).rejects.toThrow(/is a pipe, a socket or a device/)
    }
  })
})
