import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { verifyChecksum } from '../../../core/files/checksum.ts'
import { openSafetensors } from '../../../core/files/safetensors-read.ts'
import { writeSafetensors } from '../../../core/files/safetensors-write.ts'
import { floatTensor } from '../../../core/tensor/tensor.ts'
import { temporaryFolder } from '../../support/temporary.ts'

async function written(length = 1000): Promise<string> {
  const path = join(temporaryFolder(), 'weights.safetensors')
  const values = Float32Array.from({ length }, (_, index) => Math.sin(index))
  const options = { checksum: true, metadata: { step: '7' } }
  await writeSafetensors(path, new Map([['a', floatTensor([length], values)]]), options)
  return path
}

describe('the checksum of a safetensors file', () => {
  it('is right for what was written, over several chunks too, and does not get in the way of reading', async () => {
    expect(await verifyChecksum(await written(1_000_000))).toBe('right')
    const path = await written()
    const file = await openSafetensors(path)
    expect(file.metadata.get('step')).toBe('7')
    expect((await file.read('a')).data[1]).toBeCloseTo(Math.sin(1))
    await file.close()
  })

  it('is another one for every changed byte, in the header and in the values', async () => {
    const path = await written(20)
    const whole = await readFile(path)
    for (let place = 8; place < whole.length; place++) {
      const changed = Buffer.from(whole)
      changed[place]! ^= 1
      await writeFile(path, changed)
      expect(await verifyChecksum(path), `byte ${place}`).not.toBe('right')
    }
  })

  it('reports zeros where values were, a lost end and a longer file', async () => {
    const zeroed = await written()
    const bytes = await readFile(zeroed)
    await writeFile(zeroed, bytes.fill(0, bytes.length - 512))
    expect(await verifyChecksum(zeroed)).toBe('wrong')
    const short = await written()
    await truncate(short, 3000)
    expect(await verifyChecksum(short)).toBe('wrong')
    const long = await written()
    await appendFile(long, 'x')
    expect(await verifyChecksum(long)).toBe('wrong')
  })

  it('is not there in files of others, however short', async () => {
    const path = join(temporaryFolder(), 'other.safetensors')
    await writeSafetensors(path, new Map([['a', floatTensor([1], new Float32Array(1))]]))
    expect(await verifyChecksum(path)).toBe('none')
    for (const content of ['', 'x', '{"__metadata__":{"checksum":"']) {
      await writeFile(path, content)
      expect(await verifyChecksum(path)).toBe('none')
    }
  })
})
