/**
 * @file Whether Linux has the library through which the WebGPU provider reaches graphics cards. It is checked first,
 * because a failed search for the library prints a warning that no caller can catch.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const library = 'libvulkan.so.1'

/** False only if the system certainly lacks it; always true on other systems, which need no such library. */
export async function mayHaveVulkan(): Promise<boolean> {
  if (process.platform !== 'linux') return true
  const named = (process.env['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '')
  // Folders that the system's loader tries besides the ones in its list.
  const folders = [...named, '/lib', '/usr/lib', '/lib64', '/usr/lib64']
  if (folders.some((folder) => existsSync(join(folder, library)))) return true
  return isListed()
}

async function isListed(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('/sbin/ldconfig', ['-p'], { maxBuffer: 2 ** 24 })
    return stdout.includes(library)
  } catch {
    // Some systems keep no such list, and then it may be anywhere.
    return true
  }
}
