/** @file Speeds of training steps that were timed on this machine while it was idle, remembered between starts. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import * as z from 'zod'

import { writeFileAtomic } from '../../files/atomic.ts'
import type { OptimiserKind } from '../../optim/optimiser-kind.ts'
import type { VitConfig } from '../../vit/config.ts'
import { studioHome } from '../home.ts'
import { parseJson } from '../../files/json-text.ts'

/** What a speed applies to: a network, whose classes hardly matter, at its resolution, with one optimiser on one device. */
export interface Timed {
  readonly optimiser: OptimiserKind
  readonly config: VitConfig
  readonly device: { readonly kind: string; readonly name: string }
}

/** How many speeds are kept; the oldest are dropped first. */
const mostKept = 500

const Speeds = z.record(z.string(), z.number().positive())

/** Images per second; null if nothing has been timed yet. */
export async function knownSpeed(timed: Timed): Promise<number | null> {
  return (await readSpeeds())[keyOf(timed)] ?? null
}

/** Remembers a speed. */
export async function rememberSpeed(timed: Timed, imagesPerSecond: number): Promise<void> {
  const { [keyOf(timed)]: _, ...others } = await readSpeeds()
  const kept = Object.entries(others).slice(1 - mostKept)
  const speeds = Object.fromEntries([...kept, [keyOf(timed), imagesPerSecond]])
  await writeFileAtomic(pathOfSpeeds(), `${JSON.stringify(speeds, null, 1)}\n`)
}

const whileBusy = new Map<string, number>()

/**
 * The fastest speed timed so far while other programs computed too: they only ever slow it down. Kept as long as this
 * process, so that all lengths of a training are told by one speed.
 */
export function fastestWhileBusy(timed: Timed, imagesPerSecond: number): number {
  const key = keyOf(timed)
  const fastest = Math.max(imagesPerSecond, whileBusy.get(key) ?? 0)
  whileBusy.set(key, fastest)
  return fastest
}

/** A damaged or missing file only means that steps are timed again. */
async function readSpeeds(): Promise<z.output<typeof Speeds>> {
  try {
    return Speeds.parse(parseJson(await readFile(pathOfSpeeds(), 'utf8')))
  } catch {
    return {}
  }
}

function keyOf({ config, device, optimiser }: Timed): string {
  return JSON.stringify([device.kind, device.name, optimiser, { ...config, classes: 0 }])
}

function pathOfSpeeds(): string {
  return join(studioHome(), 'step-speeds.json')
}
