/**
 * @file What a packaged studio is, for electron-builder: only what runs on one system, libraries as separate files, and
 * Electron's fuses set so that only this program runs in it. Signing is left to the variables that electron-builder
 * reads: CSC_LINK and CSC_KEY_PASSWORD, on macOS also those for Apple's notarisation.
 */
import { join } from 'node:path'

import { bundleNames } from './bundle.mjs'
import { surplusPackages } from './packages.mjs'
import { inProject } from './project.mjs'
import { separateGlib } from './separate-glib.mjs'

/** @typedef {import('electron-builder').Configuration} Configuration */

// What an installer must name; enter yourself here if you publish one.
const publisher = {
  maintainer: 'ViT Studio <nobody@example.invalid>',
  homepage: 'https://example.invalid/vit-studio',
}

const engine = 'node_modules/onnxruntime-node/bin/napi-v6'

/** @type {string[]} */
const files = [
  'package.json',
  'LICENSE',
  ...bundleNames.map((name) => `dist/${name}.mjs`),
  'dist/preload.cjs',
  'dist/icon.png',
  'dist/renderer/**',
  'build/starter/**',
  '!**/*.map',
  '!node_modules/**/*.{md,ts,mts,cts,tsbuildinfo}',
  '!node_modules/**/{test,tests,__tests__,example,examples,.github}/**',
  '!node_modules/sharp/src/**',
  '!node_modules/libheif-js/libheif/**',
  '!node_modules/libheif-js/libheif-wasm/libheif-bundle.*',
  '!node_modules/onnxruntime-node/{script,lib}/**',
  `!${engine}/!(\${platform})/**`,
  `!${engine}/\${platform}/!(\${arch})/**`,
]

/** @type {NonNullable<Configuration['electronFuses']>} */
const electronFuses = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  grantFileProtocolExtraPrivileges: false,
}

const projectFiles = {
  ext: 'vitstudio',
  name: 'ViT Studio project',
  description: 'ViT Studio project',
  mimeType: 'application/x-vit-studio-project',
  role: 'Editor',
}

/** @type {NonNullable<Configuration['mac']>} */
const mac = {
  target: 'dmg',
  category: 'public.app-category.photography',
  hardenedRuntime: true,
  gatekeeperAssess: false,
  entitlements: inProject('build', 'desktop', 'entitlements.plist'),
  entitlementsInherit: inProject('build', 'desktop', 'entitlements.plist'),
  extendInfo: {
    NSCameraUsageDescription: 'Shows your model what the camera sees. Pictures stay on this computer.',
  },
}

/** @type {NonNullable<Configuration['linux']>} */
const linux = {
  target: ['AppImage', 'deb'],
  category: 'Graphics',
  synopsis: 'Teach a Vision Transformer your own photos',
  maintainer: publisher.maintainer,
}

/**
 * @param {{ output: string, electron: string | null, icons: string, licences: string }} places folders of the result,
 *   of Electron's files (null: they are downloaded) and of the icons; the file of licences
 * @param {NodeJS.ProcessEnv} env VIT_STUDIO_UPDATE_URL: where later versions are announced
 * @returns {Configuration}
 */
export function configuration({ output, electron, icons, licences }, env) {
  const updates = env['VIT_STUDIO_UPDATE_URL'] ?? ''
  return {
    appId: 'org.vit-studio.desktop',
    productName: 'ViT Studio',
    executableName: 'vit-studio',
    copyright: 'Licensed under the Apache License, Version 2.0',
    // Without anything that concerns only the sources, or is left out.
    extraMetadata: { homepage: publisher.homepage, knip: null, optionalDependencies: null },
    directories: { app: inProject(), output, buildResources: inProject('build', 'desktop') },
    ...(electron === null ? {} : { electronDist: electron }),
    // All native addons use Node's stable interface (Node-API): the same files work with every Electron.
    npmRebuild: false,
    nodeGypRebuild: false,
    buildDependenciesFromSource: false,
    files: [...files, ...surplusPackages().map((name) => `!**/node_modules/${name}/**`)],
    asar: true,
    // The system loads libraries from files only, with everything beside them; the starter is read like any model. A
    // library under the LGPL is a file that one may replace.
    asarUnpack: ['**/*.node', '**/libheif.wasm', 'node_modules/@img/**', `${engine}/**`, 'build/starter/**'],
    extraResources: [{ from: licences, to: 'licences.txt' }],
    electronFuses,
    afterPack: ({ appOutDir, electronPlatformName }) => {
      const packages = join(appOutDir, 'resources', 'app.asar.unpacked', 'node_modules', '@img')
      if (electronPlatformName === 'linux') separateGlib(packages)
    },
    fileAssociations: [projectFiles],
    // Only the feed is written; the program does not update itself.
    publish: updates === '' ? null : { provider: 'generic', url: updates },
    win: { target: 'nsis', icon: `${icons}/icon.ico` },
    nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
    mac: { ...mac, icon: `${icons}/icon.icns` },
    linux: { ...linux, icon: `${icons}/png` },
  }
}
