/** @file Which process on which machine this is, and whether a process with such an identity still runs. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { promisify } from 'node:util'

/** Identifies a process uniquely: an id alone is reused once its process has ended. */
export interface ProcessIdentity {
  readonly pid: number
  /** Hash of the machine, on Linux of the container as well: process ids are meaningful only there. */
  readonly machine: string
  /** Hash of the moment it was started; `0` if the system does not say. */
  readonly started: string
}

let own: Promise<ProcessIdentity> | null = null

/** This process. */
export async function thisProcess(): Promise<ProcessIdentity> {
  own ??= identify()
  return own
}

async function identify(): Promise<ProcessIdentity> {
  const { pid } = process
  return { pid, machine: shortHash(machineName()), started: (await startOf(pid)) ?? '0' }
}

/** Whether a process of this machine still runs. */
export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists, and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const found = await startOf(pid)
  return found !== 'ended' && (found === null || started === '0' || found === started)
}

function machineName(): string {
  try {
    // Containers have their own process ids.
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** A hash of when a process was started; `ended` for one that has ended and was not cleared away; null if unknown. */
async function startOf(pid: number): Promise<string | null> {
  const startedAt = process.platform === 'linux' ? startByProc(pid) : await startByProgram(pid)
  return startedAt === null || startedAt === 'ended' ? startedAt : shortHash(startedAt)
}

/** Of this boot, since the start is counted from it. */
function startByProc(pid: number): string | null {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    // The name of the program is in brackets, and may contain anything.
    const [, rest = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    const isGone = fields[0] === 'Z' || fields[0] === 'X'
    return isGone ? 'ended' : `${boot} ${fields[19]}`
  } catch {
    return null
  }
}

const run = promisify(execFile)

async function startByProgram(pid: number): Promise<string | null> {
  const [program, parameters]: [string, string[]] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]]
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  return run(program, parameters, { env, timeout: 10_000, windowsHide: true }).then(
    ({ stdout }) => (stdout.trim() === '' ? null : stdout.trim()),
    () => null,
  )
}
