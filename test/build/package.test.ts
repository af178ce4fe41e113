/** @file What a packaged studio contains, and that what it contains runs. Electron itself is a fake; the rest is real. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { extractAll, listPackage, statFile } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'

import { configuration } from '../../build/electron-builder.mjs'
import { licenceNotices, noticeOf } from '../../build/licences.mjs'
import { runtimePackages, surplusPackages, windowPackages } from '../../build/packages.mjs'
import { dynamicSymbols } from '../../build/separate-glib.mjs'
import { inEnglish, outside } from '../../core/sentence.ts'
import { openWindow } from '../core/host/server/served.ts'
import { writeFakeElectron } from '../support/fake-electron-folder.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'vit-studio-package-'))
const app = join(folder, 'out', 'linux-unpacked')
const archive = join(app, 'resources', 'app.asar')
const unpacked = join(app, 'resources', 'app.asar.unpacked')
const extracted = join(folder, 'extracted')

describe.skipIf(process.platform !== 'linux')('npm run package', () => {
  let printed = ''
  let files: string[] = []

  beforeAll(async () => {
    const { version } = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')) as {
      version: string
    }
    const electron = await writeFakeElectron(join(folder, 'electron'), version)
    // A separate process, as npm starts one; it has no network.
    const script = `(await import('./build/package.mjs')).packageStudio([], { output: '${join(folder, 'out')}' })`
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: electron, HTTPS_PROXY: 'http://127.0.0.1:9' },
    })
    printed = stderr
    files = listPackage(archive, { isPack: false }).filter((file) => !isFolder(file))
    extractAll(archive, extracted)
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('says where the program is and how large', () => {
    expect(printed).toMatch(/The packaged studio is in .*out: \d+ MB\.\n$/)
    expect(existsSync(join(app, 'vit-studio'))).toBe(true)
  })

  it('holds the bundles, the window, the starter and the packages they need, and nothing else', () => {
    const tops = new Set(files.map((file) => file.split('/').slice(1, 3).join('/')))
    const others = [...tops].filter((top) => !top.startsWith('node_modules/'))
    expect(others.toSorted()).toEqual([
      'LICENSE',
      'build/starter',
      'dist/cli.mjs',
      'dist/electron.mjs',
      'dist/engine.mjs',
      'dist/heic-worker.mjs',
      'dist/icon.png',
      'dist/layout-worker.mjs',
      'dist/preload.cjs',
      'dist/render-worker.mjs',
      'dist/renderer',
      'package.json',
    ])
    expect(files).toContain('/dist/renderer/index.html')
    expect(files.filter((file) => /\.(ts|tsx|map)$/.test(file))).toEqual([])
    // By name, because the packager may put a package into another node_modules than npm did.
    const packed = new Set(files.map(packageOf).filter((name) => name !== ''))
    const needed = new Set(runtimePackages().map(lastName))
    expect([...packed].filter((path) => !needed.has(lastName(path)))).toEqual([])
    expect([...packed]).toEqual(expect.arrayContaining(ownDependencies()))
  })

  it('has libraries of this system only, each as a file of its own', () => {
    const libraries = files.filter((file) => /\.(node|dll|dylib|so)(\.[\d.]+)?$/.test(file))
    const foreign = libraries.filter(
      (file) => !file.includes(`linux-${process.arch}`) && !file.includes(`linux/${process.arch}`),
    )
    expect(libraries.length).toBeGreaterThanOrEqual(4)
    expect(foreign).toEqual([])
    expect(libraries.filter((file) => !existsSync(join(unpacked, file)))).toEqual([])
    expect(existsSync(join(unpacked, 'build/starter/model.safetensors'))).toBe(true)
  })

  it("keeps sharp apart from the system's GLib, which Electron loads", () => {
    const addon = files.find((file) => /@img\/sharp-linux-\w+\/.*\.node$/.test(file)) ?? ''
    const wanted = dynamicSymbols(readFileSync(join(unpacked, addon))).filter(({ isDefined }) => !isDefined)
    expect(wanted.filter(({ name }) => name.startsWith('vips_')).length).toBeGreaterThan(0)
    expect(wanted.filter(({ name }) => name.startsWith('g_'))).toEqual([])
  })

  it('has what the sample pictures are drawn from', () => {
    expect(files).toContain('/node_modules/@iconify-json/noto/icons.json')
    expect(files).toContain('/node_modules/@iconify-json/fluent-emoji-flat/icons.json')
  })

  it('has the decoder of HEIC photos, as a file that one may replace, and no other build of it', () => {
    const decoder = files.filter((file) => file.includes('/libheif-js/') && /\.(wasm|m?js)$/.test(file))
    expect(decoder.toSorted()).toEqual([
      '/node_modules/libheif-js/index.js',
      '/node_modules/libheif-js/libheif-wasm/libheif.js',
      '/node_modules/libheif-js/libheif-wasm/libheif.wasm',
      '/node_modules/libheif-js/wasm-bundle.js',
      '/node_modules/libheif-js/wasm.js',
    ])
    expect(existsSync(join(unpacked, 'node_modules/libheif-js/libheif-wasm/libheif.wasm'))).toBe(true)
  })

  it('comes without TensorFlow, whose native library is not there either', () => {
    expect(files.filter((file) => file.includes('tensorflow'))).toEqual([])
    expect(existsSync('node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node')).toBe(false)
  })

  it('has the licences of all that it contains', () => {
    const notices = readFileSync(join(app, 'resources', 'licences.txt'), 'utf8')
    for (const name of [
      'ViT Studio',
      'sharp ',
      'onnxruntime-node ',
      'react-dom ',
      '@fontsource-variable/inter ',
    ]) {
      expect(notices).toContain(name)
    }
    expect(existsSync(join(app, 'LICENSE.electron.txt'))).toBe(true)
  })

  it('sets Electron up to run this program and no other', async () => {
    const wire = await getCurrentFuseWire(join(app, 'vit-studio'))
    const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === '1'.charCodeAt(0)
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  })

  it('serves its window, finds its starter, and starts an engine with its libraries', async () => {
    const server = spawn(process.execPath, ['dist/cli.mjs', 'serve', '--json'], {
      cwd: extracted,
      env: { ...process.env, VIT_STUDIO_HOME: join(folder, 'home') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(async () => {
      server.kill('SIGTERM')
      await once(server, 'exit')
    })
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    const { url } = JSON.parse(String(line)) as { readonly url: string }
    const page = await fetch(new URL('/', url))
    expect(await page.text()).toContain('<div id="root">')
    const api = await openWindow({ url, secret: null })
    expect((await api.models.list()).find(({ source }) => source === 'starter')?.problem).toBeNull()
    const devices = await api.devices.list()
    expect(devices.find(({ kind }) => kind === 'cpu')).toMatchObject({ reason: null })
    const { reason } = devices.find(({ kind }) => kind === 'tensorflow') ?? {}
    expect(inEnglish(reason ?? outside(''))).toContain('not installed')
  })

  function isFolder(file: string): boolean {
    return 'files' in statFile(archive, file.slice(1))
  }
})

describe('what is packed', () => {
  it('leaves out all of TensorFlow and what only TensorFlow needs, and nothing else', () => {
    const surplus = surplusPackages()
    expect(surplus).toEqual(expect.arrayContaining(['@tensorflow/tfjs-node', 'core-js', 'adm-zip']))
    for (const name of ['sharp', 'semver', 'onnxruntime-common', 'zod']) expect(surplus).not.toContain(name)
    expect(windowPackages()).toEqual(expect.arrayContaining(['node_modules/react', 'node_modules/scheduler']))
  })

  it('has the text of a licence for every package, and of what those bring without it', () => {
    const notices = licenceNotices()
    expect(notices).not.toContain('Licence: undefined')
    const noticeFor = (name: string): string =>
      notices.split('='.repeat(80)).find((notice) => notice.trimStart().startsWith(`${name} `)) ?? ''
    for (const [name, ...texts] of [
      [
        'onnxruntime-node',
        'Copyright (c) Microsoft Corporation',
        'The Dawn & Tint Authors',
        'LLVM Release License',
        'MICROSOFT DIRECTX MACHINE LEARNING (DIRECTML)',
      ],
      ['onnxruntime-common', 'Copyright (c) Microsoft Corporation', 'Permission is hereby granted'],
      ['libheif-js', 'GNU LESSER GENERAL PUBLIC LICENSE', 'GNU GENERAL PUBLIC LICENSE'],
      ['@bufbuild/protobuf', 'Apache License', 'Copyright 2008 Google Inc.'],
      ['@iconify-json/noto', 'Apache License'],
      ['@iconify-json/fluent-emoji-flat', 'Copyright (c) Microsoft Corporation'],
      ['@img/sharp-libvips-linux-x64', 'GNU LESSER GENERAL PUBLIC LICENSE', 'GNU GENERAL PUBLIC LICENSE'],
    ] as const) {
      for (const text of existsSync(`node_modules/${name}`) ? texts : [])
        expect(noticeFor(name), name).toContain(text)
    }
  })

  it('has the licence of every library that is a part of libvips', () => {
    const listed = /^node_modules\/@img\/sharp-libvips-[\w-]+$/
    const libvips = runtimePackages().find((path) => listed.test(path) && existsSync(path)) ?? ''
    const rows = readFileSync(join(libvips, 'README.md'), 'utf8').matchAll(/^\| ([\w-]+) +\| (.+?) +\|$/gm)
    const parts = [...rows].flatMap(([, name = '', terms = '']) =>
      name === 'Library' || terms.startsWith('LGPL') ? [] : [name],
    )
    expect(parts.length).toBeGreaterThan(15)
    const texts = readFileSync('build/licences/libvips-parts.txt', 'utf8')
    expect(parts.filter((name) => !texts.includes(`\n${name}\n${'-'.repeat(80)}\n`))).toEqual([])
  })

  it('refuses a package whose licence is nowhere', () => {
    const bare = join(folder, 'bare')
    mkdirSync(bare, { recursive: true })
    writeFileSync(
      join(bare, 'package.json'),
      JSON.stringify({ name: 'bare', version: '1.0.0', license: 'MIT' }),
    )
    expect(() => noticeOf(bare)).toThrow('bare comes without the text of its licence (MIT)')
  })
})

describe('the configuration', () => {
  const places = { output: '/out', electron: null, icons: '/icons', licences: '/licences.txt' }

  it('names where updates are announced only where that is known', () => {
    expect(configuration(places, {}).publish).toBeNull()
    expect(configuration(places, { VIT_STUDIO_UPDATE_URL: 'https://updates.example' }).publish).toEqual({
      provider: 'generic',
      url: 'https://updates.example',
    })
  })

  it('makes what people install on each system, for macOS with the rights it needs', () => {
    const { win, mac, linux, fileAssociations } = configuration(places, {})
    expect([win?.target, mac?.target, linux?.target]).toEqual(['nsis', 'dmg', ['AppImage', 'deb']])
    expect(mac?.hardenedRuntime).toBe(true)
    const rights = readFileSync(String(mac?.entitlements), 'utf8')
    expect(rights).toContain('com.apple.security.cs.allow-jit')
    expect(rights).toContain('com.apple.security.device.camera')
    expect(fileAssociations).toMatchObject([{ ext: 'vitstudio' }])
  })
})

function ownDependencies(): string[] {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  return Object.keys(dependencies).map((name) => `node_modules/${name}`)
}

/** The package that a packed file belongs to, `node_modules/zod`; empty for files of ours. */
function packageOf(file: string): string {
  return /^\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? ''
}

function lastName(path: string): string {
  return path.split('node_modules/').at(-1) ?? ''
}
