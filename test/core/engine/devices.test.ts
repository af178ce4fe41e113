import { totalmem } from 'node:os'

import { beforeAll, describe, expect, it } from 'vitest'

import { chooseEngine, listDevices, type DeviceReport } from '../../../core/engine/devices.ts'
import { engineKinds } from '../../../core/engine/engine.ts'
import { floats } from '../../../core/tensor/tensor.ts'
import { inEnglish } from '../../../core/sentence.ts'

let reports: DeviceReport[] = []
beforeAll(async () => {
  reports = await listDevices()
})

describe('listDevices', () => {
  it('has the processor, usable, with its memory and a speed that can be', () => {
    const report = reports.find(({ kind }) => kind === 'cpu')
    expect(report).toMatchObject({ usable: true, memoryMB: Math.round(totalmem() / 1e6) })
    expect(report?.name).toMatch(/, \d+ cores?$/)
    const gflops = report?.usable === true ? report.gflops : 0
    expect(gflops).toBeGreaterThan(0.5)
    expect(gflops).toBeLessThan(50_000)
  })

  it('has every kind once, and a sentence for each that cannot be used', () => {
    const kinds = reports.map(({ kind }) => kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const report of reports) if (!report.usable) expect(inEnglish(report.reason)).toMatch(/\S.*\.$/)
  })
})

describe('chooseEngine', () => {
  it('gives the device asked for', async () => {
    const { engine, device, remarks } = await chooseEngine('cpu')
    expect(device).toMatchObject({ kind: 'cpu', usable: true })
    expect(remarks).toEqual([])
    const values = floats([2], [1, 2])
    const state = await engine.createState(new Map([['w', values]]))
    expect((await state.read(['w'])).get('w')).toEqual(values)
    state.dispose()
  })

  it('gives with auto the fastest that works, and a sentence for each of the others', async () => {
    const { engine, device, remarks } = await chooseEngine('auto')
    expect(device).toMatchObject({ kind: engine.kind, usable: true })
    for (const remark of remarks)
      expect(inEnglish(remark)).toMatch(/ \(\w+\) (was not used: .+|works but is slower: .+)\.$/)
    // TensorFlow is not mentioned to people who have not asked for it.
    expect(remarks.map(inEnglish).join(' ')).not.toContain('(tensorflow) was not used')
  })

  it('refuses with the reason what is there but cannot be used', async ({ skip }) => {
    const broken = reports.find((report) => !report.usable)
    if (broken === undefined || broken.usable) return skip('every device works on this machine')
    const refusal = {
      code: 'unsupported',
      message: expect.stringContaining(`(${broken.kind}) was not used: `),
    }
    await expect(chooseEngine(broken.kind)).rejects.toMatchObject(refusal)
  })

  it('names what there is where this installation does not offer what was asked for', async () => {
    const offered = reports.map(({ kind }) => kind)
    const missing = engineKinds.find((kind) => !offered.includes(kind))
    // No platform has both DirectML and CoreML.
    expect(missing).toBeDefined()
    await expect(chooseEngine(missing ?? 'auto')).rejects.toMatchObject({
      code: 'unsupported',
      message: `There is no ${missing} device in this installation; it offers ${offered.join(', ')}. Choose one of these or auto.`,
    })
  })
})
