/** @file Atomic writing: whole files or nothing, and no debris. */
import { existsSync } from 'node:fs'
import { chmod, lstat, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { removeTemporaries, writeAtomic, writeFileAtomic, writeWhole } from '../../../core/files/atomic.ts'
import { temporaryFolder } from '../../support/temporary.ts'

describe('writeFileAtomic', () => {
  it('writes text and bytes, and replaces what was there', async () => {
    const path = join(temporaryFolder(), 'run.json')
    await writeFileAtomic(path, 'old and longer')
    await writeFileAtomic(path, new Uint8Array([110, 101, 119]))
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readdir(join(path, '..'))).toEqual(['run.json'])
  })

  it('makes no folder: one that was removed does not come back', async () => {
    const folder = join(temporaryFolder(), 'gone')
    await expect(writeFileAtomic(join(folder, 'file'), 'text')).rejects.toMatchObject({ code: 'ENOENT' })
    expect(existsSync(folder)).toBe(false)
  })

  it('puts the file before aside where that is asked for', async () => {
    const folder = temporaryFolder()
    const [path, previous] = [join(folder, 'last'), join(folder, 'previous')]
    const write = async (text: string): Promise<void> =>
      writeAtomic(path, async (file) => file.writeFile(text), previous)
    await write('first')
    expect(existsSync(previous)).toBe(false)
    await write('second')
    await write('third')
    expect([await readFile(path, 'utf8'), await readFile(previous, 'utf8')]).toEqual(['third', 'second'])
  })

  it('keeps the old file and leaves nothing behind when writing fails half-way', async () => {
    const path = join(temporaryFolder(), 'weights')
    await writeFileAtomic(path, 'old')
    const failing = writeAtomic(path, async (file) => {
      await file.write('new, but')
      throw new Error('the disk is gone')
    })
    await expect(failing).rejects.toThrow('the disk is gone')
    expect(await readFile(path, 'utf8')).toBe('old')
    expect(await readdir(join(path, '..'))).toEqual(['weights'])
  })

  it('lets ten writers at once end with one whole file', async () => {
    const path = join(temporaryFolder(), 'shared')
    const texts = Array.from({ length: 10 }, (_, index) => String(index).repeat(10_000))
    await Promise.all(texts.map((text) => writeFileAtomic(path, text)))
    expect(texts).toContain(await readFile(path, 'utf8'))
    expect(await readdir(join(path, '..'))).toEqual(['shared'])
  })

  it.skipIf(process.getuid?.() === 0)(
    'names the target, not its temporary file, when it may not write',
    async () => {
      const folder = join(temporaryFolder(), 'locked')
      await mkdir(folder)
      await chmod(folder, 0o500)
      const path = join(folder, 'file')
      await expect(writeFileAtomic(path, 'text')).rejects.toMatchObject({ code: 'EACCES', path })
    },
  )

  it('refuses a folder in the place of the file and cleans up', async () => {
    const folder = temporaryFolder()
    await mkdir(join(folder, 'target'))
    await writeFile(join(folder, 'target', 'inside'), '')
    await expect(writeFileAtomic(join(folder, 'target'), 'text')).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['target'])
  })
})

describe.skipIf(process.platform === 'win32')('writeWhole', () => {
  it('replaces what a link leads to, and keeps it when writing fails', async () => {
    const folder = temporaryFolder()
    const [file, link] = [join(folder, 'table.csv'), join(folder, 'link')]
    await writeFile(file, 'old')
    await symlink(file, link)
    const failing = writeWhole(link, async (handle) => {
      await handle.write('half')
      throw new Error('stopped')
    })
    await expect(failing).rejects.toThrow('stopped')
    expect(await readFile(file, 'utf8')).toBe('old')
    await writeWhole(link, async (handle) => handle.writeFile('new'))
    expect(await readFile(file, 'utf8')).toBe('new')
    expect((await lstat(link)).isSymbolicLink()).toBe(true)
    expect((await readdir(folder)).toSorted()).toEqual(['link', 'table.csv'])
  })

  it('writes to a device as it is', async () => {
    await writeWhole('/dev/null', async (handle) => handle.writeFile('text'))
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true)
  })
})

describe('removeTemporaries', () => {
  it('removes what a killed writer left, and nothing else', async () => {
    const folder = temporaryFolder()
    const kept = ['.hidden', '.other.0123456789ab.tmp', 'model.tmp', 'model.safetensors']
    for (const name of [...kept, '.model.safetensors.0123456789ab.tmp'])
      await writeFile(join(folder, name), '')
    await removeTemporaries(folder, ['model.safetensors'])
    expect((await readdir(folder)).toSorted()).toEqual(kept.toSorted())
  })
})
