/** @file Downloads made by packages' own scripts: with visible progress, ended if they hang, failures told in a sentence. */
import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Why a download ended that the person interrupted. */
export const interrupted = 'it was interrupted'

/**
 * Waits for a script that downloads. A minute-long download must show progress, and one that hangs must end.
 *
 * @param {import('node:child_process').ChildProcess} script the leader of its own process group
 * @param {readonly string[]} folders where the downloaded files grow
 * @param {string} label for the line of progress
 * @param {{ stallSeconds: number, limit?: number }} bounds seconds without a new byte after which the script is ended,
 *   and seconds after which it is no longer waited for
 * @returns {Promise<{ code: number | null, ended: string, isLate: boolean }>} its exit code, why it was ended if it
 *   was, and whether it is still running
 */
export function watchDownload(script, folders, label, { stallSeconds, limit = Infinity }) {
  const started = sizeOf(folders)
  const progress = createProgress(label)
  let [size, quiet, seconds, ended] = [started, 0, 0, '']
  /** @param {string} reason */
  const end = (reason) => {
    ended = reason
    endGroup(script)
  }
  // Ctrl-C does not reach a separate process group.
  const interrupt = () => end(interrupted)
  for (const signal of interruptions) process.once(signal, interrupt)
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  return new Promise((resolve, reject) => {
    script.on('error', reject)
    script.on('close', (code) => resolve({ code, ended, isLate: false }))
    timer = setInterval(() => {
      const now = sizeOf(folders)
      quiet = now === size ? quiet + 1 : 0
      size = now
      progress.show(size - started)
      if (quiet >= stallSeconds) end(`nothing arrived for ${stallSeconds} seconds`)
      else if (++seconds >= limit) resolve({ code: null, ended, isLate: true })
    }, 1000)
  }).finally(() => {
    clearInterval(timer)
    for (const signal of interruptions) process.off(signal, interrupt)
    progress.end()
  })
}

const interruptions = /** @type {const} */ (['SIGINT', 'SIGTERM'])

/**
 * Ends a script and everything it has started.
 *
 * @param {import('node:child_process').ChildProcess} script
 */
export function endGroup(script) {
  if (script.pid === undefined || process.platform === 'win32') script.kill()
  else process.kill(-script.pid, 'SIGKILL')
}

/**
 * One line that counts up on a terminal, otherwise a new line now and then.
 *
 * @param {string} label
 */
function createProgress(label) {
  const { isTTY } = process.stderr
  let [seconds, isShown] = [0, false]
  return {
    /** @param {number} bytes */
    show: (bytes) => {
      const text = `${label}: ${Math.round(bytes / 1e6)} MB so far`
      isShown = true
      if (isTTY) process.stderr.write(`\r${text}`)
      else if (seconds++ % 10 === 0) console.error(text)
    },
    end: () => {
      if (isTTY && isShown) process.stderr.write('\n')
    },
  }
}

/**
 * Bytes of all files in the folders that exist.
 *
 * @param {readonly string[]} folders
 */
export function sizeOf(folders) {
  let total = 0
  for (const folder of folders.filter((one) => existsSync(one))) {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      total += lstatSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0
    }
  }
  return total
}

const unreachable = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b/
const wrongContent = /TAR_BAD_ARCHIVE|TAR_ENTRY_INVALID|zlib|ADM-ZIP/i

/**
 * What went wrong, from everything the package's script and its helpers printed.
 *
 * @param {string} output
 */
export function reasonIn(output) {
  const [, code] = unreachable.exec(output) ?? []
  if (code !== undefined) return `the server that has it cannot be reached (${code})`
  if (wrongContent.test(output)) return 'what the server sent is not the library'
  const line = output.split('\n').find((text) => /error/i.test(text))
  return line === undefined ? 'its installer ended without saying why' : line.trim().replace(/\.$/, '')
}
