import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { missingSteps, openHistory, readMetrics } from '../../../../core/train/run/history.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

/** A history of four steps, marked after the second. */
async function marked() {
  const directory = temporaryFolder()
  const path = join(directory, 'metrics.jsonl')
  const history = await openHistory(directory, 0)
  const append = async (step: number): Promise<void> =>
    history.append({ type: 'step', step, loss: 0.1 + 0.2 })
  for (const step of [1, 2]) await append(step)
  const mark = await history.sync()
  const atMark = await readFile(path)
  for (const step of [3, 4]) await append(step)
  await history.close()
  return { directory, path, mark, atMark }
}

const stepsIn = async (directory: string): Promise<number[]> =>
  (await readMetrics(directory)).map(({ step }) => step)

describe('a history', () => {
  it('is read without the line that a kill tore', async () => {
    const { directory, path } = await marked()
    await appendFile(path, '{"type":"step","step":5,"lo')
    expect(await stepsIn(directory)).toEqual([1, 2, 3, 4])
    expect((await readMetrics(directory, 2)).map(({ step }) => step)).toEqual([1, 2])
    await appendFile(path, '\n{"type":"step","step":"five"}\n[]\n{}\n')
    expect(await stepsIn(directory)).toEqual([1, 2, 3, 4])
  })

  it('continues at the very byte of the mark', async () => {
    const { directory, path, mark, atMark } = await marked()
    await appendFile(path, '{"torn')
    expect(await missingSteps(directory, 2, mark)).toBeNull()
    expect(await missingSteps(directory, 2, undefined)).toBeNull()
    const history = await openHistory(directory, 2, mark)
    expect(await readFile(path)).toEqual(atMark)
    await history.append({ step: 3 })
    expect(await history.sync()).toEqual({ bytes: atMark.length + 11, crc: expect.any(Number) })
    await history.close()
    expect(await readFile(path, 'utf8')).toBe(`${String(atMark)}{"step":3}\n`)
  })

  it('starts over where no step is done', async () => {
    const { directory, mark } = await marked()
    await (await openHistory(directory, 0, mark)).close()
    expect(await stepsIn(directory)).toEqual([])
  })

  it('keeps what can be read of a damaged one, and says how much is missing', async () => {
    const { directory, path, mark, atMark } = await marked()
    const damaged = Buffer.from(atMark)
    damaged.fill(0, 0, 10)
    await writeFile(path, damaged)
    expect(await missingSteps(directory, 2, mark)).toBe(1)
    expect(await missingSteps(directory, 2, undefined)).toBe(1)
    await (await openHistory(directory, 2, mark)).close()
    expect(await stepsIn(directory)).toEqual([2])
  })

  it('may be missing', async () => {
    const { directory, path, mark } = await marked()
    await rm(path)
    expect(await stepsIn(directory)).toEqual([])
    expect(await missingSteps(directory, 2, mark)).toBe(2)
    const history = await openHistory(directory, 2, mark)
    await history.append({ type: 'step', step: 3 })
    await history.close()
    expect(await stepsIn(directory)).toEqual([3])
  })
})
