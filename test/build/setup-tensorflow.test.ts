/** @file The download of TensorFlow's library: its progress shown, ended if it hangs, with a sentence if it fails. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it, vi } from 'vitest'

import { downloadLibrary, placeBesideAddon, setUpTensorflow } from '../../build/setup-tensorflow.mjs'
import { temporaryFolder } from '../support/temporary.ts'

const arrive = `
  const { mkdirSync, writeFileSync } = require('node:fs')
  mkdirSync('lib/napi-v8', { recursive: true })
  writeFileSync('lib/napi-v8/tfjs_binding.node', process.argv.slice(2).join(' '))
`

describe('downloadLibrary', () => {
  it('lets the package download its library, showing how much has arrived', async () => {
    const { modules, folder } = packageWith(
      'tfjs-node-gpu',
      `require('node:fs').writeFileSync('part', new Uint8Array(3e6)); setTimeout(() => {${arrive}}, 1500)`,
    )
    const { printed } = await download(modules, 'gpu')
    expect(readFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), 'utf8')).toBe('gpu download')
    expect(printed).toEqual(["Downloading TensorFlow's library for NVIDIA graphics cards: 3 MB so far"])
  })

  it('finds programs of the packages, as the package expects', async () => {
    const { modules } = packageWith(
      'tfjs-node',
      `require('node:child_process').execSync('helper')\n${arrive}`,
    )
    mkdirSync(join(modules, '.bin'))
    writeFileSync(join(modules, '.bin', 'helper'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    expect((await download(modules, 'cpu')).error).toBeUndefined()
  })

  it.each([
    {
      title: 'there is no network',
      script: "throw Object.assign(new Error('getaddrinfo ENOTFOUND some.host'), { code: 'ENOTFOUND' })",
      reason: 'the server that has it cannot be reached (ENOTFOUND)',
    },
    {
      title: 'a page comes in place of the library',
      script: "throw new Error('TAR_BAD_ARCHIVE: Unrecognized archive format')",
      reason: 'what the server sent is not the library',
    },
    {
      title: 'the disk is full',
      script: "console.log('unpacking'); console.error('Error: ENOSPC: no space left.'); process.exit(1)",
      reason: 'Error: ENOSPC: no space left',
    },
    { title: 'nothing was built', script: '', reason: 'its installer ended without saying why' },
  ])('says why where $title', async ({ script, reason }) => {
    const { error } = await download(packageWith('tfjs-node', script).modules, 'cpu')
    expect(error?.message).toBe(
      `TensorFlow's library for processors could not be installed: ${reason}. Nothing else depends on it; try again later.`,
    )
  })

  it('ends a download that hangs, with all that it has started', async () => {
    const { modules, folder } = packageWith(
      'tfjs-node',
      "require('node:child_process').execSync('sleep 3; touch late')",
    )
    const { error } = await download(modules, 'cpu')
    expect(error?.message).toContain('nothing arrived for 1 seconds')
    await sleep(2500)
    expect(existsSync(join(folder, 'late'))).toBe(false)
  })
})

it('ends the download when it is interrupted', async () => {
  const { modules } = packageWith('tfjs-node-gpu', 'setTimeout(() => {}, 60_000)')
  const running = download(modules, 'gpu')
  await sleep(300)
  process.emit('SIGINT')
  expect((await running).error?.message).toContain('it was interrupted')
})

describe('placeBesideAddon', () => {
  it('copies the library of Windows to where the addon is', () => {
    const { folder } = packageWith('tfjs-node', '')
    for (const part of ['deps/lib', 'lib/napi-v8']) mkdirSync(join(folder, part), { recursive: true })
    writeFileSync(join(folder, 'deps', 'lib', 'tensorflow.dll'), 'library')
    writeFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), '')
    placeBesideAddon(folder)
    expect(readFileSync(join(folder, 'lib', 'napi-v8', 'tensorflow.dll'), 'utf8')).toBe('library')
  })
})

describe('setUpTensorflow', () => {
  it('takes no other kind', async () => {
    await expect(setUpTensorflow(['metal'])).rejects.toThrow('takes cpu, gpu or nothing; “metal” was given')
  })
})

function packageWith(name: string, script: string): { modules: string; folder: string } {
  const modules = temporaryFolder()
  const folder = join(modules, '@tensorflow', name)
  mkdirSync(join(folder, 'scripts'), { recursive: true })
  writeFileSync(join(folder, 'scripts', 'install.js'), script)
  return { modules, folder }
}

async function download(
  modules: string,
  kind: 'cpu' | 'gpu',
): Promise<{ printed: string[]; error: Error | undefined }> {
  const printed: string[] = []
  vi.spyOn(console, 'error').mockImplementation((text: string) => void printed.push(text))
  const stallSeconds = kind === 'cpu' ? 1 : 5
  const error = await downloadLibrary(modules, kind, { stallSeconds }).then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  )
  vi.restoreAllMocks()
  return { printed, error }
}
