/** @file Installing packages: only when needed, silently on stdout, and with a sentence if it cannot be done. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

import { copyProject, type ProjectCopy } from '../support/project-copy.ts'

const realPackages = fileURLToPath(new URL('../../node_modules', import.meta.url))

// A fake npm: records its arguments, brings the bundlers and leaves the record of an installation.
const npm = `
const { appendFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } = require('node:fs')
appendFileSync('npm.log', process.argv.slice(2).join(' ') + '\\n')
if (existsSync('broken')) {
  console.error('npm error network is unreachable')
  process.exit(1)
}
console.log('added 1 package')
mkdirSync('node_modules', { recursive: true })
for (const name of ['esbuild', '@esbuild', 'vite', '@vitejs', 'sharp']) {
  if (!existsSync('node_modules/' + name)) symlinkSync(${JSON.stringify(realPackages)} + '/' + name, 'node_modules/' + name)
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
delete packages['']
for (const name of Object.keys(packages)) if (packages[name].optional) delete packages[name]
writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }))
`

describe('setting up', () => {
  it('installs what package-lock.json says, tools included, and only once', async () => {
    const project = projectWithNpm()
    const first = await run(project)
    expect(first).toMatchObject({ code: 0, stdout: 'ready\n' })
    expect(first.stderr).toBe('Installing the packages (once, about half a minute) ...\n')
    expect(await run(project)).toEqual({ code: 0, stdout: 'ready\n', stderr: '' })
    expect(calls(project)).toEqual([
      'ci --include=dev --ignore-scripts --no-audit --no-fund --progress=false --loglevel=error',
    ])
  })

  it.each([
    [
      'package-lock.json has changed',
      (project: ProjectCopy) => project.write('package-lock.json', lock('2.0.0')),
    ],
    ['a package is gone', (project: ProjectCopy) => writeRecord(project, {})],
    [
      'it was installed for another system',
      (project: ProjectCopy) => writeRecord(project, { os: ['plan9'] }),
    ],
    [
      'the record is damaged',
      (project: ProjectCopy) => project.write('node_modules/.package-lock.json', '{'),
    ],
    [
      'node_modules is gone',
      ({ folder }: ProjectCopy) => rmSync(join(folder, 'node_modules'), { recursive: true }),
    ],
  ])('installs again when %s', async (_, spoil) => {
    const project = projectWithNpm()
    await run(project)
    spoil(project)
    expect(await run(project)).toMatchObject({ code: 0, stdout: 'ready\n' })
    expect(calls(project)).toHaveLength(2)
  })

  it("shows npm's reason and a sentence when npm fails, and tries again the next time", async () => {
    const project = projectWithNpm()
    project.write('broken', '')
    const failed = await run(project)
    expect(failed).toMatchObject({ code: 2, stdout: '' })
    expect(failed.stderr).toContain('npm error network is unreachable')
    expect(failed.stderr).toContain('The packages could not be installed')
    rmSync(join(project.folder, 'broken'))
    expect(await run(project)).toMatchObject({ code: 0 })
  })

  it('takes a failed installation for none, whatever was installed before', async () => {
    const project = projectWithNpm()
    await run(project)
    project.write('package-lock.json', lock('2.0.0'))
    project.write('broken', '')
    await run(project)
    expect(existsSync(join(project.folder, 'node_modules/.package-lock.json'))).toBe(false)
  })

  it('says that npm is missing', async () => {
    const { code, stderr } = await projectWithNpm().run(['test'], { env: { PATH: '' } })
    expect(code).toBe(2)
    expect(stderr).toContain('npm could not be started')
  })

  it('says that package-lock.json is missing', async () => {
    const project = projectWithNpm()
    rmSync(join(project.folder, 'package-lock.json'))
    const { code, stderr } = await run(project)
    expect(code).toBe(2)
    expect(stderr).toContain('package-lock.json is missing or damaged')
  })
})

function projectWithNpm(): ProjectCopy {
  const project = copyProject()
  project.write('package-lock.json', lock('1.0.0'))
  project.write('npm/package.json', '{}')
  project.write('npm/npm-cli.js', npm)
  return project
}

function lock(version: string): string {
  const packages = {
    '': { name: 'copy', version: '1.0.0' },
    'node_modules/tool': { version, integrity: `sha512-${version}` },
    'node_modules/tool-for-plan9': { version, integrity: 'sha512-p', optional: true, os: ['plan9'] },
  }
  return JSON.stringify({ lockfileVersion: 3, packages })
}

function writeRecord(project: ProjectCopy, platform: { os?: string[] }): void {
  const tool = { version: '1.0.0', integrity: 'sha512-1.0.0', ...platform }
  const packages = platform.os === undefined ? {} : { 'node_modules/tool': tool }
  project.write('node_modules/.package-lock.json', JSON.stringify({ packages }))
}

function run(project: ProjectCopy): ReturnType<ProjectCopy['run']> {
  return project.run(['studio', 'ready'], {
    env: { npm_execpath: join(project.folder, 'npm', 'npm-cli.js') },
  })
}

function calls({ folder }: ProjectCopy): string[] {
  return readFileSync(join(folder, 'npm.log'), 'utf8').trim().split('\n')
}
