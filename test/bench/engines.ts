/** @file The training step on every engine that works on this machine, alternately. */
import { chooseEngine, listDevices } from '../../core/engine/devices.ts'
import type { Engine } from '../../core/engine/engine.ts'
import { median } from '../../core/studio/bench.ts'
import { table } from '../../core/host/cli/text.ts'
import { at } from '../../core/tensor/shape.ts'
import { createSubject, type Subject } from './subject.ts'

interface Row {
  readonly title: string
  readonly subject: Subject
  readonly times: number[]
}

const batch = 8
const rounds = 10

/** Prints a table of images per second, the first engine's being 1. */
export async function benchEngines(): Promise<void> {
  const rows: Row[] = []
  for (const [title, engine] of await engines()) {
    rows.push({ title, subject: await createSubject(192, batch, engine), times: [] })
  }
  for (let round = -1; round < rounds; round++) {
    for (const { subject, times } of rows) {
      const ms = await subject.step()
      // The first round warms all of them up.
      if (round >= 0) times.push(ms)
    }
  }
  for (const { subject } of rows) await subject.dispose()
  console.log(
    `Training steps of ViT-Ti/16 at 224 px, ${batch} images each; medians of ${rounds} rounds in turns:`,
  )
  console.log(table([['engine', 'images/s', 'share'], ...rows.map((row) => describe(row, at(rows, 0)))]))
}

async function engines(): Promise<Map<string, Engine>> {
  const found = new Map<string, Engine>()
  for (const { kind, name, usable } of await listDevices()) {
    if (usable) found.set(`${kind}: ${name}`, (await chooseEngine(kind)).engine)
  }
  return found
}

function describe({ title, times }: Row, first: Row): string[] {
  const share = median(times.map((ms, round) => at(first.times, round) / ms))
  return [title, ((1000 * batch) / median(times)).toFixed(2), share.toFixed(2)]
}
