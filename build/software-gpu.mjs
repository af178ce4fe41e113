/**
 * @file A software graphics card for tests: SwiftShader's Vulkan driver from @sparticuz/chromium. A process must have
 * these variables from its start, since the system looks for libraries only then.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'

import { inProject } from './project.mjs'

const driverPackage = inProject('node_modules', '@sparticuz', 'chromium')
const driverFiles = ['libvulkan.so.1', 'libvk_swiftshader.so', 'vk_swiftshader_icd.json']

/**
 * The environment in which onnxruntime-node's WebGPU provider computes on SwiftShader. Slow: for correctness only.
 *
 * @returns {Record<string, string> | null} null if there is no such driver: it is for Linux on x64
 */
export function softwareGpuEnvironment() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null
  const folder = unpackDriver()
  return {
    LD_LIBRARY_PATH: [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
  }
}

/** Folder with the driver. It appears complete, by renaming, so that any number of processes may do this at once. */
function unpackDriver() {
  const { version } = JSON.parse(readFileSync(join(driverPackage, 'package.json'), 'utf8'))
  const cache = inProject('node_modules', '.cache', 'vit-studio')
  const folder = join(cache, `swiftshader-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  const archive = brotliDecompressSync(readFileSync(join(driverPackage, 'bin', 'swiftshader.tar.br')))
  execFileSync('tar', ['-xf', '-', '-C', draft, ...driverFiles], { input: archive })
  try {
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}
