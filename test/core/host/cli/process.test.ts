/** @file The command line as a separate process: signals, and pipes that close. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { useWorkplace, type Line } from './studio.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const { folder, model, data } = useWorkplace()

let bundleFolder = ''

beforeAll(async () => {
  // Inside node_modules, so that the bundle finds the packages.
  const cache = join(root, 'node_modules', '.cache', 'vit-studio')
  mkdirSync(cache, { recursive: true })
  bundleFolder = mkdtempSync(join(cache, 'cli-'))
  await build({
    entryPoints: [join(root, 'core/host/cli/main.ts')],
    outfile: join(bundleFolder, 'cli.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
})

afterAll(() => rmSync(bundleFolder, { recursive: true, force: true }))

describe('the process', () => {
  it('saves and ends with 130 on SIGINT, and says how to continue', async () => {
    const out = join(folder, 'interrupted')
    const child = startStudio(finetune(out, 400))
    await lineOf(child, ({ type, step }) => type === 'step' && step === 3)
    child.kill('SIGINT')
    const { code, stderr } = await ended(child)
    expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining('continue with --resume') })
    expect((await readRecord(out)).status).toBe('stopped')
    expect(existsSync(join(out, 'last.safetensors'))).toBe(true)
  })

  it('takes a closed pipe for a request to stop, not for a failure', async () => {
    const out = join(folder, 'piped')
    const child = startStudio(finetune(out, 400))
    await lineOf(child, ({ type }) => type === 'step')
    child.stdout?.destroy()
    expect(await ended(child)).toEqual({ code: 0, signal: null, stderr: '' })
    expect((await readRecord(out)).status).toBe('stopped')
  })

  it.skipIf(process.platform !== 'linux')('fails where its output goes to a full disk (Linux)', async () => {
    const full = openSync('/dev/full', 'w')
    const child = spawn(process.execPath, [join(bundleFolder, 'cli.mjs'), 'download'], {
      stdio: ['ignore', full, 'pipe'],
    })
    closeSync(full)
    expect(await ended(child)).toEqual({
      code: 2,
      signal: null,
      stderr: expect.stringMatching(/^Standard output cannot be written\. The disk is full\..*\n$/) as string,
    })
  })
})

function finetune(out: string, steps: number): string[] {
  const sizes = [
    '--steps',
    String(steps),
    '--batch',
    '4',
    '--micro-batch',
    '3',
    '--warmup',
    '2',
    '--lr',
    '0.1',
  ]
  return ['finetune', '--model', model, '--data', data, '--out', out, '--engine', 'cpu', ...sizes, '--json']
}

function startStudio(argv: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(bundleFolder, 'cli.mjs'), ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The first line of output that is wanted; it must come. Afterwards the output flows on unread. */
async function lineOf(child: ChildProcess, isWanted: (line: Line) => boolean): Promise<Line> {
  if (child.stdout === null) throw new Error('no output')
  const lines = createInterface({ input: child.stdout })
  try {
    for await (const text of lines) {
      const line = JSON.parse(text) as Line
      if (isWanted(line)) return line
    }
  } finally {
    lines.close()
    child.stdout.resume()
  }
  throw new Error('the output ended without that line')
}

async function ended(
  child: ChildProcess,
): Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }> {
  let stderr = ''
  child.stderr?.on('data', (part: Buffer) => (stderr += part.toString()))
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
  return { code: child.exitCode, signal: child.signalCode, stderr }
}
