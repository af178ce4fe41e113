/** @file What the folder picker sees. */
import { mkdir, symlink } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { listFolder } from '../../../../core/studio/data/folders.ts'
import { temporaryFolder } from '../../../support/temporary.ts'
import { writeFiles } from '../../data/folders.ts'

describe('listFolder', () => {
  it('names folders in the order of people, models and how many images there are', async () => {
    const folder = temporaryFolder()
    for (const name of ['class 10', 'class 2', '.hidden']) await mkdir(join(folder, name))
    await writeFiles(folder, ['a.jpg', 'b.PNG', 'notes.txt', '.c.jpg'])
    await writeFiles(folder, ['model.safetensors'], 'abc')
    await symlink(join(folder, 'class 2'), join(folder, 'linked'))
    await symlink(join(folder, 'gone'), join(folder, 'broken'))
    const listing = await listFolder(folder)
    expect(listing.folders.map(({ name }) => name)).toEqual(['class 2', 'class 10', 'linked'])
    expect(listing.models).toEqual([
      { name: 'model.safetensors', path: join(folder, 'model.safetensors'), bytes: 3 },
    ])
    expect(listing.images).toBe(2)
    expect(listing.path).toBe(folder)
  })

  it('begins at home and ends at the top', async () => {
    const home = await listFolder(undefined)
    expect(home.path).toBe(homedir())
    expect(home.places[0]).toMatchObject({ path: homedir() })
    expect(await listFolder('/')).toMatchObject({ path: '/', name: '/', parent: null })
  })

  it('says what is wrong with a path', async () => {
    const folder = temporaryFolder()
    await writeFiles(folder, ['file'])
    await expect(listFolder(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'not_found' })
    await expect(listFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
