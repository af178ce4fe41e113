import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'
import * as z from 'zod'

import { AppError } from '../../../core/errors.ts'
import { jsonFile } from '../../../core/files/json-store.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const Counts = z.strictObject({ names: z.array(z.string()), total: z.number().default(0) })

describe('a JSON file of ours', () => {
  it('comes back as it was written, and is nothing before that', async () => {
    const path = join(temporaryFolder(), 'a', 'counts.json')
    const file = jsonFile(path, Counts, { makesFolder: true, indent: 2 })
    expect(await file.read()).toBeNull()
    await file.write({ names: ['x'], total: 1 })
    expect(await file.read()).toEqual({ names: ['x'], total: 1 })
    expect(await readFile(path, 'utf8')).toBe('{\n  "names": [\n    "x"\n  ],\n  "total": 1\n}\n')
  })

  it('takes changes that are asked for at once one after the other, whoever opened it', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const names = Array.from({ length: 20 }, (_, index) => String(index))
    const add = async (name: string) =>
      jsonFile(path, Counts).change((before) => {
        if (name === '7') throw new Error('no')
        return { names: [...(before?.names ?? []), name], total: 0 }
      })
    const all = await Promise.allSettled(names.map(add))
    expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    expect((await jsonFile(path, Counts).read())?.names).toEqual(names.filter((name) => name !== '7'))
  })

  it('is refused where it is damaged, with its path and the reason', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const file = jsonFile(path, Counts)
    await writeFile(path, '{"names": ["x"')
    await expect(file.read()).rejects.toThrow(`${path} cannot be understood (it is not valid JSON)`)
    await writeFile(path, '{"names": [1]}')
    await expect(file.read()).rejects.toThrow('“names.0”: ')
    await expect(file.change(() => ({ names: [], total: 0 }))).rejects.toMatchObject({
      code: 'invalid_input',
    })
    expect(await readFile(path, 'utf8')).toBe('{"names": [1]}')
  })

  it('is nothing, or another error, where that is asked for', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    await writeFile(path, '{"names": "newer"}')
    const lenient = jsonFile(path, Counts, { damaged: 'nothing' })
    expect(await lenient.read()).toBeNull()
    const own = jsonFile(path, Counts, {
      damaged: (content) => new AppError('unsupported', JSON.stringify(content)),
    })
    await expect(own.read()).rejects.toThrow('{"names":"newer"}')
    expect(await lenient.change(() => ({ names: [], total: 2 }))).toEqual({ names: [], total: 2 })
    expect(await own.read()).toEqual({ names: [], total: 2 })
  })

  it('is not written where it is not what the schema says', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const wrong = { names: [1] } as unknown as z.output<typeof Counts>
    await expect(jsonFile(path, Counts).write(wrong)).rejects.toThrow()
    expect(await jsonFile(path, Counts).read()).toBeNull()
  })

  it('shows by its check sum what its form does not', async () => {
    const path = join(temporaryFolder(), 'counts.json')
    const file = jsonFile(path, Counts, { sealed: true })
    await file.write({ names: ['x'], total: 1 })
    expect(await file.read()).toEqual({ names: ['x'], total: 1 })
    const changed = (await readFile(path, 'utf8')).replace('"total":1', '"total":2')
    await writeFile(path, changed)
    await expect(file.read()).rejects.toThrow('is not as it was written')
    await writeFile(path, changed.replace(/,"check":"\w+"/, ''))
    expect(await file.read()).toEqual({ names: ['x'], total: 2 })
  })
})
