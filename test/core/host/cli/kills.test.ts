/**
 * @file A run that two processes want to train, and that is killed again and again: one trains, the other is refused with a
 * sentence, and in the end it has the very bytes of an undisturbed run. `VIT_STUDIO_KILLS=100 npm test -- cli/kills` kills a
 * hundred times and says what happened.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

import { expect, it } from 'vitest'

import { readRecord } from '../../../../core/train/run/run-folder.ts'
import { bundled } from '../../../support/bundled.ts'
import { studio, useWorkplace, type Line } from './studio.ts'

const { folder, model, data } = useWorkplace()

const kills = Number(process.env['VIT_STUDIO_KILLS'] ?? 5)
const steps = 400

it(
  `trains in one process at a time and ends in the same bytes, killed ${kills} times`,
  { timeout: 60_000 + 20_000 * kills },
  async () => {
    const cli = await bundled(fileURLToPath(new URL('../../../../core/host/cli/main.ts', import.meta.url)))
    const whole = join(folder, 'whole')
    expect((await studio(...finetune(whole))).code).toBe(0)
    const told = { kills: 0, inTraining: 0, refusals: 0, runs: 0, moments: [] as string[] }
    for (let run = 0; told.kills < kills; run++) {
      const killed = join(folder, `killed-${run}`)
      while (told.kills < kills && (await killOnce(cli, killed, told))) told.kills++
      const last = startTraining(cli, killed)
      expect(await last.ended, told.moments.join('\n')).toEqual({ code: 0, stderr: '' })
      await expectSameBytes(killed, whole, told.moments)
      told.runs++
    }
    expect(told.kills).toBe(kills)
    expect(told.inTraining).toBeGreaterThan(kills / 5 - 1)
    expect(told.refusals).toBeGreaterThan(0)
    if (kills > 5) {
      const { moments: _, ...figures } = told
      process.stdout.write(`${JSON.stringify(figures)}\n`)
    }
  },
)

interface Told {
  kills: number
  inTraining: number
  refusals: number
  readonly moments: string[]
}

/** Lets two processes want the run and kills whoever lives at some moment; false once the run is finished. */
async function killOnce(cli: string, out: string, told: Told): Promise<boolean> {
  const moment = chooseMoment()
  const rivals = [startTraining(cli, out), startTraining(cli, out)]
  const allEnded = Promise.all(rivals.map(async ({ ended }) => ended))
  await Promise.race([moment.comes(rivals), ...rivals.map(async ({ isDone }) => isDone), allEnded])
  for (const { child } of rivals) child.kill('SIGKILL')
  const ends = await allEnded
  const trained = rivals.filter(({ seen }) => seen.has('step'))
  told.moments.push(`${moment.text}: ${rivals.map(({ seen }) => [...seen].join('+')).join(' | ')}`)
  expect(trained.length, told.moments.join('\n')).toBeLessThanOrEqual(1)
  const refused = ends.filter(({ code }) => code !== null && code !== 0)
  for (const end of refused) expect(end).toEqual({ code: 2, stderr: expect.stringMatching(refusal) })
  expect(refused.length, told.moments.join('\n')).toBeLessThanOrEqual(1)
  told.refusals += refused.length
  if (trained.length > 0) told.inTraining++
  // Whoever is killed after it has told the end leaves a finished run, which is nothing to kill.
  return rivals.every(({ seen }) => !seen.has('done'))
}

const refusal = /^Another process .*(trains the run in|has trained the run in)|already contains a run/

interface Moment {
  readonly text: string
  readonly comes: (rivals: readonly Training[]) => Promise<void>
}

/** Anywhere from the first instant on, or in training, when the rival has been refused, or close to a save. */
function chooseMoment(): Moment {
  const [kind, wait] = [Math.random(), Math.random()]
  if (kind < 0.2) {
    const ms = 1500 * wait
    return { text: `${ms.toFixed(0)} ms after the start`, comes: async () => delay(ms) }
  }
  // A checkpoint is written after an evaluation; none is before the first step.
  const type = kind < 0.6 ? 'step' : 'checkpoint'
  const ms = kind < 0.6 ? 200 * wait : 10 * wait
  return {
    text: `${ms.toFixed(1)} ms after a ${type}`,
    comes: async (rivals) => {
      await Promise.race(rivals.map(async ({ refused }) => refused))
      await Promise.race(rivals.map(async (rival) => rival.next(type)))
      await delay(ms)
    },
  }
}

interface Training {
  readonly child: ChildProcess
  /** The types of what it has told. */
  readonly seen: ReadonlySet<string>
  /** Resolves when it has ended because another process trains the run. */
  readonly refused: Promise<void>
  readonly isDone: Promise<void>
  /** Resolves at the next record of this type. */
  readonly next: (type: string) => Promise<void>
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>
}

function startTraining(cli: string, out: string): Training {
  const child = spawn(process.execPath, [cli, ...finetune(out), '--resume'])
  const seen = new Set<string>()
  const waiting: { readonly type: string; readonly resolve: () => void }[] = []
  const next = async (type: string): Promise<void> =>
    new Promise((resolve) => waiting.push({ type, resolve }))
  createInterface({ input: child.stdout }).on('line', (text) => {
    const { type } = JSON.parse(text) as Line
    seen.add(String(type))
    for (const one of waiting.splice(0)) {
      if (one.type === type) one.resolve()
      else waiting.push(one)
    }
  })
  let stderr = ''
  child.stderr.on('data', (part: Buffer) => (stderr += String(part)))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, stderr }))
  return { child, seen, refused: next('error'), isDone: next('done'), next, ended }
}

function finetune(out: string): string[] {
  const given = { model, data, out, engine: 'cpu', steps, batch: 4, 'micro-batch': 3, warmup: 2, lr: 0.1 }
  return [
    'finetune',
    ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, String(value)]),
    '--json',
  ]
}

async function expectSameBytes(killed: string, whole: string, moments: readonly string[]): Promise<void> {
  const text = moments.join('\n')
  // Nor are half-written files or claims left behind.
  expect(readdirSync(killed).toSorted(), text).toEqual(readdirSync(whole).toSorted())
  for (const name of ['last.safetensors', 'best.safetensors', 'metrics.jsonl', 'data.json']) {
    const [own, expected] = [killed, whole].map((run) => readFileSync(join(run, name)))
    expect(own?.equals(expected!), `${name}\n${text}`).toBe(true)
  }
  const results = [killed, whole].map(async (run) => ({
    ...(await readRecord(run)).result,
    imagesPerSecond: 0,
  }))
  const [own, expected] = await Promise.all(results)
  expect(own).toEqual(expected)
}
