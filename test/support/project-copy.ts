/** @file A small project with this one's build scripts, to run them without touching this one. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { temporaryFolder } from './temporary.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

export interface ProjectCopy {
  readonly folder: string
  write(file: string, content: string): void
  /** Makes the packages of this project usable in the copy, with the record that npm would leave. */
  linkPackages(): void
  /** Runs `node build/run.mjs` with these arguments. */
  run(args: readonly string[], options?: RunOptions): Promise<Outcome>
}

/** A copy with a command line of two lines; it is removed when the running test ends. */
export function copyProject(): ProjectCopy {
  const folder = temporaryFolder()
  const write = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  for (const name of ['build', 'package.json', 'package-lock.json', 'renderer/icon.svg']) {
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: isOurs })
  }
  write(
    'core/host/cli/main.ts',
    "const words: string[] = process.argv.slice(2)\nconsole.log(words.join(' '))\n",
  )
  for (const entry of [
    'core/data/heic-worker.mjs',
    'core/map/layout-worker.ts',
    'core/pretrain/render-worker.ts',
    'core/host/engine/engine-process.ts',
    'electron/main.ts',
    'electron/preload.ts',
  ]) {
    write(entry, 'export const nothing = null\n')
  }
  write('renderer/index.html', '<!doctype html>\n')
  return {
    folder,
    write,
    linkPackages() {
      mkdirSync(join(folder, 'node_modules'))
      for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => !entry.startsWith('.'))) {
        symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
      }
      const record = readFileSync(join(root, 'node_modules', '.package-lock.json'))
      writeFileSync(join(folder, 'node_modules', '.package-lock.json'), record)
    },
    run: (args, options) => runNode([join(folder, 'build', 'run.mjs'), ...args], { cwd: folder, ...options }),
  }
}

// Of the environment only what a program needs: vitest's own variables would change what is tested.
function runNode(args: string[], { env = {}, cwd }: RunOptions): Promise<Outcome> {
  const basics = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  const child = spawn(process.execPath, args, {
    env: { ...basics, ...env },
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout: stdout.join(''), stderr: stderr.join('') }))
  })
}

function collect(stream: NodeJS.ReadableStream): string[] {
  const parts: string[] = []
  stream.setEncoding('utf8')
  stream.on('data', (part: string) => parts.push(part))
  return parts
}

// build/tensorflow may hold packages of its own.
function isOurs(path: string): boolean {
  return basename(path) !== 'node_modules'
}
