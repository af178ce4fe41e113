/** @file Bundling: it happens when the sources have changed, and no half-written or outdated bundle is ever run. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { copyProject, type ProjectCopy } from '../support/project-copy.ts'

describe('bundling', () => {
  it('follows the sources, and leaves the bundle alone while they stay the same', async () => {
    const project = linkedProject()
    await project.run(['build'])
    const before = bundleTime(project)
    expect((await project.run(['studio', 'one'])).stdout).toBe('one\n')
    expect(bundleTime(project)).toBe(before)
    project.write('core/words.ts', "export const words: string = 'two'\n")
    project.write('core/host/cli/main.ts', "import { words } from '../../words.ts'\nconsole.log(words)\n")
    expect((await project.run(['studio'])).stdout).toBe('two\n')
    project.write('core/words.ts', "export const words: string = 'three'\n")
    expect((await project.run(['studio'])).stdout).toBe('three\n')
  })

  it('shows the mistake and does not run the old bundle', async () => {
    const project = linkedProject()
    await project.run(['build'])
    project.write('core/host/cli/main.ts', 'const = 3\n')
    const { code, stdout, stderr } = await project.run(['studio'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('The sources do not compile.')
    expect(stderr).toContain('core/host/cli/main.ts:1')
  })

  it('is safe when several scripts start at once', async () => {
    const project = linkedProject()
    const outcomes = await Promise.all(['a', 'b', 'c'].map((word) => project.run(['studio', word])))
    expect(outcomes.map(({ stdout }) => stdout)).toEqual(['a\n', 'b\n', 'c\n'])
    expect(readdirSync(join(project.folder, 'dist')).filter((file) => file.endsWith('.tmp'))).toEqual([])
  })
})

function linkedProject(): ProjectCopy {
  const project = copyProject()
  project.linkPackages()
  return project
}

function bundleTime({ folder }: ProjectCopy): number {
  return statSync(join(folder, 'dist', 'cli.mjs')).mtimeMs
}
