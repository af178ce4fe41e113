/** @file Calling a script: its arguments, output, exit code and folder are those of the program it starts. */
import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { copyProject } from '../support/project-copy.ts'

describe('build/run.mjs', () => {
  it('names the commands where there is none of that name', async () => {
    const { code, stderr } = await copyProject().run(['dance'])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^There is no command dance; there are start, demo, studio, /)
  })

  it('asks for a newer Node in a sentence', async () => {
    const project = copyProject()
    project.write('package.json', JSON.stringify({ type: 'module', engines: { node: '>=99.5' } }))
    const { code, stdout, stderr } = await project.run(['studio'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('ViT Studio needs Node.js 99.5 or newer')
  })

  it('hands arguments on and keeps stdout to the program', async () => {
    const project = copyProject()
    project.linkPackages()
    expect(await project.run(['studio', 'predict', 'a b', '--json'])).toEqual({
      code: 0,
      stdout: 'predict a b --json\n',
      stderr: '',
    })
    expect((await project.run(['demo', '--quick'])).stdout).toBe('demo --quick\n')
    expect((await project.run(['start'])).stdout).toBe('start\n')
  })

  it('ends with the exit code of the program, and telemetry is off in it', async () => {
    const project = copyProject()
    project.linkPackages()
    project.write(
      'core/host/cli/main.ts',
      "process.exit(process.env['ORT_DISABLE_TELEMETRY'] === '1' ? 130 : 1)\n",
    )
    expect((await project.run(['studio'])).code).toBe(130)
  })

  it('resolves paths from the folder it was called in, also through npm', async () => {
    const project = copyProject()
    project.linkPackages()
    project.write('core/host/cli/main.ts', 'console.log(process.cwd())\n')
    const photos = join(project.folder, 'photos')
    mkdirSync(photos)
    const here = `${realpathSync(photos)}\n`
    expect((await project.run(['studio'], { cwd: photos })).stdout).toBe(here)
    expect((await project.run(['studio'], { env: { INIT_CWD: photos } })).stdout).toBe(here)
    // A program that npm started may call a script from another folder.
    expect((await project.run(['studio'], { cwd: photos, env: { INIT_CWD: project.folder } })).stdout).toBe(
      here,
    )
  })

  it('is the program itself to whoever sends a signal', async () => {
    const project = copyProject()
    project.linkPackages()
    project.write(
      'core/host/cli/main.ts',
      "process.on('SIGINT', () => process.exit(42))\nsetInterval(() => process.kill(process.pid, 'SIGINT'), 10)\n",
    )
    expect((await project.run(['studio'])).code).toBe(42)
  })

  it.skipIf(process.platform === 'win32')('does not outlive npm', async () => {
    const project = copyProject()
    project.linkPackages()
    project.write('core/host/cli/main.ts', "console.log('running')\nsetInterval(() => undefined, 1000)\n")
    const shell = startUnderNpm(
      'sh',
      ['-c', `"${process.execPath}" build/run.mjs studio; true`],
      project.folder,
    )
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    // The pipe closes when the program, the last to hold it, has ended.
    await once(shell, 'close')
    expect(shell.signalCode).toBe('SIGTERM')
  })

  describe.skipIf(process.platform === 'win32')(
    'under npm, which passes on what the terminal has sent as well',
    () => {
      it('lets the program hear a signal once, and the next one after a moment', async () => {
        const program = await startUnderNpmWith(
          "process.once('SIGINT', () => console.log('stopping'))\nsetInterval(() => undefined, 1000)\nconsole.log('running')\n",
        )
        program.kill('SIGINT')
        await once(program.stdout, 'data')
        program.kill('SIGINT')
        await setTimeout(700)
        expect(program.exitCode ?? program.signalCode).toBe(null)
        program.kill('SIGINT')
        await once(program, 'close')
        expect(program.signalCode).toBe('SIGINT')
      })

      it('ends a program that does not handle the signal', async () => {
        const program = await startUnderNpmWith(
          "setInterval(() => undefined, 1000)\nconsole.log('running')\n",
        )
        program.kill('SIGTERM')
        await once(program, 'close')
        expect(program.signalCode).toBe('SIGTERM')
      })
    },
  )
})

type Program = ChildProcessByStdio<null, Readable, null>

function startUnderNpm(command: string, args: readonly string[], cwd: string): Program {
  const env = { ...process.env, npm_lifecycle_event: 'studio' }
  return spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
}

/** A command line with this source, which has printed its first line. */
async function startUnderNpmWith(source: string): Promise<Program> {
  const project = copyProject()
  project.linkPackages()
  project.write('core/host/cli/main.ts', source)
  const program = startUnderNpm(process.execPath, ['build/run.mjs', 'studio'], project.folder)
  await once(program.stdout, 'data')
  return program
}
