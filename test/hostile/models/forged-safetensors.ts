/** @file safetensors files whose headers claim what nobody expects. */
import { timmLayout } from '../../../core/files/layout-timm.ts'
import { integer, type Random } from '../../../core/tensor/random.ts'
import { at } from '../../../core/tensor/shape.ts'
import type { VitConfig } from '../../../core/vit/config.ts'
import { tinyConfig, tinyModel, timmTensors } from '../../core/files/tiny-models.ts'
import { evilJson, evilValue } from './evil-values.ts'
import { forgedSafetensors, headerOfTensors } from './forged-files.ts'
import type { Forgery } from './forgery.ts'
import type { ModelFolder } from './model-folder.ts'

const opened = 'model.safetensors'
type Files = Pick<ModelFolder, 'files' | 'opened'>

const file = (content: ModelFolder['files'][string]): Files => ({ files: { [opened]: content }, opened })

type Header = Record<string, { dtype: unknown; shape: unknown; data_offsets: unknown }>

/** The tiny model with its header changed. */
function tiny(
  change: (header: Header, names: readonly string[]) => void,
  more: Uint8Array = Buffer.alloc(0),
): Files {
  const tensors = timmTensors(tinyModel())
  const { entries } = headerOfTensors(new Map([...tensors].map(([name, { shape }]) => [name, shape])))
  const header = entries as Header
  change(header, Object.keys(header))
  const data = [...tensors.values()].map(({ data: one }) =>
    Buffer.from(one.buffer, one.byteOffset, one.byteLength),
  )
  return file(forgedSafetensors(evilJson(header), Buffer.concat([...data, more])))
}

/** A model of any configuration whose values are zeros that take no space on the disk. */
function hollow(changes: Partial<VitConfig>): Files {
  const shapes = timmLayout.entries(tinyConfig(changes)).map(({ name, shape }) => [name, shape] as const)
  const { entries, size } = headerOfTensors(new Map(shapes))
  const start = forgedSafetensors(JSON.stringify(entries), Buffer.alloc(0))
  return file({ is: 'hole', start, size: start.length + size })
}

const pick = <T>(random: Random, items: readonly T[]): T => at(items, integer(random, items.length))
const nested = (depth: number, open: string, close: string): string =>
  open.repeat(depth) + close.repeat(depth)
const empty = Buffer.alloc(0)
const grid = (rows: number, columns = rows): VitConfig['grid'] => ({ rows, columns })
const plainHeads = { heads: 1, width: 2, mlpWidth: 2, patch: 1, classes: 3 }

