/** @file `npm start`: Electron if it runs, otherwise the browser at once with one line why; it never waits long. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, it, vi } from 'vitest'

import { copyProject, type Outcome, type ProjectCopy } from '../support/project-copy.ts'

const screen = { DISPLAY: ':7' }
const inBrowser = 'The studio opens in your browser: '

// A fake of Electron's installer; each test decides its outcome.
const installer = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
appendFileSync(join(__dirname, 'installer.log'), process.env.TMPDIR + '\\n')
const how = readFileSync(join(__dirname, 'how.txt'), 'utf8')
if (how === 'unreachable') {
  console.error('TypeError: fetch failed\\n  [cause]: Error: getaddrinfo ENOTFOUND some.host')
  process.exit(1)
}
if (how === 'slow') setInterval(() => writeFileSync(join(process.env.TMPDIR, 'part' + Date.now()), 'more'), 200)
if (how === 'silent') setInterval(() => undefined, 1000)
if (how === 'works') {
  mkdirSync(join(__dirname, 'dist'), { recursive: true })
  writeFileSync(join(__dirname, 'dist', 'electron'), '#!/bin/sh\\necho "window $*"\\n', { mode: 0o755 })
  writeFileSync(join(__dirname, 'dist', 'version'), '9.9.9')
  writeFileSync(join(__dirname, 'path.txt'), 'electron')
}
`

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it('opens Electron with the project and its arguments, and ends as it ends', async () => {
    const project = projectWith('works')
    const folder = electronThat(project, 'echo "window $*"\nexit 7')
    const env = { ...screen, ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_RUN_AS_NODE: '1' }
    const { code, stdout, stderr } = await project.run(['start', 'photos.vitstudio'], { env })
    // 7 within seconds would be a machine on which it does not run; so it is reported and the browser opens.
    expect(stdout).toBe(`window ${project.folder} photos.vitstudio\nstart photos.vitstudio\n`)
    expect(stderr).toBe(`${inBrowser}Electron does not run here (code 7).\n`)
    expect(code).toBe(0)
    electronThat(project, 'test -z "$ELECTRON_RUN_AS_NODE" && exit 2')
    expect(await project.run(['start'], { env })).toEqual({ code: 2, stdout: '', stderr: '' })
  })

  it('opens the browser where Electron crashes at once', async () => {
    const project = projectWith('works')
    const env = { ...screen, ELECTRON_OVERRIDE_DIST_PATH: electronThat(project, 'kill -TRAP $$') }
    expect(await project.run(['start'], { env })).toEqual({
      code: 0,
      stdout: 'start\n',
      stderr: `${inBrowser}Electron does not run here (SIGTRAP).\n`,
    })
  })

  it('opens the browser, and downloads nothing, where there is no screen or it is asked to', async () => {
    const project = projectWith('works')
    expect((await project.run(['start'])).stderr).toBe(`${inBrowser}there is no screen here.\n`)
    expect(await project.run(['start', '--browser', '--port', '9'], { env: screen })).toEqual({
      code: 0,
      stdout: 'start --port 9\n',
      stderr: '',
    })
    const env = { ...screen, VIT_STUDIO_SHELL: 'browser' }
    expect((await project.run(['start'], { env })).stderr).toBe('')
    expect(installations(project)).toBe(0)
  })

  it('downloads Electron once', async () => {
    const project = projectWith('works')
    const opened = `window ${project.folder}\n`
    expect(await start(project)).toMatchObject({ code: 0, stdout: opened })
    expect(await start(project)).toMatchObject({ code: 0, stdout: opened })
    expect(installations(project)).toBe(1)
  })

  it('says why it cannot be downloaded, and does not try again at every start', async () => {
    const project = projectWith('unreachable')
    const reason = 'Electron could not be downloaded (the server that has it cannot be reached (ENOTFOUND))'
    const line = `${inBrowser}${reason}; npm start -- --electron tries again.\n`
    expect(await start(project)).toEqual({ code: 0, stdout: 'start\n', stderr: line })
    expect((await start(project)).stderr).toBe(line)
    expect(installations(project)).toBe(1)
    project.write('node_modules/electron/how.txt', 'works')
    expect((await start(project, '--electron')).stdout).toBe(`window ${project.folder}\n`)
  })

  it('waits neither for a server that is silent nor for a slow one', async () => {
    const project = projectWith('silent')
    const { downloadElectron } = (await import(
      pathToFileURL(join(project.folder, 'build', 'electron.mjs')).href
    )) as typeof import('../../build/electron.mjs')
    const printed = vi.spyOn(console, 'error').mockReturnValue()
    expect(await downloadElectron({ stallSeconds: 1 })).toBe(
      'Electron could not be downloaded (nothing arrived for 1 seconds)',
    )
    project.write('node_modules/electron/how.txt', 'slow')
    const ends = new Set(process.listeners('exit'))
    expect(await downloadElectron({ stallSeconds: 5, limit: 2 })).toBe('Electron is still being downloaded')
    // It continues while this process lives.
    process.listeners('exit').find((listener) => !ends.has(listener))?.(0)
    expect(printed.mock.calls.flat().at(-1)).toMatch(
      /^Downloading Electron \(once, about 120 MB\): \d+ MB so far$/,
    )
    printed.mockRestore()
  })
})

async function start(project: ProjectCopy, ...args: string[]): Promise<Outcome> {
  return project.run(['start', ...args], { env: screen })
}

/** A project whose Electron is the fake above. */
function projectWith(how: 'works' | 'unreachable' | 'silent'): ProjectCopy {
  const project = copyProject()
  project.linkPackages()
  rmSync(join(project.folder, 'node_modules', 'electron'))
  // Starting Electron changes sharp's libraries; those of this project are left as they are.
  rmSync(join(project.folder, 'node_modules', '@img'))
  project.write('node_modules/electron/package.json', '{ "version": "9.9.9" }')
  project.write('node_modules/electron/install.js', installer)
  project.write('node_modules/electron/how.txt', how)
  return project
}

/** A folder with an Electron that is a shell script. */
function electronThat(project: ProjectCopy, script: string): string {
  const folder = join(project.folder, 'electron-folder')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return folder
}

function installations({ folder }: ProjectCopy): number {
  const log = join(folder, 'node_modules', 'electron', 'installer.log')
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').length : 0
}
