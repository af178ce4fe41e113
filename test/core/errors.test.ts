/** @file System errors as sentences: real ones, made on this machine. */
import { once } from 'node:events'
import { execFileSync } from 'node:child_process'
import { mkdir, open, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { AppError } from '../../core/errors.ts'
import { temporaryFolder } from '../support/temporary.ts'

const told = async (work: () => Promise<unknown>): Promise<AppError> =>
  work().then(
    () => expect.fail('it worked'),
    (error: unknown) => AppError.from(error),
  )

describe.skipIf(process.platform === 'win32')('a system error becomes a sentence', () => {
  const cases: [string, string, RegExp, (folder: string) => Promise<unknown>][] = [
    [
      'a loop of links',
      'invalid_input',
      /loop of links/,
      async (folder) => {
        await symlink(join(folder, 'a'), join(folder, 'a'))
        return readFile(join(folder, 'a'))
      },
    ],
    [
      'a name too long',
      'invalid_input',
      /too long.*shorter/,
      async (folder) => readFile(join(folder, 'a'.repeat(300))),
    ],
    [
      'a file over 2 GiB where a text was expected',
      'unsupported',
      /larger than 2 GiB/,
      async (folder) => {
        const path = join(folder, 'config.json')
        await writeFile(path, '')
        await truncate(path, 2 ** 31 + 1)
        return readFile(path, 'utf8')
      },
    ],
    ['a path with a zero byte', 'invalid_input', /zero byte/, async (folder) => readFile(`${folder}/a\0b`)],
    [
      'a socket',
      'invalid_input',
      /device or a pipe/,
      async (folder) => {
        const server = createServer()
        server.listen(join(folder, 's'))
        await once(server, 'listening')
        return readFile(join(folder, 's')).finally(() => server.close())
      },
    ],
    [
      'a folder that is not empty',
      'invalid_input',
      /not empty|already exists/,
      async (folder) => {
        await mkdir(join(folder, 'a'))
        await mkdir(join(folder, 'b', 'c'), { recursive: true })
        return rename(join(folder, 'a'), join(folder, 'b'))
      },
    ],
  ]
  it.each(cases)('for %s', async (_, code, sentence, work) => {
    const error = await told(async () => work(temporaryFolder()))
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) })
  })

  it.skipIf(!existsSync('/proc/self/mem'))('for a file that cannot be read as such', async () => {
    expect(await told(async () => readFile('/proc/self/mem'))).toMatchObject({
      code: 'io',
      message: expect.stringContaining('The disk could not be read or written'),
    })
  })

  it.skipIf(!existsSync('/dev/full'))('for a full disk', async () => {
    const error = await told(async () => writeFile('/dev/full', 'text'))
    expect(error).toMatchObject({ code: 'io', message: expect.stringContaining('The disk is full') })
  })

  it('for a file larger than the account allows', () => {
    const path = join(temporaryFolder(), 'big')
    const script = `require('fs/promises').writeFile(${JSON.stringify(path)}, Buffer.alloc(1e6)).catch((e) => console.log(JSON.stringify(e)))`
    const limited = ['-c', 'ulimit -f 8; exec "$0" -e "$1"', process.execPath, script]
    const system = Object.assign(
      new Error('write'),
      JSON.parse(execFileSync('sh', limited, { encoding: 'utf8' })),
    )
    expect(AppError.from(system)).toMatchObject({
      code: 'io',
      message: expect.stringMatching(/larger than this disk or your account/),
    })
  })

  it('for one that has no sentence of its own', () => {
    const odd = Object.assign(new Error('EPROTO: protocol error, read'), { code: 'EPROTO', syscall: 'read' })
    expect(AppError.from(odd)).toMatchObject({
      code: 'io',
      message: 'The system refused it (EPROTO: protocol error, read).',
    })
  })

  it('but not for a wrong call of ours, nor for any other error', async () => {
    const file = await open(join(temporaryFolder(), 'f'), 'w')
    await file.close()
    const closed = await told(async () => file.write('text'))
    expect(closed.code).toBe('internal')
    expect(AppError.from(new TypeError('x is not a function')).code).toBe('internal')
  })
})
