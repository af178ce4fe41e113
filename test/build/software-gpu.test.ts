/** @file Unpacking the software GPU: completely or not at all, however many processes want it at once. */
import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

import { copyProject } from '../support/project-copy.ts'

const isSupported = process.platform === 'linux' && process.arch === 'x64'
const print =
  "import { softwareGpuEnvironment } from './build/software-gpu.mjs'; console.log(JSON.stringify(softwareGpuEnvironment()))"

describe.skipIf(!isSupported)(`the driver${isSupported ? '' : ' (skipped: it is for Linux on x64)'}`, () => {
  it('is unpacked once by processes that start together', async () => {
    const { folder, linkPackages } = copyProject()
    linkPackages()
    const start = (): Promise<{ stdout: string }> =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', print], {
        cwd: folder,
        env: { PATH: process.env['PATH'], LD_LIBRARY_PATH: '/elsewhere' },
      })
    const outcomes = await Promise.all([start(), start(), start()])
    const cache = join(folder, 'node_modules', '.cache', 'vit-studio')
    const [driver = '', ...others] = readdirSync(cache)
    expect(others).toEqual([])
    expect(readdirSync(join(cache, driver)).toSorted()).toEqual([
      'libvk_swiftshader.so',
      'libvulkan.so.1',
      'vk_swiftshader_icd.json',
    ])
    for (const { stdout } of outcomes) {
      expect(JSON.parse(stdout)).toEqual({
        LD_LIBRARY_PATH: `${join(cache, driver)}:/elsewhere`,
        VK_ICD_FILENAMES: join(cache, driver, 'vk_swiftshader_icd.json'),
      })
    }
  })
})