export const forgedSafetensorsFiles: Readonly<Record<string, Forgery>> = {
  'length of the header': (random) => {
    const lengths = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n, 19_999_999n]
    return file(forgedSafetensors('{"a":{}}', empty, pick(random, lengths)))
  },
  'brackets without end': () => file(forgedSafetensors(`{"a":${'['.repeat(19_000_000)}`, empty)),
  'objects without end': () => file(forgedSafetensors(`{"a":${'{"a":'.repeat(3_900_000)}`, empty)),
  'brackets with their ends': () => file(forgedSafetensors(`{"a":${nested(9_900_000, '[', ']')}}`, empty)),
  'empty lists': () => file(forgedSafetensors(`{"a":[${'[],'.repeat(6_500_000)}[]]}`, empty)),
  'empty objects': () => file(forgedSafetensors(`{"a":[${'{},'.repeat(6_500_000)}{}]}`, empty)),
  numbers: () => file(forgedSafetensors(`{"a":[${'1.5,'.repeat(4_900_000)}1]}`, empty)),
  'metadata of 19 MB': () =>
    file(forgedSafetensors(`{"__metadata__":{"a":"${'x'.repeat(19_000_000)}"}}`, empty)),
  offsets: (random) =>
    tiny((header, names) => {
      const entry = header[pick(random, names)]!
      const wrong = [
        [-4, 0],
        [1e308, 1e308],
        [2 ** 53, 2 ** 53 + 8],
        [0.5, 64.5],
        ['0', '64'],
        [64, 0],
        [0],
        5,
        null,
      ]
      entry.data_offsets = pick<unknown>(random, wrong)
    }),
  'overlapping tensors': () =>
    tiny((header, names) => {
      for (const name of names) header[name]!.data_offsets = header[names[0]!]!.data_offsets
    }),
  gaps: () => tiny(() => undefined, Buffer.alloc(8)),
  shape: (random) =>
    tiny((header, names) => {
      header[pick(random, names)]!.shape = pick<unknown>(random, [
        [0, 2 ** 53 - 1, 2 ** 53 - 1, 2 ** 53 - 1],
        Array.from({ length: 64 }, () => 2 ** 53 - 1),
        [...Array.from({ length: 63 }, () => 2 ** 53 - 1), 0],
        Array.from({ length: 65 }, () => 1),
        Array.from({ length: 200_000 }, () => 1),
        [-1, -16],
        [-16],
        [1.5, 16],
        [[16]],
        '16',
        { length: 1, 0: 16 },
        null,
      ])
    }),
  type: (random) =>
    tiny((header, names) => {
      const types = [
        'constructor',
        '__proto__',
        'F4',
        '',
        5,
        null,
        'I32',
        'U32',
        'C64',
        'x'.repeat(1e6),
        ['F32'],
      ]
      header[pick(random, names)]!.dtype = pick<unknown>(random, types)
    }),
  'any value anywhere': (random) =>
    tiny((header, names) => {
      const key = pick(random, ['dtype', 'shape', 'data_offsets'] as const)
      header[pick(random, names)]![key] = evilValue(random)
    }),
  name: (random) =>
    tiny((header, names) => {
      const evil = pick(random, [
        '__proto__',
        'constructor',
        '',
        '.',
        '\x1B[2Jx',
        '\0',
        '\ud800',
        'a\nat x',
        '../../x',
        'blocks.1000000000.norm1.weight',
        'blocks.-1.norm1.weight',
        'blocks.1e3.norm1.weight',
        `blocks.${'9'.repeat(1e6)}.norm1.weight`,
        'x'.repeat(1e7),
        `${'a.'.repeat(4e6)}patch_embed.proj.weight`,
        `${'vit.'.repeat(3e6)}embeddings.patch_embeddings.projection.weight`,
        'blocks.'.repeat(2e6),
      ])
      Object.defineProperty(header, evil, {
        value: { dtype: 'F32', shape: [0], data_offsets: [0, 0] },
        enumerable: true,
      })
      if (integer(random, 2) === 0) delete header[pick(random, names)]
    }),
  'a name that is there twice': () => {
    const one = '"patch_embed.proj.weight":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    return file(forgedSafetensors(`{${one},${one}}`, empty))
  },
  'two hundred thousand tensors': (random) => {
    const end = pick(random, [
      '',
      'patch_embed.proj.weight',
      'embedding/kernel',
      'class_embedding',
      'conv1.weight',
    ])
    const entry = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    const names = Array.from({ length: 200_000 }, (_, index) => `"b${index}.${end}":${entry}`)
    return file(forgedSafetensors(`{${names.join(',')}}`, empty))
  },
  'two hundred thousand signs beside anchors': () => {
    const entry = '{"dtype":"F32","shape":[0],"data_offsets":[0,0]}'
    const names = Array.from({ length: 100_000 }, (_, index) => [
      `"${index}.patch_embed.proj.weight":${entry}`,
      `"${index}.blocks":${entry}`,
    ]).flat()
    return file(forgedSafetensors(`{${names.join(',')}}`, empty))
  },
  values: (random) => {
    const tensors = timmTensors(tinyModel())
    const { entries } = headerOfTensors(new Map([...tensors].map(([name, { shape }]) => [name, shape])))
    const value = pick(random, [Number.NaN, Infinity, -Infinity, 3e38, -3e38, 1e-45, 0, 1e20])
    const only = integer(random, 3) === 0 ? integer(random, tensors.size) : null
    const data = [...tensors.values()].map(({ data: one }, index) => {
      const changed = only === null || only === index ? one.slice().fill(value) : one
      return Buffer.from(changed.buffer, changed.byteOffset, changed.byteLength)
    })
    return file(forgedSafetensors(JSON.stringify(entries), Buffer.concat(data)))
  },
  'positions without end': (random) =>
    hollow({ ...plainHeads, grid: grid(pick(random, [150, 500, 1000, 3000])) }),
  'positions of one row': (random) => {
    const columns = pick(random, [10_007, 100_003, 1_000_003])
    const { files } = hollow({ ...plainHeads, grid: grid(1, columns) })
    return { files: { ...files, 'config.json': JSON.stringify({ image_size: [1, columns] }) }, opened: '' }
  },
  'as much as is allowed': (random) =>
    hollow(
      pick(random, [
        { ...plainHeads, width: 64, mlpWidth: 4, grid: grid(99), depth: 1 },
        { ...plainHeads, grid: grid(40), depth: 100 },
        { ...plainHeads, patch: 333, grid: grid(10) },
        { ...plainHeads, patch: 577, grid: grid(10) },
        { ...plainHeads, grid: grid(1), depth: 200 },
        { ...plainHeads, width: 64, mlpWidth: 256, grid: grid(70), depth: 6 },
      ]),
    ),
  'as much attention as is possible': () => hollow({ ...plainHeads, grid: grid(90), depth: 1000 }),
  'many heads': () => {
    const { files } = hollow({ ...plainHeads, width: 512, mlpWidth: 8, grid: grid(60) })
    return { files: { ...files, 'config.json': JSON.stringify({ num_attention_heads: 512 }) }, opened: '' }
  },
  'patches of a thousand pixels': () => hollow({ ...plainHeads, patch: 1000, grid: grid(100) }),
  'patches of nine thousand pixels': () => hollow({ ...plainHeads, patch: 9000, width: 1, grid: grid(1) }),
  'a thousand blocks': () => hollow({ ...plainHeads, depth: 1000 }),
  'a thousand and one blocks': () => hollow({ ...plainHeads, depth: 1001 }),
  'a million classes': (random) => hollow({ ...plainHeads, classes: pick(random, [1_000_000, 10_000_000]) }),
  'an MLP of millions': () => hollow({ ...plainHeads, mlpWidth: 3_000_000, depth: 1 }),
  'a million registers': () => hollow({ ...plainHeads, registers: 1_000_000 }),
  'ten thousand registers': () => hollow({ ...plainHeads, registers: 10_000 }),
  'a stem of a thousand units': () =>
    hollow({ ...plainHeads, patch: 16, stem: { width: 32, units: [200, 200, 200], arithmetic: 'timm' } }),
  'a width of one': () => hollow({ ...plainHeads, width: 1, mlpWidth: 1 }),
  'no classes': () => hollow({ ...plainHeads, classes: 0 }),
  'no classes and much attention': () => hollow({ ...plainHeads, classes: 0, grid: grid(90), depth: 12 }),
}
