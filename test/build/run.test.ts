/** @file Calling a script: its arguments, output, exit code and folder are those of the program it starts. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

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
    // A program that npm started may call a script from a folder of its own.
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
    const command = `"${process.execPath}" build/run.mjs studio; true`
    const env = { ...process.env, npm_lifecycle_event: 'studio' }
    const shell = spawn('sh', ['-c', command], {
      cwd: project.folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(shell.stdout, 'data')
    shell.kill('SIGTERM')
    // The pipe closes when the program, the last to hold it, has ended.
    await once(shell, 'close')
    expect(shell.signalCode).toBe('SIGTERM')
  })
})
