/** @file sharp beside the system's GLib, as in Electron on Linux: its functions must be those of its own libvips. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { dynamicSymbols, separateGlib } from '../../build/separate-glib.mjs'
import { temporaryFolder } from '../support/temporary.ts'

const systemGlib = `/usr/lib/${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-linux-gnu/libgobject-2.0.so.0`
const installed = `node_modules/@img/sharp-linux-${process.arch}/lib`
// If Electron has been started before, it is done already.
const isToDo = process.platform === 'linux' && existsSync(installed) && !isDone()

describe.skipIf(!isToDo)('separateGlib', () => {
  it('changes a few letters of names, and only once', () => {
    const { packages, addon } = copySharp()
    const before = readFileSync(addon)
    separateGlib(packages)
    const after = readFileSync(addon)
    const changed = before.filter((byte, i) => byte !== after[i]).length
    expect(after.length).toBe(before.length)
    expect(changed).toBeGreaterThan(0)
    expect(changed).toBeLessThan(40)
    separateGlib(packages)
    expect(readFileSync(addon).equals(after)).toBe(true)
  })

  it('leaves what sharp does as it was', () => {
    const { folder, packages } = copySharp()
    const before = picture(folder)
    separateGlib(packages)
    expect(picture(folder)).toBe(before)
  })

  it.skipIf(!existsSync(systemGlib))("keeps sharp's addon apart from the system's GLib", () => {
    const { folder, packages } = copySharp()
    expect(takenFromSystem(folder)).toContain('g_object_unref')
    separateGlib(packages)
    expect(takenFromSystem(folder)).toEqual([])
  })
})

function isDone(): boolean {
  const addon = readdirSync(installed).find((file) => file.endsWith('.node')) ?? ''
  return !dynamicSymbols(readFileSync(join(installed, addon))).some(({ name }) => name.startsWith('g_'))
}

/** sharp with its libraries in a separate folder. */
function copySharp(): { folder: string; packages: string; addon: string } {
  const folder = temporaryFolder()
  const own = [`sharp-linux-${process.arch}`, `sharp-libvips-linux-${process.arch}`, 'colour'].map(
    (name) => `@img/${name}`,
  )
  for (const name of ['sharp', 'detect-libc', 'semver', ...own]) {
    cpSync(join('node_modules', name), join(folder, 'node_modules', name), { recursive: true })
  }
  const packages = join(folder, 'node_modules', '@img')
  const lib = join(packages, `sharp-linux-${process.arch}`, 'lib')
  const addon = readdirSync(lib).find((file) => file.endsWith('.node')) ?? ''
  return { folder, packages, addon: join(lib, addon) }
}

const script = `
  const svg = Buffer.from('<svg width="40" height="30"><circle cx="20" cy="15" r="9" fill="teal"/></svg>')
  require('sharp')(svg).resize(20).jpeg().toBuffer().then((jpeg) => console.log(jpeg.toString('base64')))
`

function picture(folder: string): string {
  return execFileSync(process.execPath, ['-e', script], { cwd: folder, encoding: 'utf8' })
}

/** GLib's functions that sharp's addon uses from the system, as the loader reports. */
function takenFromSystem(folder: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, LD_BIND_NOW: '1', LD_DEBUG: 'bindings', LD_PRELOAD: systemGlib },
    maxBuffer: 2 ** 28,
  })
  if (stdout === '') throw new Error('sharp has drawn nothing')
  const bindings = stderr.matchAll(
    /binding file \S*sharp-linux\S*\.node \[0\] to \S*lib(?:glib|gobject)\S* \[0\]: normal symbol `(\w+)'/g,
  )
  return Array.from(bindings, ([, name]) => name ?? '')
}
