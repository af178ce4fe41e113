/** @file Real disks that are small or read-only, if this machine lets a test have them. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { onTestFinished, type TestContext } from 'vitest'

import { temporaryFolder } from './temporary.ts'

/** A folder on a separate disk; if only root may mount one, the test is skipped and says so. Call it inside a test. */
export function mountedDisk(test: TestContext, options: string): string {
  const disk = join(temporaryFolder(), 'disk')
  mkdirSync(disk)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk], { stdio: 'ignore' })
  } catch {
    test.skip('a disk of its own can be mounted here by nobody, or by root only')
  }
  onTestFinished(() => void execFileSync('umount', ['-l', disk]))
  return disk
}
